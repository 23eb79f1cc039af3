public import Encoding
internal import Registry
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
