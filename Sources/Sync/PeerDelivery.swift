internal import Cryptography
internal import Storage
internal import TransparencyLog

/// Brings one peer what it lacks of the logs that are here: entries, cosignatures, blobs.
///
/// `Protocol/sync.md § Push`. The peer's list of heads says what that is.
struct PeerDelivery {
    let database: LogDatabase
    let rules: LogRules
    let client: PeerClient

    /// What is brought to one peer, and what that peer did not take.
    struct Report {
        var pushed: [String: UInt64] = [:]
        var failures: [SyncError] = []
    }

    func bring(_ logs: [LogRecord], to heads: HeadList) async -> Report {
        var report = Report()
        let theirs = Dictionary(heads.heads.map { ($0.origin, $0) }) { first, _ in first }
        for log in logs where log.isOwn || theirs[log.origin] != nil {
            do throws(SyncError) {
                try await bring(log, theirs[log.origin], &report)
            } catch .status(_, _, 404) where theirs[log.origin] == nil {
                // It does not keep our log: collecting cosignatures says so.
                continue
            } catch {
                report.failures.append(error)
            }
        }
        return report
    }

    private func bring(
        _ log: LogRecord, _ theirs: HeadList.Head?, _ report: inout Report
    ) async throws(SyncError) {
        let head = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.head(log.origin) }
        }
        guard let head, log.standing == .sound else { return }
        let size = theirs?.size ?? 0
        if size < head.head.size {
            report.pushed[log.origin] = try await EntryPush(database: database)
                .push(log.origin, to: client, from: size)
            // What its new entries name is said by its next list.
        } else if let theirs, size == head.head.size, theirs.note != head.note,
            lacks(theirs.note, lines: head.note)
        {
            let path = PeerPath.cosignature(log.origin)
            let answer = try await client.post(path, head.note.serialized)
            // 409: it has fallen behind, or has grown since; the next round knows.
            guard [200, 409].contains(answer.status) else {
                throw .status(client.address, path: path, code: answer.status)
            }
        }
        for hash in theirs?.missing ?? [] { try await bring(hash) }
    }

    /// Whether a note lacks a valid line of ours, or has an older one of the same witness.
    private func lacks(_ theirs: SignedNote, lines ours: SignedNote) -> Bool {
        guard let here = rules.checkpoint(ours), let policy = rules.policy(here.head.origin) else {
            return false
        }
        let known = rules.checkpoint(theirs).map(policy.cosignatureTimes) ?? [:]
        return policy.cosignatureTimes(of: here).contains { name, time in
            known[name].map { $0 < time } ?? true
        }
    }

    private func bring(_ hash: HashValue) async throws(SyncError) {
        let bytes = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.blob(hash) }
        }
        guard let bytes else { return }
        let path = PeerPath.blob(hash)
        let answer = try await client.post(
            path, bytes, contentType: "application/octet-stream")
        guard answer.status == 200 else {
            throw .status(client.address, path: path, code: answer.status)
        }
    }
}
