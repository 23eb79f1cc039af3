public import Cryptography
public import Encoding
internal import GRDB

/// A log that is kept here with the sizes of its newest notes, without the notes.
public struct LogOutline: Hashable, Sendable {
    public struct Head: Hashable, Sendable {
        public let size: UInt64
        public let root: HashValue
        /// When a quorum had seen it; nil: none is known to have.
        public let quorumTime: Timestamp?
    }

    public let record: LogRecord
    /// The newest checkpoint that the log signed and that is stored with its entries.
    public let signed: Head?
    /// The newest checkpoint with a quorum.
    public let witnessed: Head?
}

extension LogSnapshot {
    /// Every log by its origin, in one look.
    public func outlines() throws(StorageError) -> [String: LogOutline] {
        try attempt("list the logs") {
            let sql = """
                SELECT id, origin, origin_hash, is_own, log.size, standing, standing_size,
                    signed.size, signed.root, signed.quorum_time,
                    witnessed.size, witnessed.root, witnessed.quorum_time
                FROM log
                LEFT JOIN head AS signed ON signed.log = id AND signed.role = 'signed'
                LEFT JOIN head AS witnessed ON witnessed.log = id AND witnessed.role = 'witnessed'
                """
            let rows = try Row.fetchCursor(db.cachedStatement(sql: sql))
            var outlines: [String: LogOutline] = [:]
            while let row = try rows.next() {
                let record = try LogRecord(row: row)
                outlines[record.origin] = LogOutline(
                    record: record, signed: try LogOutline.Head(row, at: 7),
                    witnessed: try LogOutline.Head(row, at: 10))
            }
            return outlines
        }
    }
}

extension LogOutline.Head {
    /// From the columns of size, root and quorum time, if there is a size.
    fileprivate init?(_ row: Row, at column: Int) throws {
        guard let size: Int64 = row[column] else { return nil }
        self.size = UInt64(size)
        root = try HashValue(row: row, at: column + 1, table: "head")
        quorumTime = (row[column + 2] as Int64?).map(Timestamp.init(seconds:))
    }
}
