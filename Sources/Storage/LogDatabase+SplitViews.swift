public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

extension LogDatabase {
    /// Stores a proof of a fork that the caller has judged, and what follows for the log.
    ///
    /// A standing only gets worse here: an earlier limit is kept if it is lower, unless it was
    /// the least that was known of a fork of which more is known now.
    ///
    /// - Parameter isExact: of a frozen log, whether its histories part at that size; else they
    ///   agree at least so far.
    public func store(
        _ splitView: SplitView, of origin: String, standing: LogStanding, isExact: Bool = true
    ) throws(StorageError) {
        try write(to: "store a split view") { db in
            try db.run(
                "INSERT OR IGNORE INTO split_view (id, origin, bytes) VALUES (?, ?, ?)",
                [splitView.identity.data, origin, Data(splitView.serialized)])
            guard let log = try LogSnapshot(db: db).log(origin) else { return }
            guard case .frozen(let size) = standing else {
                return try set(log.standing.worse(of: standing), of: log, db)
            }
            let frozen = try note(splitView.identity, of: log, size, isExact: isExact, db)
            try set(frozen, of: log, db)
        }
    }

    /// Sets how far a log counts: after the root has spoken, the caller says `sound` again.
    public func setStanding(
        _ standing: LogStanding, of origin: String
    ) throws(StorageError) {
        try write(to: "mark a log") { db in
            try set(standing, of: try LogSnapshot(db: db).known(origin), db)
        }
    }

    func set(_ standing: LogStanding, of log: LogRecord, _ db: Database) throws {
        let (name, limit): (String, UInt64) =
            switch standing {
            case .sound: ("sound", 0)
            case .keyMisused(let size): ("key-misused", size)
            case .frozen(let size): ("frozen", size)
            }
        try db.run(
            "UPDATE log SET standing = ?, standing_size = ? WHERE id = ?",
            [name, Int64(clamping: limit), log.id])
    }
}

extension LogStanding {
    /// The stricter of two: frozen before misused before sound, then the lower limit.
    public func worse(of other: LogStanding) -> LogStanding {
        switch (self, other) {
        case (.frozen(let one), .frozen(let two)): .frozen(commonSize: min(one, two))
        case (.frozen, _): self
        case (_, .frozen): other
        case (.keyMisused(let one), .keyMisused(let two)): .keyMisused(goodSize: min(one, two))
        case (.keyMisused, _): self
        default: other
        }
    }
}

extension LogSnapshot {
    /// The identities of all split views, of one log or of all.
    public func splitViews(_ origin: String? = nil) throws(StorageError) -> [HashValue] {
        try attempt("list split views") {
            try Row.fetchAll(
                db.cachedStatement(
                    sql: "SELECT id FROM split_view WHERE ? IS NULL OR origin = ? ORDER BY rowid"),
                arguments: [origin, origin]
            ).map { try HashValue(row: $0, at: 0, table: "split_view") }
        }
    }

    public func splitView(_ identity: HashValue) throws(StorageError) -> SplitView? {
        try attempt("read a split view") {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM split_view WHERE id = ?"),
                arguments: [identity.data])
            do {
                return try row.map { try SplitView(parsing: $0.bytes(at: 0)) }
            } catch let error as LogError {
                throw StorageError.unreadable(table: "split_view", reason: "\(error)")
            }
        }
    }
}
