internal import Cryptography
public import Storage
internal import TransparencyLog

/// Brings a peer the entries of a log that it does not have yet.
///
/// `Protocol/sync.md § Push`. The answer of the peer says where to go on; a checkpoint that is
/// kept becomes a step of its own, so that entries keep their logged times over there.
public struct EntryPush: Sendable {
    private let database: LogDatabase
    /// The packages and the bytes of one request.
    private let packageLimit = 8
    private let byteLimit = 1 << 20

    public init(database: LogDatabase) { self.database = database }

    /// - Parameter size: the entries that the peer is believed to have; its answers correct it.
    /// - Returns: the entries that it has afterwards.
    public func push(
        _ origin: String, to client: PeerClient, from size: UInt64
    ) async throws(SyncError) -> UInt64 {
        var next = size
        for note in try steps(origin, above: size) {
            let head = try? TreeHead(parsing: note.text)
            guard let head, head.size > next else { continue }
            next = try await upload(head, note, from: next, to: client)
        }
        return next
    }

    /// The notes under which the entries go over: the kept ones, then the newest.
    private func steps(
        _ origin: String, above size: UInt64
    ) throws(SyncError) -> [SignedNote] {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                guard let head = try snapshot.head(origin) else { return [] }
                let kept = try snapshot.checkpoints(origin, above: size)
                    .filter { $0.head.size < head.head.size }
                return kept.map(\.note) + [head.note]
            }
        }
    }

    private func upload(
        _ head: TreeHead, _ note: SignedNote, from start: UInt64, to client: PeerClient
    ) async throws(SyncError) -> UInt64 {
        var next = start
        var corrections = 0
        while true {
            let upload = try upload(head, note, from: min(next, head.size))
            let answer = try await client.post(
                PeerPath.addEntries, upload.serialized, contentType: "application/octet-stream",
                limit: UploadProgress.byteLimit)
            switch answer.status {
            case 200: return head.size
            case 202, 409:
                guard let progress = try? UploadProgress(parsing: answer.body) else {
                    throw .notWhatWasAsked(
                        client.address, path: PeerPath.addEntries,
                        expected: "the index of the next entry")
                }
                if progress.next >= head.size { return progress.next }
                // SPEC: an upload that comes no further ends; it is begun again next round.
                if answer.status == 202, progress.next <= next {
                    throw .status(client.address, path: PeerPath.addEntries, code: 202)
                }
                if answer.status == 409 { corrections += 1 }
                guard corrections < 4 else {
                    throw .status(client.address, path: PeerPath.addEntries, code: 409)
                }
                next = progress.next
            default:
                throw .status(client.address, path: PeerPath.addEntries, code: answer.status)
            }
        }
    }

    /// The next packages with their proofs.
    private func upload(
        _ head: TreeHead, _ note: SignedNote, from start: UInt64
    ) throws(SyncError) -> EntryUpload {
        let range = start..<head.size
        return try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                var packages: [EntryUpload.Package] = []
                var bytes = 0
                let count = min(packageLimit, EntryUpload.packageCount(of: range))
                while packages.count < count, bytes < byteLimit {
                    let place = EntryUpload.place(of: packages.count, in: range)
                    let entries = try snapshot.entries(head.origin, place.first..<place.end)
                        .map(\.bytes)
                    let hashes = try SubtreeProof.build(
                        range: place.start..<place.end, size: head.size
                    ) { level, index throws(StorageError) in
                        try snapshot.subtree(head.origin, level: level, index: index)
                    }
                    packages.append(EntryUpload.Package(entries: entries, hashes: hashes))
                    bytes += entries.reduce(0) { $0 + $1.count }
                }
                return EntryUpload(
                    origin: head.origin, range: range, ticket: note.serialized,
                    packages: packages)
            }
        }
    }
}
