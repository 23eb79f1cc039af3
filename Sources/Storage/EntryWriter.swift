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
        try index(entries, from: start) { entry, kind, position in
            statement.setUncheckedArguments([
                position, kind, entry.identity.data, Data(entry.bytes),
            ])
            try statement.execute()
        }
    }

    /// Writes what entries that are here are found by.
    ///
    /// - Precondition: no index names them.
    func describe(_ entries: [NewEntry], from start: UInt64) throws {
        let statement = try db.cachedStatement(
            sql: "UPDATE entry SET kind = ?, identity = ? WHERE position = ?")
        try index(entries, from: start) { entry, kind, position in
            statement.setUncheckedArguments([kind, entry.identity.data, position])
            try statement.execute()
        }
    }

    private func index(
        _ entries: [NewEntry], from start: UInt64,
        _ write: (NewEntry, _ kind: Int64?, _ position: Int64) throws -> Void
    ) throws {
        var terms = TermTable(db: db)
        var postings: [(term: Int64, position: Int64)] = []
        var mentions: [(topic: Int64, position: Int64)] = []
        var identities: [(prefix: Int64, position: Int64)] = []
        identities.reserveCapacity(entries.count)
        postings.reserveCapacity(entries.count)
        mentions.reserveCapacity(entries.count * 2)
        var position = log.position(start)
        for entry in entries {
            let kind = try entry.kind.map { try terms.id(of: $0, facet: "kind") }
            try write(entry, kind, position)
            identities.append((entry.identity.prefix, position))
            if let kind {
                postings.append((kind, position))
                for subject in entry.subjects {
                    mentions.append((try terms.topic(of: subject, kind: kind), position))
                }
            }
            position += 1
        }
        identities.sort { $0 < $1 }
        try insert(identities, sql: "INSERT INTO identity (prefix, position) VALUES (?, ?)")
        postings.sort { $0 < $1 }
        try insert(postings, sql: "INSERT INTO posting (term, position) VALUES (?, ?)")
        mentions.sort { $0 < $1 }
        // An entry that lists a subject twice is found once.
        try insert(mentions, sql: "INSERT OR IGNORE INTO mention (topic, position) VALUES (?, ?)")
    }

    /// Puts the bytes of one entry back where bit rot changed or took them; what it is found by is
    /// made anew for the whole log.
    func restore(_ entry: NewEntry, at index: UInt64) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO entry (position, kind, identity, bytes) VALUES (?, NULL, ?, ?)
                ON CONFLICT (position) DO UPDATE SET bytes = excluded.bytes
                """
        ).execute(arguments: [log.position(index), entry.identity.data, Data(entry.bytes)])
    }

    private func insert(_ rows: [(Int64, Int64)], sql: String) throws {
        let statement = try db.cachedStatement(sql: sql)
        for (first, second) in rows {
            statement.setUncheckedArguments([first, second])
            try statement.execute()
        }
    }
}

/// The numbers of kinds, subjects and topics, looked up once a transaction.
private struct TermTable {
    /// A subject, as entries of one kind list it.
    private struct Topic: Hashable {
        let subject: String
        let kind: Int64
    }

    let db: Database
    private var known: [String: [String: Int64]] = [:]
    private var topics: [Topic: Int64] = [:]

    init(db: Database) { self.db = db }

    mutating func id(of name: String, facet: String) throws -> Int64 {
        if let id = known[facet]?[name] { return id }
        let id = try number(
            "SELECT id FROM term WHERE facet = ? AND name = ?",
            orAdding: "INSERT INTO term (facet, name) VALUES (?, ?)", [facet, name])
        known[facet, default: [:]][name] = id
        return id
    }

    mutating func topic(of subject: String, kind: Int64) throws -> Int64 {
        let topic = Topic(subject: subject, kind: kind)
        if let id = topics[topic] { return id }
        let id = try number(
            "SELECT id FROM topic WHERE subject = ? AND kind = ?",
            orAdding: "INSERT INTO topic (subject, kind) VALUES (?, ?)",
            [try self.id(of: subject, facet: "subject"), kind])
        topics[topic] = id
        return id
    }

    private func number(
        _ select: String, orAdding insert: String, _ names: StatementArguments
    ) throws -> Int64 {
        if let id = try Int64.fetchOne(db.cachedStatement(sql: select), arguments: names) {
            return id
        }
        try db.cachedStatement(sql: insert).execute(arguments: names)
        return db.lastInsertedRowID
    }
}
