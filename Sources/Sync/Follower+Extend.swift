internal import Cryptography
internal import Storage
internal import TransparencyLog

extension Follower {
    /// Fetches the entries up to a checkpoint and stores them, once their root is its root.
    ///
    /// A stretch that fits into memory becomes one transaction. Of a longer one, prefixes are
    /// stored that a consistency proof puts under the same checkpoint, which is noted first;
    /// no reader takes them for complete before the checkpoint itself is stored. While one of them
    /// is stored, the next is fetched and hashed.
    func extend(to offer: Offer, from source: PeerClient) async throws(SyncError) {
        let origin = offer.head.origin
        guard let state = try state(of: origin) else { throw .unknownLog(origin: origin) }
        let quota = try LogQuota(limits, of: origin, in: database)
        // Before anything of it is asked for.
        try quota.check(size: offer.head.size)
        let stream = BundleStream(
            client: source, origin: origin, rules: rules, start: state.log.size,
            knownBytes: try knownBytes(of: origin, size: state.log.size), end: offer.head.size)
        let (growth, failure) = await withTaskGroup(of: TaskOutcome<Void>.self) { group in
            var growth = LogExtension(extending: state.edge)
            var fetched = 0
            do throws(SyncError) {
                try await stream.forEach { entries throws(SyncError) in
                    fetched += entries.reduce(0) { $0 + $1.bytes.count }
                    try quota.check(newBytes: fetched)
                    growth.append(contentsOf: entries)
                    let isLong =
                        growth.byteCount >= limits.stepBytes
                        || growth.entries.count >= limits.stepEntries
                    if isLong, growth.newSize < offer.head.size {
                        // Order: one after the other, each on the size that the one before left.
                        try await group.next()?.result.get()
                        let stretch = growth
                        group.addTask { await stored(stretch, under: offer, from: source) }
                        growth = LogExtension(extending: growth.edge)
                    }
                }
                try await group.next()?.result.get()
                return (growth, SyncError?.none)
            } catch {
                // What came before the line broke, or before a damaged part, need not come again.
                if case .failure = await group.next()?.result { return (growth, error) }
                if growth.newSize > growth.oldSize, growth.newSize < offer.head.size {
                    _ = await stored(growth, under: offer, from: source)
                }
                return (growth, error)
            }
        }
        if let failure { throw failure }
        guard growth.newSize == offer.head.size, growth.root == offer.head.root else {
            throw .wrongEntries(source.address, origin: origin, size: offer.head.size)
        }
        try await store(growth, to: origin, record: offer.record, replacing: state.head?.note)
    }

    /// Stores entries with the checkpoint that they lead to.
    func store(
        _ growth: LogExtension, to origin: String, record: CheckpointRecord,
        replacing old: SignedNote?
    ) async throws(SyncError) {
        try await store { database throws(StorageError) in
            // Order: what must be fetched later is remembered before anything names it.
            try database.noteBlobs(growth.entries.flatMap(rules.blobs), namedBy: origin)
            try database.append(growth, to: origin, record: record, replacing: old)
        }
    }

    /// The peer is asked for the proof although the line may have broken meanwhile: little is left
    /// to ask for.
    private func stored(
        _ growth: LogExtension, under offer: Offer, from source: PeerClient
    ) async -> TaskOutcome<Void> {
        do throws(SyncError) {
            try await storePrefix(growth, under: offer, from: source.persisting)
            return TaskOutcome(.success(()))
        } catch {
            return TaskOutcome(.failure(error))
        }
    }

    /// Stores a stretch that is proven to be the beginning of the checkpoint's tree.
    private func storePrefix(
        _ growth: LogExtension, under offer: Offer, from source: PeerClient
    ) async throws(SyncError) {
        let origin = offer.head.origin
        let prefix = (size: growth.newSize, root: growth.root)
        var tree = RemoteTree(source, origin, size: offer.head.size)
        guard try await tree.begins(with: prefix, root: offer.head.root) else {
            throw .wrongEntries(source.address, origin: origin, size: offer.head.size)
        }
        let record = offer.record
        try await store { database throws(StorageError) in
            try database.setPending(record)
            try database.noteBlobs(growth.entries.flatMap(rules.blobs), namedBy: origin)
            try database.append(growth, to: origin)
        }
    }

    private func store(
        _ body: @escaping @Sendable (LogDatabase) throws(StorageError) -> Void
    ) async throws(SyncError) {
        do throws(StorageError) { try await database.perform(body) } catch {
            throw .storage(error)
        }
    }

    /// The bytes that the entries of the last, unfinished bundle take: where to read on.
    func knownBytes(of origin: String, size: UInt64) throws(SyncError) -> Int {
        let width = Int(size % UInt64(Tile.fullWidth))
        guard width > 0 else { return 0 }
        return try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.bundle(origin, index: size / UInt64(Tile.fullWidth), width: width)?
                    .count ?? 0
            }
        }
    }

    /// Takes over kept checkpoints, so that entries keep their logged times. What does not
    /// open, has no quorum or is not over our entries is left out.
    func keepCheckpoints(
        of origin: String, from peers: [PeerClient], _ report: inout FollowReport
    ) async {
        for client in peers {
            do throws(SyncError) {
                var size = try newestKept(origin)
                let policy = rules.policy(origin)
                while true {
                    let notes = try await client.checkpoints(origin, above: size)
                    guard let log = try state(of: origin)?.log, !notes.isEmpty else { break }
                    var records: [CheckpointRecord] = []
                    for checkpoint in try rules.open(notes, of: origin, from: client.address) {
                        guard checkpoint.head.size > size else {
                            throw .notWhatWasAsked(
                                client.address,
                                path: PeerPath.checkpoints(origin, above: size),
                                expected: "checkpoints in the order of their sizes")
                        }
                        size = checkpoint.head.size
                        guard size <= log.usableSize else { break }
                        records.append(rules.record(checkpoint, under: policy))
                    }
                    let kept = records
                    try await store { database throws(StorageError) in
                        try database.keep(kept)
                    }
                    guard size <= log.usableSize else { break }
                }
                return
            } catch {
                report.failures.append(error)
            }
        }
    }

    /// The size of the newest kept checkpoint but one: what lies above it may be new, since
    /// the newest came with the entries.
    private func newestKept(_ origin: String) throws(SyncError) -> UInt64 {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.newestKeptSizes(origin, limit: 2).dropFirst().first ?? 0
            }
        }
    }

    /// Fetches the blobs that entries of the log name and that are not here.
    func fetchBlobs(
        of origin: String, from peers: [PeerClient], _ report: inout FollowReport
    ) async {
        do throws(SyncError) {
            let missing = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    try snapshot.missingBlobs(origin)
                }
            }
            for hash in missing {
                if try await !fetch(hash, from: peers, &report) {
                    report.missingBlobs.append(hash)
                }
            }
        } catch {
            report.failures.append(error)
        }
    }

    private func fetch(
        _ hash: HashValue, from peers: [PeerClient], _ report: inout FollowReport
    ) async throws(SyncError) -> Bool {
        for client in peers {
            let bytes: [UInt8]
            do throws(SyncError) { bytes = try await client.blob(hash) } catch {
                // A peer without the blob has done nothing wrong.
                if case .status(_, _, 404) = error { continue }
                report.failures.append(error)
                continue
            }
            try SyncError.storing { () throws(StorageError) in
                try database.storeBlob(bytes, hash: hash)
            }
            return true
        }
        return false
    }
}
