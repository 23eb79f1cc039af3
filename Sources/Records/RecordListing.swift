public import Credentials
internal import GRDB

/// Which records a listing shows.
public enum RecordListing: Hashable, Sendable {
    case all
    /// Those that are in no batch yet.
    case outsideBatches
    /// Those on one status list.
    case list(String)
    /// Those of the batch at that entry of a log.
    case batch(origin: String, entry: UInt64)
}

extension RecordListing {
    /// What narrows a query of the table `record`, and its arguments.
    var condition: (sql: String, arguments: StatementArguments) {
        switch self {
        case .all: ("", [])
        case .outsideBatches: ("AND origin IS NULL", [])
        case .list(let list): ("AND list = ?", [list])
        case .batch(let origin, let entry):
            ("AND origin = ? AND entry = ?", [origin, Int64(clamping: entry)])
        }
    }
}

extension RecordStore {
    /// How many records there are, erased ones included.
    public func count() throws(RecordsError) -> Int {
        try records.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM record") ?? 0 }
    }

    /// Summaries in the order of insertion, at most `limit` of those after a number.
    public func summaries(
        _ listing: RecordListing = .all, after number: Int64 = 0, limit: Int = 10_000
    ) throws(RecordsError) -> [RecordSummary] {
        let (condition, arguments) = listing.condition
        let all: StatementArguments = [number] + arguments + [limit]
        return try records.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT number, id, list, slot, origin, entry, leaf, sealed IS NULL
                    FROM record WHERE number > ? \(condition) ORDER BY number LIMIT ?
                    """, arguments: all
            ).compactMap(RecordSummary.init)
        }
    }

    /// A record by its id, erased or not; nil if there is none.
    public func summary(_ id: RecordID) throws(RecordsError) -> RecordSummary? {
        try records.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT number, id, list, slot, origin, entry, leaf, sealed IS NULL
                    FROM record WHERE id = ?
                    """, arguments: [Blob(id.bytes)]
            ).flatMap(RecordSummary.init)
        }
    }

    /// The paper credentials of an award, in the order in which they were made: one, unless it
    /// was revoked or never logged, and another one took its place.
    public func papers(of id: RecordID) throws(RecordsError) -> [RecordSummary] {
        var found: [RecordSummary] = []
        while let next = try summary((found.last?.id ?? id).paper) { found.append(next) }
        return found
    }

    /// The record whose status stands at that place; nil if there is none.
    public func summary(of status: StatusReference) throws(RecordsError) -> RecordSummary? {
        try records.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT number, id, list, slot, origin, entry, leaf, sealed IS NULL
                    FROM record WHERE list = ? AND slot = ?
                    """, arguments: [status.uri, status.index]
            ).flatMap(RecordSummary.init)
        }
    }
}

extension RecordSummary {
    fileprivate init?(_ row: Row) {
        guard let id = RecordID(bytes: Blob.bytes(row, 1)) else { return nil }
        let origin: String? = row[4]
        let entry: Int64? = row[5]
        let leaf: Int64? = row[6]
        var batch: Position?
        if let origin, let entry, let leaf {
            batch = Position(
                origin: origin, entryIndex: UInt64(clamping: entry),
                leafIndex: UInt64(clamping: leaf))
        }
        self.init(
            number: row[0], id: id, status: StatusReference(uri: row[2], index: row[3]),
            batch: batch, isErased: row[7])
    }
}
