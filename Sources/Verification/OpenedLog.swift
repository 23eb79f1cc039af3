import Cryptography
import Encoding
import Registry
import TransparencyLog

/// One log of a dossier, opened and proven.
struct OpenedLog {
    let country: String
    let state: LogState
    let head: TreeHead
    let quorumTime: Timestamp?
    let isUnwitnessed: Bool

    var extractHead: Extract.Head {
        Extract.Head(
            origin: head.origin, size: head.size, root: head.root, quorumTime: quorumTime)
    }

    init(
        _ log: Dossier.Log, pin: LogPin, policy: WitnessPolicy, at now: Timestamp
    ) throws(VerificationError) {
        country = log.country
        isUnwitnessed = policy.isUnwitnessed
        guard Set(log.items.map(\.index)).count == log.items.count else {
            throw .dossier(.wrongForm(path: "logs.entries", expected: "each index once"))
        }
        let keys = OpenedLog.keyState(log, pin, at: now)
        let newest = try OpenedLog.open(log.checkpoint, pin, policy, keys)
        let head = newest.checkpoint.head
        var covering = [newest]
        for older in log.older {
            let opened = try OpenedLog.open(older.checkpoint, pin, policy, keys)
            let old = opened.checkpoint.head
            let proof = ConsistencyProof(
                oldSize: old.size, newSize: head.size, hashes: older.consistency)
            do throws(LogError) {
                try proof.verify(oldRoot: old.root, newRoot: head.root)
            } catch { throw .dossierProof(origin: pin.origin, error) }
            covering.append(opened)
        }
        var entries: [LoggedEntry] = []
        for item in log.items {
            let proof = InclusionProof(index: item.index, size: head.size, hashes: item.proof)
            do throws(LogError) {
                try proof.verify(
                    leaf: MerkleTree.leafHash(item.entry.serialized), root: head.root)
            } catch { throw .dossierProof(origin: pin.origin, error) }
            let times = covering.filter { item.index < $0.checkpoint.head.size }
                .compactMap(\.quorumTime)
            entries.append(
                LoggedEntry(
                    entry: item.entry, index: item.index, loggedTime: times.min() ?? now,
                    isWitnessed: true))
        }
        state = LogState(pin: pin, folding: entries)
        self.head = head
        quorumTime = newest.quorumTime
    }

    /// What the acts about keys amount to before their place is proven: they are signed by the
    /// pinned root, and name the key of the checkpoint that then proves them.
    private static func keyState(
        _ log: Dossier.Log, _ pin: LogPin, at now: Timestamp
    ) -> LogState {
        let kinds = ["key", "withdrawal", "status-event", "successor"]
        let items = log.items.filter { kinds.contains($0.entry.envelope.kind) }
        return LogState(
            pin: pin,
            folding: items.map {
                LoggedEntry(entry: $0.entry, index: $0.index, loggedTime: now, isWitnessed: true)
            })
    }

    private static func open(
        _ note: SignedNote, _ pin: LogPin, _ policy: WitnessPolicy, _ keys: LogState
    ) throws(VerificationError) -> WitnessedCheckpoint {
        guard let size = try? TreeHead(parsing: note.text).size,
            let key = keys.logKey(forSize: size)
        else { throw .dossierLogKeyMissing(origin: pin.origin) }
        let checkpoint: Checkpoint
        do throws(LogError) { checkpoint = try Checkpoint(opening: note, signedBy: key) } catch {
            throw .dossierProof(origin: pin.origin, error)
        }
        guard let witnessed = policy.open(checkpoint) else {
            throw .dossierNotWitnessed(origin: pin.origin)
        }
        return witnessed
    }
}
