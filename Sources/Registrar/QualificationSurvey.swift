public import Encoding
public import Recognition
public import Registry
import Storage
public import Verification

/// A qualification and what every country at hand says about it.
///
/// `Protocol/recognition.md § Survey`. The newest version, by the log of its country.
public struct QualificationSurvey: Sendable {
    /// A line of the survey with the age of the log that said it.
    public struct Row: Sendable {
        public let row: WorthRow
        public let age: Int64?
        public let names: WorthNames
    }

    public let qualification: Qualification
    public let home: WorthDesk.Destination
    public let destinations: [WorthDesk.Destination]
    private let now: Timestamp

    /// - Parameters:
    ///   - version: nil: the newest that stands.
    ///   - country: of the award; nil: ids usually begin with the country's code, so that log is
    ///     asked first.
    /// - Returns: nil if no log at hand registers it.
    public init?(
        of id: String, version: String? = nil, country: String? = nil, by desk: WorthDesk,
        at now: Timestamp
    ) throws {
        let sources = try desk.sources(at: now)
        let likely = country ?? String(id.prefix { $0 != "." }).uppercased()
        let ordered =
            sources.filter { $0.country == likely }
            + (country == nil ? sources.filter { $0.country != likely } : [])
        for source in ordered {
            guard let home = try desk.destinations([source], about: [id], at: now).first else {
                continue
            }
            let versions = home.acts.qualifications(id).filter { known, standing in
                (version == nil || known.version == version) && standing.stands(on: now.day)
                    && known.country == home.country
            }
            guard let newest = versions.last else { continue }
            let subjects = [id] + newest.qualification.isco08.map { "isco:\($0)" }
            qualification = newest.qualification
            self.home = home
            destinations = try desk.destinations(sources, about: Set(subjects), at: now)
            self.now = now
            return
        }
        return nil
    }

    /// An award of it made today, by nobody in particular.
    public var awardOfToday: Award {
        Award(
            id: qualification.id, qualification: qualification, body: "", awarded: now.day,
            authenticity: .proven)
    }

    /// What one country's statements are, with the home country's beside them.
    public func statements(of destination: WorthDesk.Destination) -> LogStatements {
        LogStatements(destination: destination.log, others: [home.log])
    }

    /// What an award of it is worth in one country, line by line.
    public func rows(for award: Award, in destination: WorthDesk.Destination) -> [Row] {
        let log = statements(of: destination)
        let survey = WorthSurvey(
            country: destination.country, statements: log.statements,
            frameworks: log.frameworks, awards: [award], on: now.day)
        return survey.rows.map { row in
            var names: [String: String] = [:]
            for id in row.verdict.ask + row.verdict.grounds.compactMap(\.author) {
                names[id] = destination.acts.name(of: id)
            }
            return Row(
                row: row, age: destination.quorumTime.map { now.seconds(since: $0) },
                names: WorthNames(names: names, places: log.places))
        }
    }

    /// The same for every country whose log is believed, the best for the holder first.
    public func rows(for award: Award) -> [Row] {
        destinations.filter { !$0.isFrozen }.flatMap { rows(for: award, in: $0) }
            .sorted { WorthRow.precedes($0.row, $1.row) }
    }
}
