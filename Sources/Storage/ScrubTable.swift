public import Encoding
internal import Foundation
internal import GRDB

/// How far the scrub of a log has come, and what it found (`Protocol/sync.md § Repair`).
public struct ScrubRecord: Hashable, Sendable {
    /// The bundle that is looked at next.
    public var next: UInt64
    /// When the last whole pass ended; nil while none has.
    public var finished: Timestamp?
    /// What was found last and what became of it; nil: nothing ever.
    public var finding: String?

    public init(next: UInt64 = 0, finished: Timestamp? = nil, finding: String? = nil) {
        self.next = next
        self.finished = finished
        self.finding = finding
    }
}

/// The table of the scrub. It can be emptied at any time: then a pass begins anew.
enum ScrubTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS scrub (
            log INTEGER PRIMARY KEY REFERENCES log (id),
            next INTEGER NOT NULL CHECK (next >= 0),
            finished INTEGER,
            finding TEXT
        ) STRICT
        """
}

extension LogSnapshot {
    public func scrub(_ origin: String) throws(StorageError) -> ScrubRecord {
        let log = try known(origin)
        return try attempt("read the scrub") {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT next, finished, finding FROM scrub WHERE log = ?"),
                arguments: [log.id]
            ).map { row in
                ScrubRecord(
                    next: UInt64(row[0] as Int64),
                    finished: (row[1] as Int64?).map(Timestamp.init(seconds:)), finding: row[2])
            } ?? ScrubRecord()
        }
    }

    /// The bundles among some whose entries are not those over which the stored hashes were
    /// made, whose hashes do not lead to the hash above them, or that cannot be read.
    public func damagedBundles(
        _ origin: String, among bundles: Range<UInt64>
    ) throws(StorageError) -> [UInt64] {
        let log = try known(origin)
        var damaged: [UInt64] = []
        for index in bundles where try isDamaged(log, index) { damaged.append(index) }
        return damaged
    }
}

extension LogDatabase {
    public func store(_ record: ScrubRecord, of origin: String) throws(StorageError) {
        try write(to: "note how far the scrub has come") { db in
            let log = try LogSnapshot(db: db).known(origin)
            try db.run(
                """
                INSERT OR REPLACE INTO scrub (log, next, finished, finding)
                VALUES (?, ?, ?, ?)
                """,
                [
                    log.id, Int64(clamping: record.next), record.finished?.seconds, record.finding,
                ])
        }
    }
}
