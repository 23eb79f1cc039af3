internal import GRDB

/// Rows of the tables by which entries are found, as numbers that any order of them leads to.
///
/// Two sets of rows with the same tally are the same set, but for a chance of one in 2^64: each
/// row goes in through a hash whose key only this process knows.
public struct IndexTally: Hashable, Sendable {
    /// The rows of one table.
    struct Rows: Hashable, Sendable {
        var count = 0
        private var sum: UInt64 = 0

        mutating func add(_ hash: Int) {
            count += 1
            sum &+= UInt64(bitPattern: Int64(hash))
        }

        mutating func add(_ other: Rows) {
            count += other.count
            sum &+= other.sum
        }
    }

    /// No rows at all.
    public init() {}

    var identity = Rows()
    var posting = Rows()
    var mention = Rows()

    mutating func addIdentity(_ prefix: Int64, _ position: Int64) {
        var hasher = Hasher()
        hasher.combine(prefix)
        hasher.combine(position)
        identity.add(hasher.finalize())
    }

    mutating func addPosting(_ kind: Int64, _ position: Int64) {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(position)
        posting.add(hasher.finalize())
    }

    /// - Parameter topic: `topic(_:kind:)` of the subject as entries of that kind list it.
    mutating func addMention(_ topic: Int, _ position: Int64) {
        var hasher = Hasher()
        hasher.combine(topic)
        hasher.combine(position)
        mention.add(hasher.finalize())
    }

    static func topic(_ subject: String, kind: Int64) -> Int {
        var hasher = Hasher()
        hasher.combine(kind)
        hasher.combine(subject)
        return hasher.finalize()
    }

    mutating func add(_ other: IndexTally) {
        identity.add(other.identity)
        posting.add(other.posting)
        mention.add(other.mention)
    }
}

extension LogSnapshot {
    /// What the tables hold of each of these logs, up to the size in its record: one reading of
    /// the tables for all of them.
    public func indexTallies(
        of logs: [LogRecord]
    ) throws(StorageError) -> [LogRecord: IndexTally] {
        var tallies = TallyBook(logs)
        try attempt("read the indexes") {
            try BulkStatement("SELECT prefix, position FROM identity", db).forEachPair {
                prefix, position in
                tallies.change(at: position) { $0.addIdentity(prefix, position) }
            }
            try BulkStatement("SELECT term, position FROM posting", db).forEachPair {
                kind, position in
                tallies.change(at: position) { $0.addPosting(kind, position) }
            }
            let names = try db.makeStatement(
                sql: """
                    SELECT topic.kind, term.name FROM topic
                    JOIN term ON term.id = topic.subject AND term.facet = 'subject'
                    WHERE topic.id = ?
                    """)
            var (known, hash): (Int64?, Int?) = (nil, nil)
            // Order: the rows of one topic lie together, so that its name is read once.
            try BulkStatement("SELECT topic, position FROM mention ORDER BY topic", db)
                .forEachPair { topic, position in
                    if topic != known {
                        known = topic
                        hash = try Row.fetchOne(names, arguments: [topic]).map {
                            IndexTally.topic($0[1], kind: $0[0])
                        }
                    }
                    // A row without a topic is one that no entry stands for.
                    tallies.change(at: position) { $0.addMention(hash ?? -1, position) }
                }
        }
        return tallies.finished()
    }
}

/// The tallies of several logs; rows of others do not count.
private struct TallyBook {
    private let logs: [Int64: LogRecord]
    private var tallies: [Int64: IndexTally]
    /// The log of the last row and what it has so far; rows of one log lie together, mostly.
    private var current = (id: Int64(0), size: UInt64(0), tally: IndexTally())

    init(_ logs: [LogRecord]) {
        self.logs = Dictionary(uniqueKeysWithValues: logs.map { ($0.id, $0) })
        tallies = self.logs.mapValues { _ in IndexTally() }
    }

    mutating func change(at position: Int64, _ body: (inout IndexTally) -> Void) {
        let id = LogRecord.log(of: position)
        if current.id != id {
            settle()
            current = (id, logs[id]?.size ?? 0, tallies[id] ?? IndexTally())
        }
        if LogRecord.index(of: position) < current.size { body(&current.tally) }
    }

    private mutating func settle() {
        if logs[current.id] != nil { tallies[current.id] = current.tally }
    }

    /// - Postcondition: nothing is added afterwards.
    mutating func finished() -> [LogRecord: IndexTally] {
        settle()
        return Dictionary(
            uniqueKeysWithValues: logs.values.map { ($0, tallies[$0.id] ?? IndexTally()) })
    }
}
