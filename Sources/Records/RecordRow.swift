internal import Credentials
internal import Cryptography
internal import Encoding
internal import GRDB

/// A row of the table `record`, as it lies there.
struct RecordRow {
    let number: Int64
    let id: RecordID
    let status: StatusReference
    let batch: BatchPath?
    let sealed: [UInt8]?

    static let columns = "number, id, list, slot, origin, entry, leaf, path, sealed"

    init?(_ row: Row) {
        guard let id = RecordID(bytes: Blob.bytes(row, 1)) else { return nil }
        number = row[0]
        self.id = id
        status = StatusReference(uri: row[2], index: row[3])
        if let origin: String = row[4] {
            let entry: Int64 = row[5]
            let leaf: Int64 = row[6]
            let bytes = Blob.bytes(row, 7)
            let hashes = stride(from: 0, to: bytes.count - 31, by: HashValue.byteCount)
                .compactMap { HashValue(bytes: bytes[$0..<($0 + HashValue.byteCount)]) }
            batch = BatchPath(
                origin: origin, entryIndex: UInt64(clamping: entry),
                leafIndex: UInt64(clamping: leaf),
                hashes: Array(hashes.prefix(BatchPath.hashLimit)))
        } else {
            batch = nil
        }
        let blob: Blob? = row[8]
        sealed = blob?.bytes
    }
}

extension RecordStore {
    static func row(_ db: Database, of id: RecordID) throws -> RecordRow {
        let statement = try db.cachedStatement(
            sql: "SELECT \(RecordRow.columns) FROM record WHERE id = ?")
        let row = try Row.fetchOne(statement, arguments: [Blob(id.bytes)])
            .flatMap(RecordRow.init)
        guard let row else { throw RecordsError.unknownRecord(id) }
        return row
    }

    /// The hashes of a path, one after the other.
    static func path(_ path: BatchPath) -> Blob { Blob(path.hashes.flatMap(\.bytes)) }
}
