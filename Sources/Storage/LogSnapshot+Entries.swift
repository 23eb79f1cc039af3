public import Cryptography
internal import Foundation
internal import GRDB
internal import TransparencyLog

extension LogSnapshot {
    /// The entries of a range, in order, each of them there.
    public func entries(
        _ origin: String, _ range: Range<UInt64>
    ) throws(StorageError) -> [StoredEntry] {
        let log = try known(origin)
        guard range.upperBound <= log.size else {
            throw .beyondTree(origin: origin, size: log.size, found: range.upperBound)
        }
        var entries: [StoredEntry] = []
        try forEachEntry(of: log, in: range) { entries.append(StoredEntry(index: $0, bytes: $1)) }
        return entries
    }

    func forEachEntry(
        of log: LogRecord, in range: Range<UInt64>, _ body: (UInt64, [UInt8]) throws -> Void
    ) throws(StorageError) {
        try forEachRow(of: log, in: range) { try body($0, Array($1)) }
    }

    /// The same where the bytes are not kept: they are good until the body ends.
    func forEachRow(
        of log: LogRecord, in range: Range<UInt64>,
        _ body: (UInt64, UnsafeRawBufferPointer) throws -> Void
    ) throws(StorageError) {
        guard !range.isEmpty else { return }
        let (first, last) = log.positions(range)
        var next = range.lowerBound
        try attempt("read entries") {
            let statement = try BulkStatement(
                """
                SELECT position, bytes FROM entry WHERE position BETWEEN ? AND ?
                ORDER BY position
                """, db)
            try statement.forEachRow(first, last) { position, bytes in
                let index = LogRecord.index(of: position)
                guard index == next else { return false }
                try body(index, bytes)
                next += 1
                return true
            }
        }
        guard next == range.upperBound else {
            throw .missingRow(table: "entry", origin: log.origin, at: next)
        }
    }

    /// The selected entries below a size, in the order of the log.
    public func entries(
        _ origin: String, selecting selection: EntrySelection, below size: UInt64
    ) throws(StorageError) -> [StoredEntry] {
        let log = try known(origin)
        let (first, last) = log.positions(0..<min(size, log.size))
        return try attempt("select entries") {
            var positions: Set<Int64> = []
            for query in selection.queries {
                let statement = try BulkStatement(query.text(LogSnapshot.positions), db)
                query.bind(to: statement, first, last)
                try statement.forEachRow { row in
                    if let position = row.integer(at: 0) { positions.insert(position) }
                    return true
                }
            }
            let bytes = try db.cachedStatement(sql: "SELECT bytes FROM entry WHERE position = ?")
            return try positions.sorted().map { position in
                let index = LogRecord.index(of: position)
                guard let row = try Row.fetchOne(bytes, arguments: [position]) else {
                    throw StorageError.missingRow(table: "entry", origin: origin, at: index)
                }
                return StoredEntry(index: index, bytes: try row.bytes(at: 0))
            }
        }
    }

    private static let positions = EntryQuery.Texts("found.position")

    /// The index of every entry below a size with that identity; all but the first are
    /// without effect.
    public func indexes(
        _ origin: String, ofIdentity identity: HashValue
    ) throws(StorageError) -> [UInt64] {
        let log = try known(origin)
        let (first, last) = log.positions(0..<log.size)
        return try attempt("find an entry") {
            // The index holds eight bytes; the entry's own row decides.
            let sql = """
                SELECT identity.position FROM identity
                JOIN entry ON entry.position = identity.position
                WHERE prefix = ? AND identity.position BETWEEN ? AND ? AND entry.identity = ?
                ORDER BY identity.position
                """
            return try Int64.fetchAll(
                db.cachedStatement(sql: sql),
                arguments: [identity.prefix, first, last, identity.data]
            ).map(LogRecord.index(of:))
        }
    }

    /// The first entry with that identity.
    public func entry(
        _ origin: String, identity: HashValue
    ) throws(StorageError) -> StoredEntry? {
        guard let index = try indexes(origin, ofIdentity: identity).first else { return nil }
        return try entries(origin, index..<(index + 1)).first
    }

    /// The bytes of an entry bundle, or nil if the log does not have so many entries.
    ///
    /// - Precondition: the width is 1 to 256.
    public func bundle(
        _ origin: String, index: UInt64, width: Int
    ) throws(StorageError) -> [UInt8]? {
        let log = try known(origin)
        let start = index * UInt64(Tile.fullWidth)
        guard start + UInt64(width) <= log.size else { return nil }
        var bytes: [UInt8] = []
        try forEachEntry(of: log, in: start..<(start + UInt64(width))) { _, entry in
            bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: entry.count))
            bytes.append(contentsOf: entry)
        }
        return bytes
    }
}
