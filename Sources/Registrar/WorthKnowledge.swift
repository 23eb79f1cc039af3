public import Cryptography
public import Encoding
import Recognition
public import Registry
public import Verification

/// What answers a question about worth: the copies at hand, or, where there are none, a dossier.
public struct WorthKnowledge: Sendable {
    private let desk: WorthDesk?
    private let sources: [WorthDesk.Source]
    private let carried: Knowledge?
    private let now: Timestamp

    /// The copies that the desk's anchor leads to.
    public init(copies desk: WorthDesk, at now: Timestamp) throws {
        self.desk = desk
        sources = try desk.sources(at: now)
        carried = nil
        self.now = now
    }

    /// What a dossier proves, and nothing else.
    public init(dossier: Knowledge, at now: Timestamp) {
        desk = nil
        sources = []
        carried = dossier
        self.now = now
    }

    /// The countries whose logs are here, the anchor's own first.
    public var countries: [String] {
        carried?.logs.map(\.country) ?? sources.map(\.country)
    }

    /// The heads of the logs at hand: two nodes with one digest give one answer.
    public var digest: HashValue {
        if let carried { return carried.digest }
        return desk?.digest(of: sources) ?? HashValue(of: [])
    }

    /// Every version of every qualification that a log at hand registers.
    public var qualifications: [Qualification] {
        get throws {
            if let desk { return try desk.qualifications(at: now) }
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

    /// All acts about the subjects, and about its own country, in each of the logs.
    ///
    /// - Parameter tables: the frameworks whose tables are wanted, as far as they are here.
    func destinations(
        about subjects: Set<String>, tables: Set<String> = []
    ) throws -> [WorthDesk.Destination] {
        let wanted = subjects.union(tables)
        if let desk { return try desk.destinations(sources, about: wanted, at: now) }
        return carried(about: subjects, wanted)
    }

    /// What a country's log says of its own awards; nil if it is not here.
    ///
    /// - Parameter destinations: those that will ask.
    func home(
        _ country: String, about subjects: Set<String>, tables: Set<String> = [],
        for destinations: [WorthDesk.Destination] = []
    ) throws -> WorthDesk.Destination? {
        let wanted = subjects.union(tables)
        if let desk {
            guard let source = sources.first(where: { $0.country == country }) else { return nil }
            return try desk.home(source, about: wanted, for: destinations, at: now)
        }
        return carried(about: subjects, wanted).first { $0.country == country }
    }

    private func carried(
        about subjects: Set<String>, _ wanted: Set<String>
    ) -> [WorthDesk.Destination] {
        // What a dossier is not complete about it does not answer.
        (carried?.logs ?? []).filter { log in
            carried?.subjects?.isSuperset(of: subjects.union([log.country])) ?? false
        }.map { WorthDesk.Destination($0, about: wanted) }
    }

    /// A qualification's framework and those to which it refers: level tables of other countries
    /// are found by these.
    func frameworks(of qualification: Qualification, in country: String) throws -> Set<String> {
        guard let framework = qualification.framework else { return [] }
        let tables = try home(country, about: [], tables: [framework])
        return Set(
            (tables?.acts ?? []).compactMap { standing in
                guard case .referencing(let act) = standing.act, act.from == framework else {
                    return nil
                }
                return act.to
            } + [framework])
    }
}
