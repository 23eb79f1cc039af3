public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

extension LogDatabase {
    /// Puts entries back as they were, and every hash over them, if together they lead to the
    /// root of the log's newest checkpoint; else nothing changes.
    ///
    /// - Throws: `rootConflict` if they do not.
    public func repair(
        _ origin: String, with entries: [UInt64: NewEntry]
    ) throws(StorageError) {
        try write(to: "repair a log") { db in
            let snapshot = LogSnapshot(db: db)
            let log = try snapshot.known(origin)
            let statement = try db.cachedStatement(
                sql: "UPDATE entry SET bytes = ?, identity = ? WHERE position = ?")
            for (index, entry) in entries {
                try statement.execute(
                    arguments: [Data(entry.bytes), entry.identity.data, log.position(index)])
            }
            var growth = LogExtension(extending: TreeEdge())
            try snapshot.forEachEntry(of: log, in: 0..<log.size) { _, bytes in
                growth.append(
                    NewEntry(bytes: bytes, identity: MerkleTree.emptyRoot, kind: nil, subjects: []))
            }
            try insertTiles(of: growth, into: log, db)
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
        let log = try known(origin)
        var damaged: [UInt64] = []
        for (index, width) in EntryBundle.positions(for: log.size, since: 0) {
            let start = index * UInt64(Tile.fullWidth)
            var leaves: [HashValue] = []
            do throws(StorageError) {
                try forEachEntry(of: log, in: start..<(start + UInt64(width))) {
                    leaves.append(MerkleTree.leafHash($1))
                }
            } catch { leaves = [] }
            let tile = try? Tile(level: 0, index: index, width: width)
            let stored = try tile.flatMap { tile throws(StorageError) in
                try self.tile(origin, tile)
            }
            if stored != leaves.flatMap(\.bytes) { damaged.append(index) }
        }
        return damaged
    }
}
