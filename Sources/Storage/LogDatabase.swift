internal import Encoding
internal import Foundation
internal import GRDB

/// The logs that a node keeps: its own and its copies of others, in one file of SQLite.
///
/// Every change is one transaction that is on disk when the call returns (WAL,
/// `synchronous = FULL`). Nothing is verified here but what keeps a log one log: sizes, roots
/// against the stored entries, compare-and-swap. Calls block; `perform(_:)` moves one off the
/// caller's thread.
public final class LogDatabase: Sendable {
    public let path: String
    private let connections: any DatabaseWriter
    /// Whether it was opened for reading alone.
    let isForQuestions: Bool
    let lifeMarkFile: LifeMarkFile

    /// The name of the file in a node's folder.
    public static let fileName = "log.sqlite"

    /// Opens the database at a path, or creates it.
    ///
    /// - Throws: for a database of another program or of a newer Concord, which stay
    ///   untouched, and for a file that cannot be opened durably.
    public init(opening path: String) throws(StorageError) {
        self.path = path
        isForQuestions = false
        lifeMarkFile = LogDatabase.lifeMarkFile(beside: path)
        do {
            try LogDatabase.inspect(path)
            let pool = try DatabasePool(path: path, configuration: LogDatabase.configuration)
            connections = pool
            try pool.writeWithoutTransaction { db in
                // After opening: GRDB sets `synchronous = NORMAL` when it turns on WAL.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // 16 MB: from then on a commit overwrites, which a disk syncs sooner than growth.
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4000")
                try db.execute(sql: "PRAGMA cache_size = -32768")
                try LogDatabase.check("synchronous", is: "2", in: db, at: path)
                try LogDatabase.check("journal_mode", is: "wal", in: db, at: path)
            }
            try pool.write { db in
                let version = try Schema.found(in: db, at: path)
                if version < Schema.version { try Schema.create(in: db, from: version) }
                // Derived: made where an earlier version left it out.
                try db.execute(sql: StandingTable.sql)
                try db.execute(sql: LogDatabase.requestTable)
                try db.execute(sql: UsageTable.sql)
                try db.execute(sql: ScrubTable.sql)
                // Added beside: what an earlier version left out is empty.
                try db.execute(sql: FaultTable.sql)
                try db.execute(sql: SuccessionTable.sql)
                try db.execute(sql: ForkTable.sql)
                try db.execute(sql: MirrorTable.sql)
            }
        } catch {
            throw StorageError(error, path: path, task: "open the database")
        }
    }

    /// Opens `log.sqlite` in a folder for questions alone: one connection, which changes nothing
    /// but what is derived (`keep(_:)`).
    ///
    /// A file of an earlier version, or one that lacks a table, is opened as `init(inFolder:)`
    /// opens it, which brings it up to date.
    public static func reading(inFolder folder: String) throws(StorageError) -> LogDatabase {
        let path = folder + "/" + fileName
        guard let database = try LogDatabase(reading: path) else {
            return try LogDatabase(opening: path)
        }
        return database
    }

    /// - Returns: nil if the file is not there or has to be brought up to date first.
    private init?(reading path: String) throws(StorageError) {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        self.path = path
        isForQuestions = true
        lifeMarkFile = LogDatabase.lifeMarkFile(beside: path)
        var configuration = LogDatabase.configuration
        configuration.readonly = true
        do {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            connections = queue
            let isCurrent = try queue.read { db in
                try Schema.found(in: db, at: path) == Schema.version
                    && LogDatabase.addedTables.allSatisfy { try db.tableExists($0) }
            }
            guard isCurrent else {
                try queue.close()
                return nil
            }
        } catch let error as DatabaseError
            where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode)
        {
            // A writer that was killed left something to be cleared up.
            return nil
        } catch {
            throw StorageError(error, path: path, task: "open the database")
        }
    }

    /// The tables that a file of the newest version may still lack.
    private static let addedTables = [
        "standing", "challenge_request", "log_usage", "scrub", "fault", "succession", "mirror",
    ]

    private static func lifeMarkFile(beside path: String) -> LifeMarkFile {
        LifeMarkFile(
            path: FolderPath(of: path).text + "/" + LifeMarkFile.name, database: path)
    }

    /// Opens `log.sqlite` in a folder, which must exist.
    public convenience init(inFolder folder: String) throws(StorageError) {
        try self.init(opening: folder + "/" + LogDatabase.fileName)
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 4
        configuration.label = "Concord log"
        return configuration
    }

    /// Looks into an existing file without changing it, WAL mode included.
    private static func inspect(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        _ = try queue.read { try Schema.found(in: $0, at: path) }
        try queue.close()
    }

    private static func check(
        _ setting: String, is expected: String, in db: Database, at path: String
    ) throws {
        let found = try String.fetchOne(db, sql: "PRAGMA \(setting)") ?? "nothing"
        guard found == expected else {
            throw StorageError.notDurable(
                path: path, setting: setting, expected: expected, found: found)
        }
    }

    /// Reads one state of the database: everything inside sees the same logs at the same sizes.
    ///
    /// - Precondition: the body calls the snapshot only, never this database.
    public func read<Value>(
        _ body: (LogSnapshot) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        do {
            // Not GRDB's own transaction, whose statements are prepared anew for every look.
            return try connections.unsafeRead { db in
                try BulkStatement("BEGIN DEFERRED TRANSACTION", db).run()
                defer { LogDatabase.endReading(db) }
                return try body(LogSnapshot(db: db))
            }
        } catch {
            throw StorageError(error, path: path, task: "read")
        }
    }

    /// The same for a body whose other errors the caller wants back as they are.
    @_disfavoredOverload
    public func read<Value>(_ body: (LogSnapshot) throws -> Value) throws -> Value {
        let result = try read { snapshot throws(StorageError) in
            Result { try body(snapshot) }
        }
        return try result.get()
    }

    /// Ends the transaction of a look; a failure of the look may have ended it already.
    private static func endReading(_ db: Database) {
        do {
            try BulkStatement("COMMIT TRANSACTION", db).run()
        } catch {
            try? BulkStatement("ROLLBACK TRANSACTION", db).run()
        }
    }

    /// Runs the body as one transaction: all of it is on disk afterwards, or nothing.
    func write<Value>(
        to task: String, _ body: (Database) throws -> Value
    ) throws(StorageError) -> Value {
        do {
            return try connections.write(body)
        } catch {
            throw StorageError(error, path: path, task: task)
        }
    }

    /// Runs blocking calls on a thread of their own and waits without holding the caller's.
    public func perform<Value: Sendable>(
        _ body: @escaping @Sendable (LogDatabase) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let result = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    returning: Result { () throws(StorageError) -> Value in try body(self) })
            }
        }
        return try result.get()
    }

    /// Closes all connections; later calls throw.
    public func close() throws(StorageError) {
        do { try connections.close() } catch {
            throw StorageError(error, path: path, task: "close the database")
        }
    }
}

extension StorageError {
    init(_ error: any Error, path: String, task: String) {
        if let error = error as? StorageError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self = .cannotOpen(path: path, reason: "\(type(of: error))")
            return
        }
        // GRDB's message never bears an argument of the statement.
        let reason = error.message ?? "no message"
        self =
            switch error.resultCode {
            case .SQLITE_FULL: .diskFull(path: path, task: task)
            case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(path: path, task: task)
            case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(path: path, reason: reason)
            case .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY:
                .cannotOpen(path: path, reason: reason)
            default:
                .refused(
                    path: path, task: task, code: Int(error.extendedResultCode.rawValue),
                    reason: reason)
            }
    }
}
