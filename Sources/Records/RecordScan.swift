internal import Credentials
internal import Encoding
internal import GRDB

extension RecordStore {
    /// The imports of spreadsheets.
    public var imports: ImportLedger { ImportLedger(file: records) }

    /// Records with what they say, in the order of insertion: at most `limit` of those after a
    /// number; erased ones are left out.
    ///
    /// - Returns: the records, and the number after which to go on; nil: there are no more.
    public func scan(
        _ listing: RecordListing = .all, after number: Int64 = 0, limit: Int = 1_000
    ) throws(RecordsError) -> (records: [(number: Int64, record: Record)], next: Int64?) {
        let (condition, arguments) = listing.condition
        let all: StatementArguments = [number] + arguments + [limit]
        let (rows, contents) = try records.read { db -> ([RecordRow], [Int64: [UInt8]]) in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(RecordRow.columns) FROM record WHERE number > ? \(condition)
                    ORDER BY number LIMIT ?
                    """, arguments: all
            ).compactMap(RecordRow.init)
            return (rows, try self.contents(of: rows))
        }
        return (try self.opened(rows, contents), rows.count < limit ? nil : rows.last?.number)
    }

    /// The records of some rows of an import, in the order of the rows; nil: erased.
    public func records(
        of number: Int64, from row: Int, limit: Int
    ) throws(RecordsError) -> [Record?] {
        let (rows, contents) = try records.read { db -> ([RecordRow], [Int64: [UInt8]]) in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT \(RecordRow.columns) FROM import_row
                    JOIN record ON record.number = import_row.record
                    WHERE of_import = ? AND row >= ? ORDER BY row LIMIT ?
                    """, arguments: [number, row, limit]
            ).compactMap(RecordRow.init)
            return (rows, try self.contents(of: rows))
        }
        let opened = Dictionary(
            try self.opened(rows, contents).map { ($0.number, $0.record) },
            uniquingKeysWith: { first, _ in first })
        return rows.map { opened[$0.number] }
    }

    /// What the rows hold, by number, opened in one go.
    private func contents(of rows: [RecordRow]) throws -> [Int64: [UInt8]] {
        let numbers = rows.map(\.number)
        guard let first = numbers.min(), let last = numbers.max() else { return [:] }
        let wrapped = try keys.wrapped(first...last)
        var contents: [Int64: [UInt8]] = [:]
        for row in rows {
            guard let sealed = row.sealed, let key = wrapped[row.number] else { continue }
            contents[row.number] = try keys.opened(sealed, wrapped: key, of: row.id)
        }
        return contents
    }

    private func opened(
        _ rows: [RecordRow], _ contents: [Int64: [UInt8]]
    ) throws(RecordsError) -> [(number: Int64, record: Record)] {
        var opened: [(number: Int64, record: Record)] = []
        for row in rows {
            guard let content = contents[row.number] else { continue }
            opened.append((row.number, try RecordContent(parsing: content, of: row).record))
        }
        return opened
    }
}

/// What is sealed in a record: the moment of issue as 8 bytes, then, if the registrar keeps
/// something beside it, a JSON object and a line feed, then the compact credential.
struct RecordContent {
    let record: Record

    static func serialized(_ record: Record) -> [UInt8] {
        let kept =
            record.kept.isEmpty ? [] : JSONValue.object(record.kept).serialized + [0x0A]
        return withUnsafeBytes(of: record.issuedAt.seconds.bigEndian) { Array($0) } + kept
            + record.credential.serialized
    }

    init(parsing content: [UInt8], of row: RecordRow) throws(RecordsError) {
        guard content.count > 8 else { throw .damaged(row.id) }
        let seconds = content[..<8].reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        var rest = content[8...]
        var kept = JSONObject()
        // A compact credential begins with a letter, and JSON holds no bare line feed.
        if rest.first == UInt8(ascii: "{") {
            guard let end = rest.firstIndex(of: 0x0A),
                let object = (try? JSONValue(parsing: Array(rest[..<end])))?.object
            else { throw .damaged(row.id) }
            kept = object
            rest = rest[(end + 1)...]
        }
        let credential: SDJWT
        do throws(CredentialError) { credential = try SDJWT(parsing: Array(rest)) } catch {
            throw .unreadableCredential(row.id, error)
        }
        record = Record(
            id: row.id, credential: credential, status: row.status,
            issuedAt: Timestamp(seconds: Int64(bitPattern: seconds)), batch: row.batch, kept: kept)
    }
}
