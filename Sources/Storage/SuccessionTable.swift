public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// A log that goes on as another: its first entries, and the key that opened the new one.
///
/// `Protocol/log.md § Successors`.
public struct SuccessionRecord: Hashable, Sendable {
    public let predecessor: String
    public let origin: String
    /// The number of entries that both begin with.
    public let size: UInt64
    /// The key of the new log's first checkpoints.
    public let firstLogKey: NoteKey

    public init(predecessor: String, origin: String, size: UInt64, firstLogKey: NoteKey) {
        self.predecessor = predecessor
        self.origin = origin
        self.size = size
        self.firstLogKey = firstLogKey
    }
}

/// Which log follows which, as it was adopted here or begun by this node.
enum SuccessionTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS succession (
            origin TEXT PRIMARY KEY NOT NULL CHECK (length(origin) > 0),
            predecessor TEXT NOT NULL UNIQUE CHECK (predecessor <> origin),
            size INTEGER NOT NULL CHECK (size > 0),
            first_key TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
}

extension LogDatabase {
    /// Begins a copy of the new log with the entries that are here of the old one.
    ///
    /// The caller has judged the succession. One transaction; nothing of the old log changes.
    ///
    /// - Throws: `rootConflict` if the old log here is shorter.
    public func adopt(_ succession: SuccessionRecord) throws(StorageError) {
        try write(to: "adopt a successor") { db in
            try insert(succession, isOwn: false, db)
        }
    }

    /// Makes the node's own log the predecessor of a new one, which is its own from now on.
    ///
    /// The caller has the word of both roots. The own log's life mark begins anew: nothing was
    /// ever signed in the new log's name.
    public func succeed(
        _ succession: SuccessionRecord, incarnation: HashValue
    ) throws(StorageError) {
        try write(to: "begin a successor") { db in
            let old = try LogSnapshot(db: db).known(succession.predecessor)
            guard old.isOwn else {
                throw StorageError.ownership(origin: old.origin, isOwn: false)
            }
            try db.run("UPDATE log SET is_own = 0 WHERE id = ?", [old.id])
            try insert(succession, isOwn: true, db)
            // Crash point: a new file beside an old database is another life: sealed.
            try LifeTable(db: db, file: lifeMarkFile).restartLog(incarnation)
        }
    }

    private func insert(
        _ succession: SuccessionRecord, isOwn: Bool, _ db: Database
    ) throws {
        let snapshot = LogSnapshot(db: db)
        let old = try snapshot.known(succession.predecessor)
        guard succession.size <= old.size else {
            throw StorageError.beyondTree(
                origin: old.origin, size: succession.size, found: old.size)
        }
        try db.run(
            "INSERT INTO log (origin, origin_hash, is_own) VALUES (?, ?, ?)",
            [
                succession.origin, HashValue(of: succession.origin.utf8).data, isOwn,
            ])
        for role in SigningMemory.Role.allCases where !isOwn {
            try SigningMemory(db: db, role: role).begin(succession.origin)
        }
        try db.run(
            """
            INSERT INTO succession (origin, predecessor, size, first_key) VALUES (?, ?, ?, ?)
            """,
            [
                succession.origin, succession.predecessor, Int64(succession.size),
                succession.firstLogKey.description,
            ])
        var start: UInt64 = 0
        while start < succession.size {
            let end = min(start + 4_096, succession.size)
            let entries = try snapshot.newEntries(old, start..<end)
            var growth = LogExtension(extending: try snapshot.edge(succession.origin))
            growth.append(contentsOf: entries)
            try insert(growth, into: snapshot.known(succession.origin), db)
            start = end
        }
        try copyMentions(from: old, to: snapshot.known(succession.origin), succession.size, db)
        guard
            try snapshot.root(succession.origin, size: succession.size)
                == snapshot.root(old.origin, size: succession.size)
        else {
            throw StorageError.rootConflict(origin: succession.origin, size: succession.size)
        }
    }
}

extension LogDatabase {
    /// By what the new log's first entries are found: the same subjects as the old one's. They
    /// are in the order of subjects, and so read once for all entries.
    private func copyMentions(
        from old: LogRecord, to new: LogRecord, _ size: UInt64, _ db: Database
    ) throws {
        let (first, last) = old.positions(0..<size)
        try db.run(
            """
            INSERT INTO mention (topic, position)
            SELECT topic, position - ? + ? FROM mention WHERE position BETWEEN ? AND ?
            """, [first, new.position(0), first, last])
    }
}

extension LogSnapshot {
    /// The log that follows this one; nil if none was adopted.
    public func successor(of origin: String) throws(StorageError) -> SuccessionRecord? {
        try succession("predecessor", origin)
    }

    /// The log that this one follows; nil for a first generation.
    public func predecessor(of origin: String) throws(StorageError) -> SuccessionRecord? {
        try succession("origin", origin)
    }

    private func succession(
        _ column: String, _ value: String
    ) throws(StorageError) -> SuccessionRecord? {
        try attempt("read a succession") {
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT predecessor, origin, size, first_key FROM succession
                        WHERE \(column) = ?
                        """), arguments: [value])
            guard let row else { return nil }
            do {
                return SuccessionRecord(
                    predecessor: row[0], origin: row[1], size: UInt64(row[2] as Int64),
                    firstLogKey: try NoteKey(parsing: row[3]))
            } catch {
                throw StorageError.unreadable(table: "succession", reason: "\(error)")
            }
        }
    }

    /// Entries as they are inserted again in another log, without the subjects that they list:
    /// these are copied at once.
    func newEntries(_ log: LogRecord, _ range: Range<UInt64>) throws -> [NewEntry] {
        try entries(log.origin, range).map { stored in
            let kind = try String.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT name FROM entry JOIN term ON term.id = entry.kind
                        WHERE position = ?
                        """), arguments: [log.position(stored.index)])
            let identity = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT identity FROM entry WHERE position = ?"),
                arguments: [log.position(stored.index)])
            guard let identity else {
                throw StorageError.missingRow(
                    table: "entry", origin: log.origin, at: stored.index)
            }
            return NewEntry(
                bytes: stored.bytes,
                identity: try HashValue(row: identity, at: 0, table: "entry"), kind: kind,
                subjects: [])
        }
    }
}
