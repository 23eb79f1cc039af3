import Foundation
internal import GRDB

/// Bare inserts of the same bytes into a table with one integer key: the limit of benchmarks.
///
/// One transaction with `synchronous = FULL` on a database of its own; nothing is hashed,
/// indexed or checked.
public enum RawInserts {
    public static func insert(_ rows: [[UInt8]], into path: String) throws(StorageError) {
        do {
            var configuration = Configuration()
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
            }
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in
                try db.execute(
                    sql: "CREATE TABLE row (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT")
                let statement = try db.makeStatement(sql: "INSERT INTO row (bytes) VALUES (?)")
                for row in rows { try statement.execute(arguments: [Data(row)]) }
            }
            try queue.close()
        } catch {
            throw StorageError(error, path: path, task: "insert rows")
        }
    }
}
