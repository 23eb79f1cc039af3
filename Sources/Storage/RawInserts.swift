internal import GRDB

/// Bare inserts of the same bytes into a table with one integer key: the limit of benchmarks.
///
/// A database of its own with the pragmas of a log's; nothing is hashed, indexed or checked, and
/// SQLite takes the bytes where they lie.
public struct RawInserts: Sendable {
    private let path: String
    private let queue: DatabaseQueue

    /// Makes the table in a new file.
    public init(into path: String) throws(StorageError) {
        self.path = path
        do {
            queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { db in
                try db.execute(
                    sql: """
                        PRAGMA journal_mode = WAL;
                        PRAGMA synchronous = FULL;
                        PRAGMA wal_autocheckpoint = 4000;
                        PRAGMA cache_size = -32768;
                        CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT
                        """)
            }
        } catch {
            throw StorageError(error, path: path, task: "make a table")
        }
    }

    /// Inserts rows; on disk when it returns.
    ///
    /// - Parameter batch: how many a transaction takes; nil: one takes them all.
    public func insert(_ rows: [[UInt8]], batch: Int? = nil) throws(StorageError) {
        let batch = batch ?? max(1, rows.count)
        do {
            for start in stride(from: 0, to: rows.count, by: batch) {
                try queue.write { db in
                    let statement = try BulkStatement("INSERT INTO row (bytes) VALUES (?)", db)
                    for row in rows[start..<min(rows.count, start + batch)] {
                        try statement.run(row)
                    }
                }
            }
        } catch {
            throw StorageError(error, path: path, task: "insert rows")
        }
    }
}
