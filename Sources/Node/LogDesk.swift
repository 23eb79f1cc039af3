internal import Cryptography
internal import Registry
internal import Storage
internal import Sync
internal import TransparencyLog

/// Answers what can be read: checkpoints, tiles, bundles, blobs, split views.
///
/// Each answer is one read of the database; the bytes of tiles, bundles and blobs never change.
struct LogDesk: Sendable {
    let database: LogDatabase

    /// Whether an address shows heads of logs: `/heads`, and each log's checkpoint, the mirror's too.
    static func showsHeads(_ path: String) -> Bool {
        if path == "/heads" { return true }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        if parts.first == "mirror" { parts = parts.dropFirst() }
        return parts.count == 2 && parts.last == "checkpoint"
            && parts.first.flatMap { HashValue(hexadecimal: String($0)) } != nil
    }

    func heads() throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            var heads: [HeadList.Head] = []
            for log in try snapshot.logs() {
                guard let head = try snapshot.head(log.origin) else { continue }
                let witnessed = try snapshot.witnessedHead(log.origin)
                let missing = log.isOwn ? [] : try snapshot.missingBlobs(log.origin)
                heads.append(
                    HeadList.Head(
                        origin: log.origin, size: head.head.size, note: head.note,
                        witnessed: witnessed?.note == head.note ? nil : witnessed?.note,
                        missing: missing))
            }
            let proofs = HashList(try snapshot.faultIdentities())
            return .json(HeadList(heads, splitViews: proofs.digest).serialized)
        }
    }

    func checkpoint(_ log: HashValue) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let origin = try snapshot.log(originHash: log)?.origin,
                let head = try snapshot.head(origin)
            else { return .notFound }
            return NodeAnswer(200, contentType: ContentType.text, body: head.note.serialized)
        }
    }

    /// The newest checkpoint that this node cosigned as a mirror.
    func mirrored(_ log: HashValue) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let origin = try snapshot.log(originHash: log)?.origin,
                let note = try snapshot.mirrorNote(origin)
            else { return .notFound }
            return NodeAnswer(200, contentType: ContentType.text, body: note.serialized)
        }
    }

    func checkpoints(_ log: HashValue, above size: UInt64) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let origin = try snapshot.log(originHash: log)?.origin else { return .notFound }
            let kept = try snapshot.checkpoints(
                origin, above: size, limit: NoteList.countLimit)
            return .json(NoteList(kept.map(\.note)).serialized)
        }
    }

    /// A tile or an entry bundle, by its path below the log's folder.
    func tile(_ log: HashValue, path: String) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let record = try snapshot.log(originHash: log) else { return .notFound }
            let bytes: [UInt8]?
            if let (bundle, first) = LogDesk.tail(path) {
                bytes = try tail(of: bundle, from: first, record.origin, snapshot)
            } else if let (index, width) = try? EntryBundle.position(parsing: path) {
                bytes = try snapshot.bundle(record.origin, index: index, width: width)
            } else if let tile = try? Tile(parsing: path) {
                bytes = try snapshot.tile(record.origin, tile)
            } else {
                bytes = nil
            }
            guard let bytes else { return .notFound }
            return NodeAnswer(
                200, contentType: ContentType.bytes, body: bytes, caching: .immutable)
        }
    }

    /// The path of a bundle and the first entry wanted of it: `.../000.p/5/from/3`.
    private static func tail(_ path: String) -> (bundle: String, first: Int)? {
        guard let mark = path.firstRange(of: PeerPath.tailMark),
            let first = Int(path[mark.upperBound...]), "\(first)" == path[mark.upperBound...]
        else { return nil }
        return (String(path[..<mark.lowerBound]), first)
    }

    private func tail(
        of path: String, from first: Int, _ origin: String, _ snapshot: LogSnapshot
    ) throws(StorageError) -> [UInt8]? {
        guard let (index, width) = try? EntryBundle.position(parsing: path),
            first > 0, first < width,
            let size = try snapshot.log(origin)?.size
        else { return nil }
        let start = index * UInt64(Tile.fullWidth)
        guard start + UInt64(width) <= size else { return nil }
        let entries = try snapshot.entries(
            origin, (start + UInt64(first))..<(start + UInt64(width)))
        return try? EntryBundle(entries.map(\.bytes)).serialized
    }

    func blob(_ hash: HashValue) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let bytes = try snapshot.blob(hash) else { return .notFound }
            return NodeAnswer(
                200, contentType: ContentType.bytes, body: bytes, caching: .immutable)
        }
    }

    func splitViews() throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            .json(HashList(try snapshot.faultIdentities()).serialized)
        }
    }

    func splitView(_ identity: HashValue) throws(StorageError) -> NodeAnswer {
        try database.read { snapshot throws(StorageError) in
            guard let proof = try snapshot.fault(identity) else { return .notFound }
            return .json(proof.serialized)
        }
    }
}
