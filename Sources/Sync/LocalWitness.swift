internal import Encoding
internal import Storage
internal import TransparencyLog

/// Has this node's witness cosign what the node itself has followed, as if the log had asked.
///
/// `Protocol/sync.md § A round`. The decision, the memory and the order are
/// those of a request over HTTP.
struct LocalWitness {
    let database: LogDatabase
    let rules: LogRules
    let witness: Witness
    let now: @Sendable () -> Timestamp
    let renewal: CosignatureRenewal

    /// Cosigns the newest checkpoint of a copied log whose policy names this witness, unless its
    /// line is there already and not due: a log without news stays fresh under a witness that
    /// only dials out, too.
    func cosign(_ log: LogRecord) throws(SyncError) {
        guard !log.isOwn, log.standing == .sound, let policy = rules.policy(log.origin),
            policy.witnesses.contains(where: { $0.key == witness.verifier })
        else { return }
        let (head, memory) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (try snapshot.head(log.origin), try snapshot.witnessState(log.origin))
            }
        }
        guard let head, head.head.size > 0, memory?.size ?? 0 <= head.head.size,
            renewal.isDue(head.note.cosignatureTime(by: witness.verifier)),
            let checkpoint = rules.checkpoint(head.note)
        else { return }
        let oldSize = memory?.size ?? 0
        let proof = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.consistencyProof(log.origin, from: oldSize, to: head.head.size)
            }
        }
        guard
            let request = try? WitnessRequest(
                oldSize: oldSize, proof: proof.hashes, note: checkpoint.withoutCosignatures.note)
        else { return }
        let answer = try witness.answer(request.serialized, at: now())
        // A sealed node, or one in doubt about this log, cosigns nothing and tries again.
        guard answer.status == 200, let lines = try? NoteSignature.list(parsing: answer.body)
        else { return }
        try Follower(database: database, rules: rules)
            .adopt(rules.record(checkpoint, adding: lines))
    }
}
