public import Encoding
import Registry
public import Storage
public import TransparencyLog
public import Verification

/// Looks for an asker's key in the local copies: the anchor's log, and those that it names.
///
/// `Protocol/presentation.md § Who asks`. Only what a quorum has seen names anybody.
public struct AskerSearch: Sendable {
    private let database: LogDatabase
    private let anchor: Anchor

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    /// nil: unknown, whatever the key calls itself.
    public func asker(_ key: NoteKey, at now: Timestamp) throws -> Asker? {
        try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            let own = try state(anchor.pin, anchor.policy, about: key.name, reader)
            guard let own else { return nil }
            if let asker = Asker(key, in: own, of: anchor.country, on: now.day) { return asker }
            for (country, peer) in own.peers.sorted(by: { $0.key < $1.key }) {
                let state = try state(peer.pin, peer.policy, about: key.name, reader)
                if let asker = state.flatMap({ Asker(key, in: $0, of: country, on: now.day) }) {
                    return asker
                }
            }
            return nil
        }
    }

    private func state(
        _ pin: LogPin, _ policy: WitnessPolicy, about name: String, _ reader: LogReader
    ) throws -> LogState? {
        let snapshot = reader.snapshot
        guard let record = try snapshot.log(pin.origin), record.standing == .sound,
            let head = policy.isUnwitnessed
                ? try snapshot.head(pin.origin) : try snapshot.witnessedHead(pin.origin)
        else { return nil }
        let size = min(record.size, head.head.size)
        return try reader.state(pin, about: [name], below: size, witnessedSize: size)
    }
}
