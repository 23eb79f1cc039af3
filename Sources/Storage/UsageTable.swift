internal import Foundation
internal import GRDB

/// The bytes that the entries of each log take, so that a log which floods is stopped without
/// counting its rows. It can be emptied at any time: what is missing is counted once.
enum UsageTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS log_usage (
            log INTEGER PRIMARY KEY REFERENCES log (id),
            bytes INTEGER NOT NULL CHECK (bytes >= 0)
        ) STRICT
        """

    /// Adds what is appended; a log that was never counted is counted when it is asked for.
    static func add(_ bytes: Int, to log: LogRecord, _ db: Database) throws {
        if log.size == 0 {
            try db.run("INSERT OR REPLACE INTO log_usage (log, bytes) VALUES (?, 0)", [log.id])
        }
        try db.run("UPDATE log_usage SET bytes = bytes + ? WHERE log = ?", [bytes, log.id])
    }
}

extension LogSnapshot {
    /// The bytes of the entries of a log, without what surrounds them on the disk.
    public func byteCount(_ origin: String) throws(StorageError) -> UInt64 {
        let log = try known(origin)
        return try attempt("count the bytes of a log") {
            if let bytes = try Int64.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM log_usage WHERE log = ?"),
                arguments: [log.id])
            {
                return UInt64(bytes)
            }
            let (first, last) = log.positions(0..<max(1, log.size))
            let sum = try Int64.fetchOne(
                db.cachedStatement(
                    sql: "SELECT total(length(bytes)) FROM entry WHERE position BETWEEN ? AND ?"),
                arguments: [first, last])
            return UInt64(sum ?? 0)
        }
    }
}
