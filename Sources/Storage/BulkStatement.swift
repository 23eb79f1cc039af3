internal import Cryptography
internal import GRDB
internal import GRDBSQLite

/// A statement that writes or reads many rows, their bytes lent where they lie in memory.
///
/// GRDB puts each value of a row into a box, which for the rows of a log takes longer than SQLite
/// does. What is lent, to SQLite or by it, is good until the call ends.
struct BulkStatement {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    init(_ sql: String, _ db: Database) throws {
        let cached = try db.cachedStatement(sql: sql)
        let isBusy = sqlite3_stmt_busy(cached.sqliteStatement) != 0
        statement = isBusy ? try db.makeStatement(sql: sql) : cached
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Runs a statement that takes what is bound to it, or nothing.
    func run() throws { try step() }

    /// Runs a statement that takes so many pairs of integers.
    func run(_ rows: some Collection<(Int64, Int64)>) throws {
        var place: Int32 = 1
        for (first, second) in rows {
            bind(first, at: place)
            bind(second, at: place + 1)
            place += 2
        }
        try step()
    }

    /// Runs a statement that takes, after integers that are bound, a hash value and some bytes.
    func run(_ hash: HashValue, _ bytes: [UInt8], at place: Int32) throws {
        try hash.withBytes { hash in
            try bytes.withUnsafeBytes { bytes in
                bind(hash, at: place)
                bind(bytes, at: place + 1)
                // Order: SQLite lets go of both before they end.
                defer { sqlite3_clear_bindings(handle) }
                try step()
            }
        }
    }

    /// Runs a statement that takes some bytes.
    func run(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { bytes in
            bind(bytes, at: 1)
            defer { sqlite3_clear_bindings(handle) }
            try step()
        }
    }

    /// Runs a statement that takes a text.
    func run(_ text: String) throws {
        try withBound(text) { try step() }
    }

    /// The integer that a statement finds by a text, its first value; nil: there is none.
    func number(of text: String) throws -> Int64? {
        try withBound(text) { try number() }
    }

    /// The integer that a statement finds, its first value; nil: there is none.
    func number() throws -> Int64? {
        defer { sqlite3_reset(handle) }
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return sqlite3_column_int64(handle, 0)
        case SQLITE_DONE: return nil
        default: throw failure(code)
        }
    }

    private func withBound<Value>(_ text: String, _ body: () throws -> Value) throws -> Value {
        var text = text
        return try text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                preconditionFailure("a native text has an address")
            }
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                _ = sqlite3_bind_text(handle, 1, $0, Int32(bytes.count), nil)
            }
            // Order: SQLite lets go of the text before it ends.
            defer { sqlite3_clear_bindings(handle) }
            return try body()
        }
    }

    /// One row of a statement, good until the next one is asked for.
    struct LentRow {
        fileprivate let handle: OpaquePointer

        /// nil: the value is not there.
        func integer(at column: Int32) -> Int64? {
            guard sqlite3_column_type(handle, column) != SQLITE_NULL else { return nil }
            return sqlite3_column_int64(handle, column)
        }

        func bytes(at column: Int32) -> UnsafeRawBufferPointer {
            let start = sqlite3_column_blob(handle, column)
            return UnsafeRawBufferPointer(
                start: start, count: Int(sqlite3_column_bytes(handle, column)))
        }
    }

    /// Hands over the rows, an integer and some bytes each, that a statement finds between two
    /// integers, until the body says that it wants no more.
    func forEachRow(
        _ first: Int64, _ last: Int64, _ body: (Int64, UnsafeRawBufferPointer) throws -> Bool
    ) throws {
        bind(first, at: 1)
        bind(last, at: 2)
        try forEachRow { row in try body(sqlite3_column_int64(handle, 0), row.bytes(at: 1)) }
    }

    /// Hands over the rows that a statement finds, two integers each.
    func forEachPair(_ body: (Int64, Int64) throws -> Void) throws {
        try forEachRow { _ in
            try body(sqlite3_column_int64(handle, 0), sqlite3_column_int64(handle, 1))
            return true
        }
    }

    /// Hands over the rows that a statement finds, until the body says that it wants no more.
    func forEachRow(_ body: (LentRow) throws -> Bool) throws {
        defer { sqlite3_reset(handle) }
        while true {
            let code = sqlite3_step(handle)
            if code == SQLITE_DONE { return }
            guard code == SQLITE_ROW else { throw failure(code) }
            guard try body(LentRow(handle: handle)) else { return }
        }
    }

    /// Binds a text, of which SQLite makes a copy.
    func bind(_ text: String?, at place: Int32) {
        guard var text else {
            sqlite3_bind_null(handle, place)
            return
        }
        text.withUTF8 { bytes in
            guard let start = bytes.baseAddress else {
                preconditionFailure("a native text has an address")
            }
            start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                _ = sqlite3_bind_text(
                    handle, place, $0, Int32(bytes.count), BulkStatement.copying)
            }
        }
    }

    /// What tells SQLite to copy: SQLITE_TRANSIENT, which is a macro.
    private static let copying = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    func bind(_ value: Int64?, at place: Int32) {
        if let value {
            sqlite3_bind_int64(handle, place, value)
        } else {
            sqlite3_bind_null(handle, place)
        }
    }

    private func bind(_ bytes: UnsafeRawBufferPointer, at place: Int32) {
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            sqlite3_bind_zeroblob(handle, place, 0)
            return
        }
        // No destructor: the bytes stay where they are until the statement has run.
        sqlite3_bind_blob(handle, place, start, Int32(bytes.count), nil)
    }

    private func step() throws {
        let code = sqlite3_step(handle)
        defer { sqlite3_reset(handle) }
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
    }
}
