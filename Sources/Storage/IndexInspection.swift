internal import Cryptography
internal import Foundation
internal import GRDB

/// What the tables by which entries are found say otherwise than the entries themselves.
public enum IndexDamage: Hashable, Sendable {
    /// An entry is not found by its identity, its kind or a subject.
    case lost(UInt64)
    /// So many rows of a table name entries that say nothing of the kind.
    case strange(table: String, rows: Int)
}

extension LogSnapshot {
    /// The first entry that the tables do not find by what it says, or the first table with rows
    /// that no entry stands for; nil if all is as the entries say.
    ///
    /// Entries are read and parsed once, in their order, on every core.
    ///
    /// - Parameters:
    ///   - log: as it was when the tally was made; what came later is not looked at.
    ///   - tally: what the tables hold of the log (`indexTallies(of:)`).
    public func indexDamage(
        _ log: LogRecord, tally: IndexTally, reading: @escaping @Sendable ([UInt8]) -> NewEntry
    ) throws(StorageError) -> IndexDamage? {
        guard log.size > 0 else { return nil }
        let (first, last) = log.positions(0..<log.size)
        return try attempt("compare the indexes") {
            let kinds = try Row.fetchAll(db, sql: "SELECT name, id FROM term WHERE facet = 'kind'")
            let reader = DescriptionReader(
                kinds: Dictionary(kinds.map { ($0[0], $0[1]) }) { first, _ in first },
                reading: reading)
            let statement = try BulkStatement(
                """
                SELECT position, kind, identity, bytes FROM entry
                WHERE position BETWEEN ? AND ? ORDER BY position
                """, db)
            statement.bind(first, at: 1)
            statement.bind(last, at: 2)
            var rows: [DescribedRow] = []
            var byteCount = 0
            try statement.forEachRow { row in
                rows.append(
                    DescribedRow(
                        position: row.integer(at: 0) ?? -1, kind: row.integer(at: 1),
                        identity: Array(row.bytes(at: 2)), bytes: Array(row.bytes(at: 3))))
                byteCount += row.bytes(at: 3).count
                // So many are in memory at most.
                guard rows.count == 4_096 || byteCount > 8 << 20 else { return true }
                reader.add(rows)
                rows.removeAll(keepingCapacity: true)
                byteCount = 0
                return reader.isSound
            }
            reader.add(rows)
            guard reader.isSound, reader.tally == tally else {
                return try firstDamage(of: log, reading)
            }
            return nil
        }
    }

    /// The first table by which entries are found whose rows SQLite itself does not find where they
    /// have to be, with what it says; nil if all are in order.
    ///
    /// Beside `indexDamage`, which reads the tables from end to end: rows in a wrong order are all
    /// there, and a question does not find them.
    public func disorderedIndex() throws(StorageError) -> (table: String, reason: String)? {
        try attempt("look through the order of the indexes") {
            for table in ["identity", "posting", "mention", "term", "topic"] {
                let reason = try String.fetchOne(db, sql: "PRAGMA integrity_check(\(table))")
                if let reason, reason != "ok" { return (table, reason) }
            }
            return nil
        }
    }

    /// Which entry it is, or which table: each row is looked for where it has to be.
    private func firstDamage(
        of log: LogRecord, _ reading: (_ bytes: [UInt8]) -> NewEntry
    ) throws -> IndexDamage? {
        let (first, last) = log.positions(0..<log.size)
        var terms = TermLookup(db: db)
        var rows = ["identity": 0, "posting": 0, "mention": 0]
        let entries = try Row.fetchCursor(
            db,
            sql: """
                SELECT position, kind, identity, bytes FROM entry
                WHERE position BETWEEN ? AND ? ORDER BY position
                """, arguments: [first, last])
        while let row = try entries.next() {
            let position: Int64 = row[0]
            let entry = reading(try row.bytes(at: 3))
            let kind = try entry.kind.map { try terms.kind($0) ?? -1 }
            let mentions = Set(entry.kind == nil ? [] : entry.subjects)
            let isFound =
                try row[1] as Int64? == kind && row[2] as Data == entry.identity.data
                && terms.has("identity", "prefix", entry.identity.prefix, position)
                && kind.map { try terms.has("posting", "term", $0, position) } ?? true
                && mentions.allSatisfy { try terms.mentions($0, kind: kind ?? -1, position) }
            guard isFound else { return .lost(LogRecord.index(of: position)) }
            rows["identity", default: 0] += 1
            rows["posting", default: 0] += kind == nil ? 0 : 1
            rows["mention", default: 0] += mentions.count
        }
        for (table, expected) in rows.sorted(by: { $0.key < $1.key }) {
            let found =
                try Int.fetchOne(
                    db, sql: "SELECT COUNT(*) FROM \(table) WHERE position BETWEEN ? AND ?",
                    arguments: [first, last]) ?? 0
            if found != expected { return .strange(table: table, rows: found - expected) }
        }
        return nil
    }
}

/// The numbers of kinds, subjects and topics as they are stored, and what bears them.
private struct TermLookup {
    let db: Database
    private var kinds: [String: Int64] = [:]

    init(db: Database) { self.db = db }

    mutating func kind(_ name: String) throws -> Int64? {
        if let id = kinds[name] { return id }
        let statement = try db.cachedStatement(
            sql: "SELECT id FROM term WHERE facet = 'kind' AND name = ?")
        let id = try Int64.fetchOne(statement, arguments: [name])
        kinds[name] = id
        return id
    }

    func has(_ table: String, _ column: String, _ value: Int64, _ position: Int64) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM \(table) WHERE \(column) = ? AND position = ?)")
        return try Bool.fetchOne(statement, arguments: [value, position]) ?? false
    }

    func mentions(_ subject: String, kind: Int64, _ position: Int64) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT EXISTS (SELECT 1 FROM term
                JOIN topic ON topic.subject = term.id AND topic.kind = ?
                JOIN mention ON mention.topic = topic.id AND mention.position = ?
                WHERE term.facet = 'subject' AND term.name = ?)
                """)
        return try Bool.fetchOne(statement, arguments: [kind, position, subject]) ?? false
    }
}

extension LogDatabase {
    /// Writes everything by which the entries of a log are found anew, from the entries.
    public func rebuildIndexes(
        _ origin: String, reading: (_ bytes: [UInt8]) -> NewEntry
    ) throws(StorageError) {
        try write(to: "make indexes anew") { db in
            let snapshot = LogSnapshot(db: db)
            let log = try snapshot.known(origin)
            guard log.size > 0 else { return }
            let (first, last) = log.positions(0..<log.size)
            for table in ["identity", "posting", "mention"] {
                try db.execute(
                    sql: "DELETE FROM \(table) WHERE position BETWEEN ? AND ?",
                    arguments: [first, last])
            }
            let writer = EntryWriter(db: db, log: log)
            // A stretch at a time: a long log is never in memory.
            for start in stride(from: 0, to: log.size, by: 1_024) {
                let end = min(log.size, start + 1_024)
                let entries = try snapshot.entries(origin, start..<end).map { reading($0.bytes) }
                try writer.describe(entries, from: start)
            }
        }
    }
}
