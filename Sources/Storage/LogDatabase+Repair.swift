internal import Cryptography
internal import GRDB
internal import TransparencyLog

extension LogDatabase {
    /// Puts entries back as they were, and every hash over them, if together they lead to the
    /// root of the log's newest checkpoint; else nothing changes. What entries are found by is
    /// for `rebuildIndexes`.
    ///
    /// - Throws: `rootConflict` if they do not.
    public func repair(
        _ origin: String, with entries: [UInt64: NewEntry]
    ) throws(StorageError) {
        try write(to: "repair a log") { db in
            let snapshot = LogSnapshot(db: db)
            let log = try snapshot.known(origin)
            let writer = EntryWriter(db: db, log: log)
            for (index, entry) in entries { try writer.restore(entry, at: index) }
            // A stretch at a time: a long log is never in memory.
            var edge = TreeEdge()
            while edge.size < log.size {
                var growth = LogExtension(extending: edge)
                let end = min(log.size, edge.size + 16_384)
                try snapshot.forEachEntry(of: log, in: edge.size..<end) { _, bytes in
                    growth.append(
                        NewEntry(
                            bytes: bytes, identity: MerkleTree.emptyRoot, kind: nil, subjects: []))
                }
                try insertTiles(of: growth, into: log, db)
                edge = growth.edge
            }
            guard let head = try snapshot.head(origin)?.head else { return }
            guard try snapshot.root(origin, size: head.size) == head.root else {
                throw StorageError.rootConflict(origin: origin, size: head.size)
            }
        }
    }
}

extension LogSnapshot {
    /// The bundles whose entries are not those over which the stored hashes were made, or
    /// cannot be read.
    public func damagedBundles(_ origin: String) throws(StorageError) -> [UInt64] {
        let count = (try known(origin).size + 255) / 256
        return try damagedBundles(origin, among: 0..<count)
    }

    func isDamaged(_ log: LogRecord, _ index: UInt64) throws(StorageError) -> Bool {
        let start = index * UInt64(Tile.fullWidth)
        let end = min(log.size, start + UInt64(Tile.fullWidth))
        guard start < end else { return false }
        var leaves: [HashValue] = []
        do throws(StorageError) {
            try forEachEntry(of: log, in: start..<end) { leaves.append(MerkleTree.leafHash($1)) }
            let tile = try? Tile(level: 0, index: index, width: Int(end - start))
            let stored = try tile.flatMap { tile throws(StorageError) in
                try self.tile(log.origin, tile)
            }
            guard stored == leaves.flatMap(\.bytes) else { return true }
            guard leaves.count == Tile.fullWidth else { return false }
            guard try subtree(of: log, 8, index) == MerkleTree.root(of: leaves) else { return true }
            // With the last bundle below them, the hashes above are compared with theirs.
            var level = 1
            var place = index
            while (place + 1).isMultiple(of: UInt64(Tile.fullWidth)) {
                place /= UInt64(Tile.fullWidth)
                let below = try hashes(of: log, level: level, index: place, 0..<Tile.fullWidth)
                level += 1
                guard try subtree(of: log, 8 * level, place) == MerkleTree.root(of: below) else {
                    return true
                }
            }
            return false
        } catch .missingRow, .unreadable {
            return true
        }
    }
}
