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
        let statement = try BulkStatement(
            "INSERT INTO entry (position, kind, identity, bytes) VALUES (?, ?, ?, ?)", db)
        try index(entries, from: start) { entry, kind, position in
            statement.bind(position, at: 1)
            statement.bind(kind, at: 2)
            try statement.run(entry.identity, entry.bytes, at: 3)
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
            let kind = try entry.kind.map { try terms.kind($0) }
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
        try insert(identities, "INSERT INTO identity (prefix, position)")
        postings.sort { $0 < $1 }
        try insert(postings, "INSERT INTO posting (term, position)")
        mentions.sort { $0 < $1 }
        // An entry that lists a subject twice is found once.
        try insert(mentions, "INSERT OR IGNORE INTO mention (topic, position)")
    }

    /// Puts the bytes of one entry back where bit rot changed or took them; what it is found by is
    /// made anew for the whole log.
    func restore(_ entry: NewEntry, at index: UInt64) throws {
        try db.run(
            """
            INSERT INTO entry (position, kind, identity, bytes) VALUES (?, NULL, ?, ?)
            ON CONFLICT (position) DO UPDATE SET bytes = excluded.bytes
            """, [log.position(index), entry.identity.data, Data(entry.bytes)])
    }

    /// Rows that one statement inserts: SQLite opens an index once for them.
    private static let rowsAtOnce = 32

    private func insert(_ rows: [(Int64, Int64)], _ sql: String) throws {
        var rest = rows[...]
        if rows.count >= EntryWriter.rowsAtOnce {
            let values = Array(repeating: "(?, ?)", count: EntryWriter.rowsAtOnce)
            let statement = try BulkStatement(sql + " VALUES " + values.joined(separator: ", "), db)
            while rest.count >= EntryWriter.rowsAtOnce {
                try statement.run(rest.prefix(EntryWriter.rowsAtOnce))
                rest = rest.dropFirst(EntryWriter.rowsAtOnce)
            }
        }
        let statement = try BulkStatement(sql + " VALUES (?, ?)", db)
        while let row = rest.popFirst() { try statement.run(CollectionOfOne(row)) }
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
    private var kinds: [String: Int64] = [:]
    private var topics: [Topic: Int64] = [:]

    init(db: Database) { self.db = db }

    mutating func kind(_ name: String) throws -> Int64 {
        if let id = kinds[name] { return id }
        let id = try term(name, facet: "kind")
        kinds[name] = id
        return id
    }

    mutating func topic(of subject: String, kind: Int64) throws -> Int64 {
        let topic = Topic(subject: subject, kind: kind)
        if let id = topics[topic] { return id }
        let stored = try BulkStatement(
            """
            SELECT topic.id FROM term JOIN topic ON topic.subject = term.id
            WHERE facet = 'subject' AND name = ? AND topic.kind = ?
            """, db)
        stored.bind(kind, at: 2)
        let id = try stored.number(of: subject) ?? add(topic)
        topics[topic] = id
        return id
    }

    private func add(_ topic: Topic) throws -> Int64 {
        let subject = try term(topic.subject, facet: "subject")
        try BulkStatement("INSERT INTO topic (subject, kind) VALUES (?, ?)", db)
            .run(CollectionOfOne((subject, topic.kind)))
        return db.lastInsertedRowID
    }

    private func term(_ name: String, facet: String) throws -> Int64 {
        let stored = try BulkStatement(
            "SELECT id FROM term WHERE name = ? AND facet = '\(facet)'", db)
        if let id = try stored.number(of: name) { return id }
        try BulkStatement("INSERT INTO term (facet, name) VALUES ('\(facet)', ?)", db).run(name)
        return db.lastInsertedRowID
    }
}
