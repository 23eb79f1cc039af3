internal import Credentials
internal import Foundation
internal import GRDB

/// One SQLite file of this target: recognised before it is changed, durable when it says so, and
/// its owner's alone to read (mode 0600).
struct DatabaseFile: Sendable {
    let path: String
    let isNew: Bool
    private let queue: DatabaseQueue

    /// Opens a file, or makes an empty one.
    ///
    /// A file of another program or of a newer version is refused and not touched.
    init(opening path: String, applicationID: Int, version: Int) throws(RecordsError) {
        self.path = path
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        do {
            // Order: the mode before the first byte; SQLite gives its log the mode of the file.
            let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
            if descriptor >= 0 { close(descriptor) }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            let (id, found, tables) = try queue.read { db in
                (
                    try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0,
                    try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0,
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
                )
            }
            isNew = id == 0 && found == 0 && tables == 0
            guard isNew || id == applicationID else { throw RecordsError.notRecords(file: path) }
            guard found <= version else {
                throw RecordsError.newerVersion(file: path, found: found, known: version)
            }
            DatabaseFile.closeToOthers(path)
            try queue.writeWithoutTransaction { db in
                _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // An import writes many pages more than once: they are copied back less often.
                _ = try Int.fetchOne(db, sql: "PRAGMA wal_autocheckpoint = 20000")
                // What is deleted is overwritten.
                _ = try Int.fetchOne(db, sql: "PRAGMA secure_delete = ON")
            }
        } catch { throw DatabaseFile.typed(error, path) }
    }

    /// Takes a file that an earlier version left open to others away from them, and what SQLite
    /// keeps beside it.
    private static func closeToOthers(_ path: String) {
        for file in [path, path + "-wal", path + "-shm"] { chmod(file, 0o600) }
    }

    /// Brings a file of the version before up to this one, in one transaction.
    func upgrade(to version: Int, _ sql: String) throws(RecordsError) {
        try write { db in
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            guard found == version - 1 else { return }
            try db.execute(sql: sql)
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
    }

    /// Lays out a new file in one transaction.
    func create(
        schema: String, applicationID: Int, version: Int, _ fill: (Database) throws -> Void
    ) throws(RecordsError) {
        try write { db in
            try db.execute(sql: schema)
            try fill(db)
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
        }
    }

    func read<Value>(_ body: (Database) throws -> Value) throws(RecordsError) -> Value {
        do { return try queue.read(body) } catch { throw DatabaseFile.typed(error, path) }
    }

    /// One transaction: all of it is on disk afterwards, or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws(RecordsError) -> Value {
        do {
            return try queue.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction(.immediate) {
                    value = try body(db)
                    return .commit
                }
                guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
                return value
            }
        } catch { throw DatabaseFile.typed(error, path) }
    }

    /// Writes one state of the file to a new one, which is its owner's alone.
    func copy(to target: String) throws(RecordsError) {
        do {
            try queue.inDatabase { try $0.execute(sql: "VACUUM INTO ?", arguments: [target]) }
            DatabaseFile.closeToOthers(target)
        } catch { throw DatabaseFile.typed(error, path) }
    }

    /// Moves everything out of the write-ahead log and empties it, so that nothing that was
    /// overwritten is left there.
    func truncateLog() throws(RecordsError) {
        do {
            try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
            throw .walNotTruncated(file: path)
        } catch { throw DatabaseFile.typed(error, path) }
    }

    private static func typed(_ error: any Error, _ path: String) -> RecordsError {
        switch error {
        case let error as RecordsError: error
        case let error as CredentialError: .statusRefused(error)
        case let error as DatabaseError where error.resultCode == .SQLITE_NOTADB:
            .notRecords(file: path)
        case let error as DatabaseError:
            .database(file: path, code: Int(error.extendedResultCode.rawValue))
        default: .database(file: path, code: Int(ResultCode.SQLITE_ERROR.rawValue))
        }
    }
}
