public import Encoding
internal import Foundation
internal import GRDB

/// What became of an entry, as a fold of its log last found it.
///
/// Derived, and kept so that a question need not fold a whole log: nothing is believed because
/// of it that a fold would not find, as long as no later act of the log could change it.
public struct StandingRecord: Hashable, Sendable {
    public enum Outcome: Int64, Hashable, Sendable {
        case void, advice, effective
    }

    public struct End: Hashable, Sendable {
        public let index: UInt64
        public let stated: CalendarDate?
        public let effective: CalendarDate
        public let isAnnulment: Bool

        public init(
            index: UInt64, stated: CalendarDate?, effective: CalendarDate, isAnnulment: Bool
        ) {
            self.index = index
            self.stated = stated
            self.effective = effective
            self.isAnnulment = isAnnulment
        }
    }

    public let index: UInt64
    public let outcome: Outcome
    public let loggedTime: Timestamp
    public let end: End?

    public init(index: UInt64, outcome: Outcome, loggedTime: Timestamp, end: End?) {
        self.index = index
        self.outcome = outcome
        self.loggedTime = loggedTime
        self.end = end
    }
}

/// An entry with what became of it; nil: no fold has looked since an act that could change it.
public struct FoldedEntry: Hashable, Sendable {
    /// Its place among all entries of all logs here.
    public let position: Int64
    public let index: UInt64
    public let bytes: [UInt8]
    public let standing: StandingRecord?
}

/// The table of what became of entries. It can be emptied at any time.
enum StandingTable {
    /// The rules by which a fold finds it: what a fold by other rules found does not count. Above
    /// every index, as a part of the mark.
    static let rules: Int64 = 1 << Int64(Schema.indexBits + 1)

    static let sql = """
        CREATE TABLE IF NOT EXISTS standing (
            position INTEGER PRIMARY KEY,
            -- the newest act of the log that could change others when this was found
            mark INTEGER NOT NULL,
            outcome INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 2),
            logged INTEGER NOT NULL,
            end_index INTEGER,
            end_stated INTEGER,
            end_day INTEGER,
            annulled INTEGER CHECK (annulled IN (0, 1))
        ) STRICT
        """

    /// Finds the position of the newest act between two that can change what others are: a
    /// withdrawal or a status event; -1: there is none.
    private static let newestChange = """
        SELECT max(\(newest("withdrawal")), \(newest("status-event")))
        """

    /// The mark of a fold that knew the newest change between two positions, by these rules.
    static func mark(_ first: Int64, _ last: Int64, _ db: Database) throws -> Int64 {
        let statement = try BulkStatement(newestChange, db)
        statement.bind(first, at: 1)
        statement.bind(last, at: 2)
        let newest = try statement.number() ?? -1
        return rules | (newest < 0 ? 0 : Int64(LogRecord.index(of: newest)) + 1)
    }

    /// What selects entries with what became of them.
    static let selection = EntryQuery.Texts(
        """
        found.position, bytes, mark, outcome, logged, end_index, end_stated, end_day, annulled
        """,
        joined: """
            CROSS JOIN entry ON entry.position = found.position
            LEFT JOIN standing ON standing.position = found.position
            """)

    private static func newest(_ kind: String) -> String {
        """
        ifnull((SELECT max(position) FROM posting
        WHERE term = (SELECT id FROM term WHERE facet = 'kind' AND name = '\(kind)')
        AND position BETWEEN ?1 AND ?2), -1)
        """
    }
}

extension LogSnapshot {
    /// What a fold knows of the acts that can change what others are, withdrawals and status
    /// events: as long as it is the same, so is what the fold finds.
    public func mark(_ origin: String, below size: UInt64) throws(StorageError) -> Int64 {
        let log = try known(origin)
        let (first, last) = log.positions(0..<min(size, log.size))
        return try attempt("read a mark") { try StandingTable.mark(first, last, db) }
    }

    /// The selected entries below a size with what became of them, in the order of the log.
    public func foldedEntries(
        _ log: LogRecord, selecting selection: EntrySelection, below size: UInt64
    ) throws(StorageError) -> [FoldedEntry] {
        let (first, last) = log.positions(0..<min(size, log.size))
        return try attempt("select entries") {
            var found: [FoldedEntry] = []
            let mark = try StandingTable.mark(first, last, db)
            for query in selection.queries {
                let statement = try BulkStatement(query.text(StandingTable.selection), db)
                query.bind(to: statement, first, last)
                try statement.forEachRow { row in
                    if let entry = FoldedEntry(row, mark: mark) { found.append(entry) }
                    return true
                }
            }
            found.sort { $0.index < $1.index }
            // What lists two of the subjects was found twice.
            var last: UInt64?
            found.removeAll { entry in
                defer { last = entry.index }
                return entry.index == last
            }
            return found
        }
    }
}

extension FoldedEntry {
    /// - Parameter mark: what a fold must have known to count.
    fileprivate init?(_ row: BulkStatement.LentRow, mark: Int64) {
        guard let position = row.integer(at: 0) else { return nil }
        self.position = position
        index = LogRecord.index(of: position)
        bytes = Array(row.bytes(at: 1))
        guard let found = row.integer(at: 2), found == mark,
            let outcome = row.integer(at: 3).flatMap(StandingRecord.Outcome.init),
            let logged = row.integer(at: 4)
        else {
            standing = nil
            return
        }
        var end: StandingRecord.End?
        if let endIndex = row.integer(at: 5), let day = row.integer(at: 7) {
            end = StandingRecord.End(
                index: UInt64(endIndex),
                stated: row.integer(at: 6).map(CalendarDate.init(daysSince1970:)),
                effective: CalendarDate(daysSince1970: day), isAnnulment: row.integer(at: 8) == 1)
        }
        standing = StandingRecord(
            index: index, outcome: outcome, loggedTime: Timestamp(seconds: logged), end: end)
    }
}

/// What a fold of one log found, under the mark that held when it looked.
public struct StandingRun: Hashable, Sendable {
    public let origin: String
    public let records: [StandingRecord]
    public let mark: Int64

    public init(of origin: String, _ records: [StandingRecord], mark: Int64) {
        self.origin = origin
        self.records = records
        self.mark = mark
    }
}

extension LogDatabase {
    /// Keeps what folds found, all of it at once.
    ///
    /// A database that was opened for questions alone is opened once more for this, so that the next
    /// question need not fold: the same as where a node keeps it. Of a log without witnesses it keeps
    /// the time of the first look, since nobody says when an act was logged.
    public func keep(_ runs: [StandingRun]) throws(StorageError) {
        guard runs.contains(where: { !$0.records.isEmpty }) else { return }
        guard !isForQuestions else { return try LogDatabase(opening: path).keep(runs) }
        try write(to: "keep what became of entries") { db in
            let statement = try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO standing (position, mark, outcome, logged, end_index,
                        end_stated, end_day, annulled)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for run in runs {
                let log = try LogSnapshot(db: db).known(run.origin)
                for record in run.records {
                    let end = record.end
                    try statement.execute(
                        arguments: [
                            log.position(record.index), run.mark, record.outcome.rawValue,
                            record.loggedTime.seconds, end.map { Int64($0.index) },
                            end?.stated?.daysSince1970, end?.effective.daysSince1970,
                            end.map { $0.isAnnulment ? 1 : 0 },
                        ])
                }
            }
        }
    }
}
