internal import Cryptography
internal import Storage
internal import TransparencyLog

extension Follower {
    /// Takes over the cosignatures that verify under a note of a log whose entries are here:
    /// what a witness brings that followed the log by itself, the own log's included.
    ///
    /// - Parameter lines: of the same note; of two by one witness the first may be a forged one.
    /// - Returns: whether anything is new here.
    /// - Throws: `contradicted` if the entries here have another root; the proof is stored then,
    ///   if it is one.
    @discardableResult
    func gather(
        _ checkpoint: Checkpoint, adding lines: [NoteSignature] = [], of log: LogRecord
    ) throws(SyncError) -> Bool {
        let head = checkpoint.head
        guard head.size > 0, head.size <= log.usableSize else { return false }
        let before = try note(of: log.origin, size: head.size)
        guard before.root == head.root else {
            throw .contradicted(origin: log.origin, size: head.size, proof: try accuse(checkpoint))
        }
        try adopt(rules.record(checkpoint, adding: lines))
        return try note(of: log.origin, size: head.size).stored != before.stored
    }

    /// The root of the entries here at a size, and what is stored of that size.
    private func note(
        of origin: String, size: UInt64
    ) throws(SyncError) -> (root: HashValue, stored: [StoredCheckpoint]) {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                let kept = try snapshot.checkpoints(origin, above: size - 1, limit: 1)
                let head = try snapshot.head(origin)
                return (
                    try snapshot.root(origin, size: size),
                    (kept + [head].compactMap { $0 }).filter { $0.head.size == size }
                )
            }
        }
    }

    /// Proves that a note and the entries here are two histories, stores and marks; nil if there
    /// is no note here that could be the other side.
    private func accuse(_ checkpoint: Checkpoint) throws(SyncError) -> HashValue? {
        let head = checkpoint.head
        let splitView = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) -> SplitView? in
                let notes = [
                    try snapshot.witnessedHead(head.origin), try snapshot.head(head.origin),
                ].compactMap { $0 }.filter { $0.head.size >= head.size }
                guard let ours = notes.min(by: { $0.head.size < $1.head.size }) else { return nil }
                if ours.head.size == head.size {
                    return SplitView(sameSize: ours.note, checkpoint.note)
                }
                var subtrees: [HashValue] = []
                for node in MerkleTree.subtrees(covering: 0..<head.size)
                    + MerkleTree.subtrees(covering: head.size..<ours.head.size)
                {
                    subtrees.append(
                        try snapshot.subtree(head.origin, level: node.level, index: node.index))
                }
                return SplitView(
                    .inconsistent(
                        older: checkpoint.note, newer: ours.note, subtrees: subtrees))
            }
        }
        guard let splitView else { return nil }
        switch try SplitViewExchange(database: database, rules: rules).take(splitView) {
        case .stored(let identity), .known(let identity): return identity
        case .refused: return nil
        }
    }
}
