import Encoding
import Recognition
import Registrar
import Registry
import Verification

/// What answers a question about worth: the copies at hand, or, where there are none, the dossier
/// itself.
struct WorthKnowledge {
    /// A qualification as the log of its country registers it, and every log that may speak.
    struct Found {
        let qualification: Qualification
        let home: WorthDesk.Destination
        let destinations: [WorthDesk.Destination]
    }

    private let desk: WorthDesk?
    private let sources: [WorthDesk.Source]
    private let carried: Knowledge?
    private let now: Timestamp

    /// - Parameter bytes: the file that was handed over, if one was.
    init(
        _ verification: VerificationDesk, _ bytes: [UInt8]?, in folder: String, at now: Timestamp
    ) throws {
        self.now = now
        desk = verification.database.map {
            WorthDesk(database: $0, anchor: verification.anchor)
        }
        sources = try desk?.sources(at: now) ?? []
        guard sources.isEmpty else {
            carried = nil
            return
        }
        guard let bytes, VerificationDesk.isDossier(bytes) else {
            throw CommandFailure(
                .inputMissing,
                "expected copies of logs in \(folder), found none; run concord sync first, or give "
                    + "a dossier")
        }
        carried = try Dossier(parsing: bytes).knowledge(anchor: verification.anchor, at: now)
    }

    /// The version that stands on that day, by the log of its country; ids usually begin with the
    /// country's code, so that log is asked first.
    func find(
        _ id: String, _ version: String?, in country: String?, on day: CalendarDate
    ) throws -> Found {
        let likely = country ?? String(id.prefix { $0 != "." }).uppercased()
        let ordered =
            countries.filter { $0 == likely }
            + (country == nil ? countries.filter { $0 != likely } : [])
        for country in ordered {
            guard let home = try destinations(about: [id], only: country).first else { continue }
            let versions = home.acts.qualifications(id).filter { known, standing in
                (version == nil || known.version == version) && standing.stands(on: day)
                    && known.country == home.country
            }
            guard let newest = versions.last else { continue }
            let subjects = [id] + newest.qualification.isco08.map { "isco:\($0)" }
            return Found(
                qualification: newest.qualification, home: home,
                destinations: try destinations(
                    about: Set(subjects),
                    tables: try frameworks(of: newest.qualification, in: country)))
        }
        let name = version.map { "\(id)@\($0)" } ?? id
        throw CommandFailure(
            .inputMissing,
            "expected a file or a qualification that a log at hand registers, found neither for "
                + "\(name); sync, or check the name")
    }

    /// The qualification's framework and those to which it refers: level tables of other countries
    /// are found by these.
    private func frameworks(
        of qualification: Qualification, in country: String
    ) throws -> Set<String> {
        guard let framework = qualification.framework else { return [] }
        let tables = try destinations(about: [], tables: [framework], only: country)
        return Set(
            tables.flatMap(\.acts).compactMap { standing in
                guard case .referencing(let act) = standing.act, act.from == framework else {
                    return nil
                }
                return act.to
            } + [framework])
    }

    /// Every version of every qualification that a log at hand registers.
    var qualifications: [Qualification] {
        get throws {
            if let desk, carried == nil { return try desk.qualifications(at: now) }
            return (carried?.logs ?? []).flatMap { log in
                log.state.acts.compactMap { standing -> Qualification? in
                    guard case .qualification(let act) = standing.act, standing.isMandated,
                        standing.stands(on: now.day)
                    else { return nil }
                    return act
                }
            }
        }
    }

    private var countries: [String] {
        carried?.logs.map(\.country) ?? sources.map(\.country)
    }

    /// - Parameters:
    ///   - tables: the frameworks whose tables are wanted, as far as they are here.
    ///   - country: only this one's log.
    private func destinations(
        about subjects: Set<String>, tables: Set<String> = [], only country: String? = nil
    ) throws -> [WorthDesk.Destination] {
        let wanted = subjects.union(tables)
        if let desk, carried == nil {
            return try desk.destinations(
                sources.filter { country == nil || $0.country == country }, about: wanted,
                at: now)
        }
        return (carried?.logs ?? []).filter { log in
            (country == nil || log.country == country)
                // What a dossier is not complete about it does not answer.
                && carried?.subjects?.isSuperset(of: subjects.union([log.country])) ?? false
        }.map { WorthDesk.Destination($0, about: wanted) }
    }
}
