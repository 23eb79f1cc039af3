public import Cryptography
internal import Foundation
internal import GRDB

/// How far the histories of each proven fork agree with the entries here.
///
/// `Protocol/sync.md § Forks`. What the hashes of a peer have not shown to the end is a least
/// size, and is looked for again.
enum ForkTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS fork (
            split_view BLOB PRIMARY KEY NOT NULL REFERENCES split_view (id),
            common_size INTEGER NOT NULL CHECK (common_size >= 0),
            is_exact INTEGER NOT NULL CHECK (is_exact IN (0, 1))
        ) STRICT, WITHOUT ROWID
        """
}

extension LogDatabase {
    /// Notes how far a fork that is stored here leaves the log's entries in common; the standing
    /// that followed from what was known less of is raised with it.
    ///
    /// The caller has the hashes of the other history, down from a root that the log signed.
    public func settle(
        _ fork: HashValue, of origin: String, commonSize: UInt64
    ) throws(StorageError) {
        try write(to: "settle a fork") { db in
            let log = try LogSnapshot(db: db).known(origin)
            let standing = try note(fork, of: log, commonSize, isExact: true, db)
            try set(standing, of: log, db)
        }
    }

    /// - Returns: the log's standing with what is known of this fork now.
    func note(
        _ fork: HashValue, of log: LogRecord, _ size: UInt64, isExact: Bool, _ db: Database
    ) throws -> LogStanding {
        let before = try ForkTable.commonSize(of: log.origin, db)
        try db.run(
            """
            INSERT INTO fork (split_view, common_size, is_exact) VALUES (?, ?, ?)
            ON CONFLICT (split_view) DO UPDATE
            SET common_size = excluded.common_size, is_exact = 1
            WHERE excluded.is_exact = 1
            """, [fork.data, Int64(clamping: size), isExact])
        let after = LogStanding.frozen(
            commonSize: try ForkTable.commonSize(of: log.origin, db) ?? size)
        // Only what followed from these forks is raised: another limit stays.
        if let before, log.standing == .frozen(commonSize: before) { return after }
        return log.standing.worse(of: after)
    }
}

extension ForkTable {
    /// What all forks of a log leave in common; nil without a fork.
    fileprivate static func commonSize(of origin: String, _ db: Database) throws -> UInt64? {
        try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT min(common_size) FROM fork
                    JOIN split_view ON split_view.id = fork.split_view WHERE origin = ?
                    """), arguments: [origin]
        ).map { UInt64($0) }
    }
}

extension LogSnapshot {
    /// The forks of a log of which it is not known how far its histories agree.
    public func unsettledForks(_ origin: String) throws(StorageError) -> [HashValue] {
        try attempt("list forks") {
            try Row.fetchAll(
                db.cachedStatement(
                    sql: """
                        SELECT split_view FROM fork
                        JOIN split_view ON split_view.id = fork.split_view
                        WHERE origin = ? AND is_exact = 0
                        """), arguments: [origin]
            ).map { try HashValue(row: $0, at: 0, table: "fork") }
        }
    }
}
