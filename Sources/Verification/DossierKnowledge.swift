import Credentials
import Cryptography
public import Encoding
import Registry
import TransparencyLog

extension Dossier {
    /// What the dossier proves to somebody who trusts nothing but this anchor.
    ///
    /// Checked: the log keys by the roots' acts, the checkpoints under the anchor's policies,
    /// every entry's inclusion, and that the extract, signed by the holders that the anchor's
    /// root named, is exactly the fold of the acts handed over. Not checked: the credential.
    public func knowledge(
        anchor: Anchor, at now: Timestamp
    ) throws(VerificationError) -> Knowledge {
        guard let own = logs.first(where: { $0.country == anchor.country }) else {
            throw .dossierLogMissing(origin: anchor.pin.origin)
        }
        var opened = [
            try OpenedLog(own, pin: anchor.pin, policy: anchor.policy, at: now)
        ]
        let peers = opened[0].state.peers
        for log in logs where log.country != anchor.country {
            // A log that the anchor does not name is no knowledge.
            guard let peer = peers[log.country] else { continue }
            opened.append(try OpenedLog(log, pin: peer.pin, policy: peer.policy, at: now))
        }
        let outcome = extractOutcome(opened, anchor: anchor)
        let frozen = extract.flatMap { try? Extract(parsing: $0.text) }?.splitViews ?? []
        return Knowledge(
            anchor: anchor,
            logs: opened.map { log in
                Knowledge.Log(
                    country: log.country, state: log.state, head: log.head.tree,
                    quorumTime: log.head.quorumTime, isUnwitnessed: log.isUnwitnessed,
                    splitView: frozen.first { $0.hasPrefix("\(log.head.tree.origin) ") })
            },
            statusLists: Dictionary(
                statusLists.map { (HashValue(of: $0), $0) }, uniquingKeysWith: { first, _ in first }
            ),
            provenance: .dossier(extract: outcome),
            newestQuorumTime: opened.compactMap(\.head.quorumTime).max())
    }

    private func extractOutcome(
        _ logs: [OpenedLog], anchor: Anchor
    ) -> Knowledge.ExtractOutcome {
        guard let extract, let parsed = try? Extract(parsing: extract.text) else { return .missing }
        let signers = logs[0].state.extractKeys.filter { extract.isSigned(by: $0.key) }
        let needed = anchor.policy.witnesses.count >= 2 ? 2 : 1
        guard Set(signers.map(\.holder)).count >= needed else { return .notSigned }
        let own = Extract(
            folding: logs.map { ($0.extractHead, $0.state) }, about: Set(parsed.subjects),
            splitViews: parsed.splitViews)
        if own.text.utf8.elementsEqual(extract.text.utf8) { return .believed }
        return Set(own.lists) != Set(parsed.lists) && own.heads == parsed.heads
            ? .listsDiffer : .mismatch
    }
}

/// One log of a dossier, opened and proven.
private struct OpenedLog {
    let country: String
    let state: LogState
    let head: (tree: TreeHead, quorumTime: Timestamp?)
    let isUnwitnessed: Bool

    var extractHead: Extract.Head {
        Extract.Head(
            origin: head.tree.origin, size: head.tree.size, root: head.tree.root,
            quorumTime: head.quorumTime)
    }

    init(
        _ log: Dossier.Log, pin: LogPin, policy: WitnessPolicy, at now: Timestamp
    ) throws(VerificationError) {
        country = log.country
        isUnwitnessed = policy.isUnwitnessed
        // The acts that name keys are signed by the pinned root: they are folded first, so
        // that the checkpoint, which proves their place, can be opened.
        let keys = log.items.filter { $0.entry.envelope.kind == "key" }
        let keyState = LogState(
            pin: pin,
            folding: keys.map {
                LoggedEntry(entry: $0.entry, index: $0.index, loggedTime: now, isWitnessed: true)
            })
        let newest = try OpenedLog.open(log.checkpoint, pin, policy, keyState)
        var older: [WitnessedCheckpoint] = []
        for note in log.older { older.append(try OpenedLog.open(note, pin, policy, keyState)) }
        var entries: [LoggedEntry] = []
        for item in log.items {
            if let position = item.older, position >= older.count {
                throw .dossier(
                    .wrongForm(path: "older", expected: "the place of a checkpoint in the list"))
            }
            let checkpoint = item.older.map { older[$0] } ?? newest
            let head = checkpoint.checkpoint.head
            let proof = InclusionProof(index: item.index, size: head.size, hashes: item.proof)
            do throws(LogError) {
                try proof.verify(
                    leaf: MerkleTree.leafHash(item.entry.serialized), root: head.root)
            } catch { throw .dossierProof(origin: pin.origin, error) }
            entries.append(
                LoggedEntry(
                    entry: item.entry, index: item.index,
                    loggedTime: checkpoint.quorumTime ?? now, isWitnessed: true))
        }
        state = LogState(pin: pin, folding: entries)
        head = (newest.checkpoint.head, newest.quorumTime)
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
