internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

extension LogDatabase {
    /// Adds a log, empty, or finds it.
    ///
    /// - Throws: if it is there in the other role: a country's own log is never a copy.
    public func addLog(_ origin: String, isOwn: Bool) throws(StorageError) {
        try write(to: "add a log") { db in
            if let log = try LogSnapshot(db: db).log(origin) {
                guard log.isOwn == isOwn else {
                    throw StorageError.ownership(origin: origin, isOwn: log.isOwn)
                }
                return
            }
            try db.run(
                "INSERT INTO log (origin, origin_hash, is_own) VALUES (?, ?, ?)",
                [origin, HashValue(of: origin.utf8).data, isOwn])
            if !isOwn {
                for role in SigningMemory.Role.allCases {
                    try SigningMemory(db: db, role: role).begin(origin)
                }
            }
        }
    }

    /// Appends entries and hashes in one transaction, with the checkpoint over them if there
    /// is one; compare-and-swap on the size.
    ///
    /// The caller has compared the extension's root with a checkpoint, or is the log's one
    /// writer. Without `record` the entries are below no checkpoint yet: the writer signs
    /// next; a follower may do so only under a pending checkpoint that proves the prefix.
    ///
    /// - Throws: `sizeConflict` if the log no longer has the size on which the extension was
    ///   built, `rootConflict` if the checkpoint is not over it, `noteConflict` if the newest
    ///   note is not `old`.
    public func append(
        _ growth: LogExtension, to origin: String, record: CheckpointRecord? = nil,
        replacing old: SignedNote? = nil
    ) throws(StorageError) {
        try write(to: "append entries") { db in
            let log = try LogSnapshot(db: db).known(origin)
            try insert(growth, into: log, db)
            guard let record else { return }
            guard record.checkpoint.head.size == growth.newSize else {
                throw StorageError.rootConflict(
                    origin: origin, size: record.checkpoint.head.size)
            }
            try CheckpointTable(db: db, log: log).store(record, replacing: old)
        }
    }

    /// Appends entries to the node's own log as its one writer.
    ///
    /// - Returns: the new size.
    @discardableResult
    public func append(
        _ entries: [NewEntry], to origin: String, expecting size: UInt64
    ) throws(StorageError) -> UInt64 {
        try write(to: "append entries") { db in
            let snapshot = LogSnapshot(db: db)
            let log = try snapshot.known(origin)
            guard log.isOwn else { throw StorageError.ownership(origin: origin, isOwn: false) }
            guard log.size == size else {
                throw StorageError.sizeConflict(origin: origin, expected: size, found: log.size)
            }
            var growth = LogExtension(extending: try snapshot.edge(origin))
            growth.append(contentsOf: entries)
            try insert(growth, into: log, db)
            return growth.newSize
        }
    }

    func insert(_ growth: LogExtension, into log: LogRecord, _ db: Database) throws {
        guard growth.newSize < Schema.sizeLimit else {
            throw StorageError.tooLarge(
                what: "entries of a log", limit: Int(Schema.sizeLimit), found: Int(growth.newSize))
        }
        try db.run(
            "UPDATE log SET size = ? WHERE id = ? AND size = ?",
            [Int64(growth.newSize), log.id, Int64(growth.oldSize)])
        guard db.changesCount == 1 else {
            throw StorageError.sizeConflict(
                origin: log.origin, expected: growth.oldSize, found: log.size)
        }
        try EntryWriter(db: db, log: log).insert(growth.entries, from: growth.oldSize)
        try UsageTable.add(growth.byteCount, to: log, db)
        try insertTiles(of: growth, into: log, db)
    }

    func insertTiles(of growth: LogExtension, into log: LogRecord, _ db: Database) throws {
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO tile (log, level, idx, hashes) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET hashes = excluded.hashes
                """)
        for (tile, hashes) in growth.tiles {
            var bytes = Data(capacity: hashes.count * HashValue.byteCount)
            for hash in hashes { hash.withBytes { bytes.append(contentsOf: $0) } }
            try statement.execute(arguments: [log.id, tile.level, Int64(tile.index), bytes])
        }
    }
}
