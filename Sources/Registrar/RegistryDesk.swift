public import Encoding
public import Registry
public import Storage
import TransparencyLog
public import Verification

/// Everything that the copies at hand register: the acts of every log that the anchor names, as
/// the pages of the registry show them.
///
/// Batches and status lists are left out: there may be thousands, and they are about awards.
public struct RegistryDesk: Sendable {
    /// What of a log is registered.
    private static let kinds: Set<String> = [
        "framework", "referencing", "qualification", "regulation", "equivalence", "instrument",
        "accreditation",
    ]

    private let database: LogDatabase
    private let anchor: Anchor

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    /// How far each log that the anchor names is here: the same marks, the same acts.
    public func marks(at now: Timestamp) throws -> [String] {
        try WorthDesk(database: database, anchor: anchor).sources(at: now).map {
            "\($0.pin.origin) \($0.size) \($0.witnessedSize) \($0.isFrozen)"
        }
    }

    /// One act with what became of it, of whatever kind; nil: it has no effect, or nobody here
    /// believes its log.
    public func act(
        at index: UInt64, of origin: String, at now: Timestamp
    ) throws -> StandingAct? {
        let sources = try WorthDesk(database: database, anchor: anchor).sources(at: now)
        guard let source = sources.first(where: { $0.pin.origin == origin }), !source.isFrozen,
            index < source.size
        else { return nil }
        return try database.reading { snapshot in
            guard
                let stored = try snapshot.entries(origin, index..<(index + 1)).first,
                let entry = try? RegistryEntry(parsing: stored.bytes)
            else { return nil }
            return try LogReader(snapshot: snapshot, now: now).state(
                source.pin, about: Set(entry.envelope.subjects), at: [index],
                below: source.size, witnessedSize: source.witnessedSize
            ).acts.first { $0.logged.index == index }
        }
    }

    public func logs(at now: Timestamp) throws -> [WorthDesk.Destination] {
        let sources = try WorthDesk(database: database, anchor: anchor).sources(at: now)
        return try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            return try sources.map { source in
                let entries = try snapshot.entries(
                    source.pin.origin, selecting: EntrySelection(kinds: RegistryDesk.kinds),
                    below: source.size
                ).compactMap { try? RegistryEntry(parsing: $0.bytes) }
                // What ends an act lists its subjects.
                let subjects = Set(entries.flatMap(\.envelope.subjects))
                let state = try reader.state(
                    source.pin, about: subjects, below: source.size,
                    witnessedSize: source.witnessedSize)
                return WorthDesk.Destination(
                    country: source.country, origin: source.pin.origin,
                    size: source.head.size,
                    quorumTime: source.isUnwitnessed ? nil : source.head.quorumTime,
                    isFrozen: source.isFrozen, acts: state.acts)
            }
        }
    }
}
