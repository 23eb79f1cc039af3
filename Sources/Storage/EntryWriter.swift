internal import Foundation
internal import GRDB

/// Writes a run of entries and what they are found by.
///
/// Index rows go in sorted: neighbours share pages, so that a large run touches each page
/// of an index once.
struct EntryWriter {
    let db: Database
    let log: LogRecord

    func insert(_ entries: [NewEntry], from start: UInt64) throws {
        let statement = try db.cachedStatement(
            sql: "INSERT INTO entry (position, kind, identity, bytes) VALUES (?, ?, ?, ?)")
        var terms = TermTable(db: db)
        var postings: [(term: Int64, position: Int64)] = []
        var identities: [(prefix: Int64, position: Int64)] = []
        identities.reserveCapacity(entries.count)
        postings.reserveCapacity(entries.count * 3)
        var position = log.position(start)
        for entry in entries {
            let kind = try entry.kind.map { try terms.id(of: $0, facet: "kind") }
            let identity = entry.identity
            statement.setUncheckedArguments([
                position, kind, identity.data, Data(entry.bytes),
            ])
            try statement.execute()
            identities.append((identity.prefix, position))
            if let kind { postings.append((kind, position)) }
            for subject in entry.subjects {
                postings.append((try terms.id(of: subject, facet: "subject"), position))
            }
            position += 1
        }
        identities.sort { $0 < $1 }
        try insert(identities, sql: "INSERT INTO identity (prefix, position) VALUES (?, ?)")
        postings.sort { $0 < $1 }
        // An entry that lists a subject twice is found once.
        try insert(postings, sql: "INSERT OR IGNORE INTO posting (term, position) VALUES (?, ?)")
    }

    private func insert(_ rows: [(Int64, Int64)], sql: String) throws {
        let statement = try db.cachedStatement(sql: sql)
        for (first, second) in rows {
            statement.setUncheckedArguments([first, second])
            try statement.execute()
        }
    }
}

/// The numbers of kinds and subjects, looked up once a transaction.
private struct TermTable {
    let db: Database
    private var known: [String: [String: Int64]] = [:]

    init(db: Database) { self.db = db }

    mutating func id(of name: String, facet: String) throws -> Int64 {
        if let id = known[facet]?[name] { return id }
        let select = try db.cachedStatement(
            sql: "SELECT id FROM term WHERE facet = ? AND name = ?")
        let id: Int64
        if let found = try Int64.fetchOne(select, arguments: [facet, name]) {
            id = found
        } else {
            try db.cachedStatement(sql: "INSERT INTO term (facet, name) VALUES (?, ?)")
                .execute(arguments: [facet, name])
            id = db.lastInsertedRowID
        }
        known[facet, default: [:]][name] = id
        return id
    }
}
