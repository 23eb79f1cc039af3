public import Cryptography
public import Encoding
internal import Foundation
internal import GRDB
internal import TransparencyLog

/// One state of the database, for as long as the closure of `LogDatabase.read(_:)` runs.
public struct LogSnapshot {
    let db: Database

    /// Runs a query whose failures are SQLite's.
    func attempt<Value>(
        _ task: String, _ body: () throws -> Value
    ) throws(StorageError) -> Value {
        do { return try body() } catch { throw StorageError(error, path: "log.sqlite", task: task) }
    }

    /// Every log, in the order in which they were added.
    public func logs() throws(StorageError) -> [LogRecord] {
        try attempt("list the logs") {
            try Row.fetchAll(db.cachedStatement(sql: LogRecord.query + " ORDER BY id")).map(
                LogRecord.init(row:))
        }
    }

    public func log(_ origin: String) throws(StorageError) -> LogRecord? {
        try attempt("read a log") {
            try Row.fetchOne(
                db.cachedStatement(sql: LogRecord.query + " WHERE origin = ?"),
                arguments: [origin]
            ).map(LogRecord.init(row:))
        }
    }

    /// The log whose origin has that SHA-256.
    public func log(originHash: HashValue) throws(StorageError) -> LogRecord? {
        try attempt("read a log") {
            try Row.fetchOne(
                db.cachedStatement(sql: LogRecord.query + " WHERE origin_hash = ?"),
                arguments: [originHash.data]
            ).map(LogRecord.init(row:))
        }
    }

    func known(_ origin: String) throws(StorageError) -> LogRecord {
        guard let log = try log(origin) else { throw .unknownLog(origin: origin) }
        return log
    }

    /// The newest checkpoint that the log signed and that is stored with its entries.
    public func head(_ origin: String) throws(StorageError) -> StoredCheckpoint? {
        try head(origin, role: "signed")
    }

    /// The newest checkpoint with a quorum.
    public func witnessedHead(_ origin: String) throws(StorageError) -> StoredCheckpoint? {
        try head(origin, role: "witnessed")
    }

    /// The checkpoint under which the log is being fetched piece by piece.
    public func pendingHead(_ origin: String) throws(StorageError) -> StoredCheckpoint? {
        try head(origin, role: "pending")
    }

    private func head(
        _ origin: String, role: String
    ) throws(StorageError) -> StoredCheckpoint? {
        let log = try known(origin)
        return try attempt("read a checkpoint") {
            try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT note, quorum_time FROM head WHERE log = ? AND role = ?"),
                arguments: [log.id, role]
            ).map { try StoredCheckpoint(row: $0, table: "head") }
        }
    }

    /// The kept checkpoints with a quorum whose size is above `size`, the smallest first.
    public func checkpoints(
        _ origin: String, above size: UInt64, limit: Int = 1_000
    ) throws(StorageError) -> [StoredCheckpoint] {
        let log = try known(origin)
        return try attempt("read checkpoints") {
            let sql = """
                SELECT note, quorum_time FROM checkpoint WHERE log = ? AND size > ?
                ORDER BY size LIMIT ?
                """
            return try Row.fetchAll(
                db.cachedStatement(sql: sql),
                arguments: [log.id, Int64(clamping: size), limit]
            ).map { try StoredCheckpoint(row: $0, table: "checkpoint") }
        }
    }

    /// The sizes of the newest kept checkpoints, the largest first.
    public func newestKeptSizes(
        _ origin: String, limit: Int
    ) throws(StorageError) -> [UInt64] {
        let log = try known(origin)
        return try attempt("read checkpoints") {
            let sql = "SELECT size FROM checkpoint WHERE log = ? ORDER BY size DESC LIMIT ?"
            return try Int64.fetchAll(
                db.cachedStatement(sql: sql), arguments: [log.id, limit]
            ).map(UInt64.init)
        }
    }

    /// The earliest kept checkpoint with a quorum that covers the entry: the one that says
    /// when it was logged. What stood in an earlier generation was logged there.
    public func firstCheckpoint(
        _ origin: String, covering index: UInt64
    ) throws(StorageError) -> StoredCheckpoint? {
        if let before = try predecessor(of: origin), index < before.size,
            let first = try firstCheckpoint(before.predecessor, covering: index),
            first.head.size <= before.size
        {
            return first
        }
        return try checkpoints(origin, above: index, limit: 1).first
    }

    /// The quorum time of the earliest kept checkpoint that covers the entry, or nil while no
    /// quorum has seen it.
    public func loggedTime(
        _ origin: String, _ index: UInt64
    ) throws(StorageError) -> Timestamp? {
        try firstCheckpoint(origin, covering: index)?.quorumTime
    }

    /// The newest quorum time ever accepted: a clock that stands before it is wrong.
    public func newestQuorumTime() throws(StorageError) -> Timestamp? {
        try attempt("read the clock") {
            try Int64.fetchOne(db.cachedStatement(sql: "SELECT high_water FROM clock")).map(
                Timestamp.init(seconds:))
        }
    }
}

extension LogRecord {
    static let query = """
        SELECT id, origin, origin_hash, is_own, size, standing, standing_size FROM log
        """

    init(row: Row) throws {
        id = row[0]
        origin = row[1]
        originHash = try HashValue(row: row, at: 2, table: "log")
        isOwn = row[3]
        size = UInt64(row[4] as Int64)
        let limit = UInt64(row[6] as Int64)
        standing =
            switch row[5] as String {
            case "frozen": .frozen(commonSize: limit)
            case "key-misused": .keyMisused(goodSize: limit)
            default: .sound
            }
    }
}

extension StoredCheckpoint {
    /// From the columns note and quorum time.
    init(row: Row, table: String) throws {
        do {
            note = try SignedNote(parsing: row.bytes(at: 0))
            head = try TreeHead(parsing: note.text)
        } catch {
            throw StorageError.unreadable(table: table, reason: "\(error)")
        }
        quorumTime = (row[1] as Int64?).map(Timestamp.init(seconds:))
    }
}
