public import Encoding
public import Recognition
public import Registry
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

        /// The same with further titles of units.
        public func naming(_ titles: [String: String]) -> Row {
            var names = names
            names.names.merge(titles) { known, _ in known }
            return Row(row: row, age: age, names: names)
        }
    }

    public let qualification: Qualification
    public let home: WorthDesk.Destination
    public let destinations: [WorthDesk.Destination]
    private let now: Timestamp

    /// - Parameters:
    ///   - target: what is asked about beside the qualification's own occupations.
    ///   - version: nil: the newest that stands.
    ///   - country: of the award; nil: ids usually begin with the country's code, so that log is
    ///     asked first.
    ///   - day: on which the version stands: that of the award.
    /// - Returns: nil if no log at hand registers it.
    public init?(
        of id: String, version: String? = nil, country: String? = nil,
        against target: Target = Target(), on day: CalendarDate,
        by knowledge: WorthKnowledge, at now: Timestamp
    ) throws {
        for country in country.map({ [$0] }) ?? knowledge.countries(likelyOf: id) {
            guard let home = try knowledge.home(country, about: [id]) else { continue }
            let versions = home.acts.qualifications(id).filter { known, standing in
                (version == nil || known.version == version) && standing.stands(on: day)
                    && known.country == home.country
            }
            guard let newest = versions.last else { continue }
            let subjects =
                [id] + newest.qualification.isco08.map { "isco:\($0)" } + target.subjects
            qualification = newest.qualification
            let tables = try knowledge.frameworks(of: newest.qualification, in: country)
            destinations = try knowledge.destinations(about: Set(subjects), tables: tables)
            // A ground there may ask for an accreditation of the award, and a comparison through
            // a framework of several countries for the table at home.
            self.home =
                try knowledge.home(country, about: [id], tables: tables, for: destinations) ?? home
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
    ///
    /// - Parameter facts: what the holder states of themselves.
    public func rows(
        for award: Award, in destination: WorthDesk.Destination, stating facts: JSONObject
    ) -> [Row] {
        let log = statements(of: destination)
        // A framework that has a table is one of the country's, wherever it was registered.
        let frameworks = destination.acts.compactMap { standing -> String? in
            guard case .referencing(let act) = standing.act, standing.isMandated else {
                return nil
            }
            return act.from
        }
        let survey = WorthSurvey(
            country: destination.country, statements: log.statements,
            frameworks: Set(log.frameworks + frameworks).sorted(), awards: [award],
            facts: facts, on: now.day)
        let places = log.places
        return survey.rows.map { row in
            Row(
                row: row, age: destination.quorumTime.map { now.seconds(since: $0) },
                names: names(in: row.verdict, by: destination, places: places))
        }
    }

    /// How the country calls whom a verdict names, and the titles of units.
    func names(
        in verdict: RecognitionVerdict, by destination: WorthDesk.Destination,
        places: [String: LogStatements.Place]
    ) -> WorthNames {
        var names: [String: String] = [:]
        for id in verdict.ask + verdict.grounds.compactMap(\.author) {
            // A table that decides may be the home country's.
            names[id] = destination.acts.name(of: id) ?? home.acts.name(of: id)
        }
        let units = Set(verdict.missing + verdict.scope)
        guard !units.isEmpty else { return WorthNames(names: names, places: places) }
        for standing in home.acts + destination.acts {
            guard case .qualification(let act) = standing.act else { continue }
            for unit in act.units where units.contains(unit.code) { names[unit.code] = unit.title }
        }
        return WorthNames(names: names, places: places)
    }

    /// The same for every country whose log is believed, the best for the holder first: each is
    /// judged by itself, on as many cores as there are.
    ///
    /// - Parameter places: only those whose logs may speak about one of them; none: all.
    public func rows(
        for award: Award, in places: [String] = [], stating facts: JSONObject = JSONObject()
    ) async -> [Row] {
        let asked = destinations.filter { destination in
            !destination.isFrozen
                && (places.isEmpty
                    || places.contains {
                        Jurisdiction($0).covers(destination.country)
                            || Jurisdiction(destination.country).covers($0)
                    })
        }
        let found = await withTaskGroup(of: [Row].self) { group in
            for destination in asked {
                group.addTask { rows(for: award, in: destination, stating: facts) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        return found.sorted { WorthRow.precedes($0.row, $1.row) }
    }
}
