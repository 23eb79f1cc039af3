internal import Cryptography
internal import Storage
internal import TransparencyLog

/// Finds out how far the histories of a fork agree, where whoever showed it did not prove it.
///
/// `Protocol/sync.md § Forks`. Any peer with a copy of the other history can show it: its hashes
/// must lead to the root that the log signed, so that none of them is believed.
struct ForkSettlement {
    let database: LogDatabase
    let rules: LogRules

    /// Asks peers about the forks that are open; what no peer shows is asked again next round.
    func run(among peers: [PeerClient]) async throws(SyncError) {
        let logs = try read { snapshot throws(StorageError) in try snapshot.logs() }
        for log in logs {
            guard case .frozen = log.standing else { continue }
            let open = try read { snapshot throws(StorageError) in
                try snapshot.unsettledForks(log.origin)
            }
            for identity in open { try await settle(identity, of: log, peers) }
        }
    }

    private func settle(
        _ identity: HashValue, of log: LogRecord, _ peers: [PeerClient]
    ) async throws(SyncError) {
        let splitView = try read { snapshot throws(StorageError) in
            try snapshot.splitView(identity)
        }
        guard let splitView else { return }
        var common = log.size
        for note in [splitView.notes.0, splitView.notes.1] {
            guard let head = try? TreeHead(parsing: note.text),
                let size = try await commonSize(log, head, peers)
            else { return }
            common = min(common, size)
        }
        let size = common
        try SyncError.storing { () throws(StorageError) in
            try database.settle(identity, of: log.origin, commonSize: size)
        }
    }

    /// The entries that the history under a signed head and those here begin with; nil if no
    /// peer shows it.
    private func commonSize(
        _ log: LogRecord, _ head: TreeHead, _ peers: [PeerClient]
    ) async throws(SyncError) -> UInt64? {
        let isOurs = try read { snapshot throws(StorageError) in
            guard head.size <= log.size else { return false }
            return try snapshot.root(log.origin, size: head.size) == head.root
        }
        if isOurs { return log.size }
        for client in peers {
            var tree = RemoteTree(client, log.origin, size: head.size)
            do throws(SyncError) {
                _ = try await tree.begins(with: (head.size, head.root), root: head.root)
                return try await tree.commonSize(with: log.size) {
                    level, index throws(SyncError) in
                    try read { snapshot throws(StorageError) in
                        try snapshot.subtree(log.origin, level: level, index: index)
                    }
                }
            } catch {
                if case .storage = error { throw error }
                // It has the other history, or none of this size: no fault of its own.
                continue
            }
        }
        return nil
    }

    private func read<Value>(
        _ body: (LogSnapshot) throws(StorageError) -> Value
    ) throws(SyncError) -> Value {
        do throws(StorageError) { return try database.read(body) } catch { throw .storage(error) }
    }
}
