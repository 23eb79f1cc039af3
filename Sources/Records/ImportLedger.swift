public import Cryptography
internal import GRDB

/// What became of the spreadsheets that were imported: which rows are recorded, which batch holds
/// them, so that none is issued twice and what was interrupted goes on.
///
/// `Protocol/template.md § Rows`. In clear there are ids and numbers, nothing about a person.
public struct ImportLedger: Sendable {
    let file: DatabaseFile

    static let schema = """
        CREATE TABLE import (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
            list TEXT NOT NULL,
            rows INTEGER NOT NULL CHECK (rows > 0),
            -- The order of the batch's leaves, and its padding, follow from it.
            seed BLOB NOT NULL CHECK (length(seed) = 32),
            -- The signed entry of the batch; null: not all rows are recorded.
            entry BLOB,
            -- Its index in the log; null: not known to be there.
            place INTEGER CHECK (place IS NULL OR entry IS NOT NULL)
        ) STRICT;
        CREATE TABLE import_row (
            of_import INTEGER NOT NULL REFERENCES import (number),
            row INTEGER NOT NULL CHECK (row >= 0),
            record INTEGER NOT NULL REFERENCES record (number),
            leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
            PRIMARY KEY (of_import, row)
        ) STRICT, WITHOUT ROWID;
        """

    /// One import and how far it has come.
    public struct Entry: Hashable, Sendable {
        public let number: Int64
        public let id: HashValue
        /// The status list of its awards.
        public let list: String
        public let rows: Int
        public let seed: [UInt8]
        /// Rows that are recorded: the first so many.
        public let recorded: Int
        /// The signed entry of its batch, once all rows are recorded.
        public let entry: [UInt8]?
        /// The index of the batch in the log, once it is known to be there.
        public let place: UInt64?
    }

    /// The import of that id, or nil.
    public func find(_ id: HashValue) throws(RecordsError) -> Entry? {
        try file.read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT number, list, rows, seed, entry, place,
                        (SELECT count(*) FROM import_row WHERE of_import = number)
                    FROM import WHERE id = ?
                    """, arguments: [Blob(id.bytes)]
            ).map { row in
                let entry: Blob? = row[4]
                let place: Int64? = row[5]
                return Entry(
                    number: row[0], id: id, list: row[1], rows: row[2], seed: Blob.bytes(row, 3),
                    recorded: row[6], entry: entry?.bytes,
                    place: place.map { UInt64(clamping: $0) })
            }
        }
    }

    /// Begins an import of which nothing is recorded yet.
    public func begin(
        _ id: HashValue, list: String, rows: Int, seed: [UInt8]
    ) throws(RecordsError) -> Entry {
        let number = try file.write { db in
            try db.execute(
                sql: "INSERT INTO import (id, list, rows, seed) VALUES (?, ?, ?, ?)",
                arguments: [Blob(id.bytes), list, rows, Blob(seed)])
            return db.lastInsertedRowID
        }
        return Entry(
            number: number, id: id, list: list, rows: rows, seed: seed, recorded: 0, entry: nil,
            place: nil)
    }

    /// The leaf hashes of the rows, in their order.
    public func leaves(of number: Int64) throws(RecordsError) -> [HashValue] {
        try file.read { db in
            let rows = try Row.fetchCursor(
                db, sql: "SELECT leaf_hash FROM import_row WHERE of_import = ? ORDER BY row",
                arguments: [number])
            var leaves: [HashValue] = []
            while let row = try rows.next() {
                if let leaf = HashValue(bytes: Blob.bytes(row, 0)) { leaves.append(leaf) }
            }
            return leaves
        }
    }

    /// The numbers of the records of an import.
    public func recordNumbers(of number: Int64) throws(RecordsError) -> Set<Int64> {
        try file.read { db in
            try Int64.fetchSet(
                db, sql: "SELECT record FROM import_row WHERE of_import = ?", arguments: [number])
        }
    }

    /// Keeps the signed entry of the batch, before it is handed to the log.
    public func setEntry(_ bytes: [UInt8], of number: Int64) throws(RecordsError) {
        try file.write { db in
            try db.execute(
                sql: "UPDATE import SET entry = ? WHERE number = ? AND entry IS NULL",
                arguments: [Blob(bytes), number])
        }
    }

    /// Says where the log holds the batch.
    public func setPlace(_ index: UInt64, of number: Int64) throws(RecordsError) {
        try file.write { db in
            try db.execute(
                sql: "UPDATE import SET place = ? WHERE number = ?",
                arguments: [Int64(clamping: index), number])
        }
    }

    /// The rows of one import that are recorded with a batch of records.
    public struct Part: Sendable {
        let number: Int64
        let firstRow: Int
        let leaves: [HashValue]

        /// - Parameter leaves: those of the records, in the order of their rows.
        public init(number: Int64, firstRow: Int, leaves: [HashValue]) {
            self.number = number
            self.firstRow = firstRow
            self.leaves = leaves
        }
    }

    static func insert(_ part: Part, records first: Int64, _ db: Database) throws {
        let statement = try db.cachedStatement(sql: "INSERT INTO import_row VALUES (?, ?, ?, ?)")
        for (offset, leaf) in part.leaves.enumerated() {
            try statement.execute(arguments: [
                part.number, part.firstRow + offset, first + Int64(offset), Blob(leaf.bytes),
            ])
        }
    }
}
