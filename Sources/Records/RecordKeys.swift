internal import Cryptography
internal import GRDB
internal import Synchronization

/// The file of the records' keys, each under the wrapping key: destroying one destroys what
/// its record says, here and in every backup whose wrapping key is gone.
final class RecordKeys: Sendable {
    let file: DatabaseFile
    let storeID: [UInt8]
    private let wrappingKey: Mutex<SealingKey>

    static let applicationID = 0x436E_4B65
    static let version = 1

    private static let schema = """
        CREATE TABLE store (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id BLOB NOT NULL CHECK (length(id) = 16),
            -- The id of the store sealed under the wrapping key: shows that it is the one.
            proof BLOB NOT NULL
        ) STRICT;
        CREATE TABLE record_key (
            number INTEGER PRIMARY KEY,
            wrapped BLOB NOT NULL
        ) STRICT;
        CREATE TABLE erased (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL CHECK (length(id) = 16)
        ) STRICT;
        """

    init(
        opening path: String, wrappingKey: SealingKey, mayCreate: Bool
    ) throws(RecordsError) {
        file = try DatabaseFile(
            opening: path, applicationID: RecordKeys.applicationID, version: RecordKeys.version)
        self.wrappingKey = Mutex(wrappingKey)
        if file.isNew {
            guard mayCreate else { throw .filesDoNotBelongTogether }
            var generator = SystemRandomNumberGenerator()
            let id = [UInt8].random(count: 16, using: &generator)
            let proof = wrappingKey.seal(id, context: RecordKeys.context, using: &generator)
            try file.create(
                schema: RecordKeys.schema, applicationID: RecordKeys.applicationID,
                version: RecordKeys.version
            ) { db in
                try db.execute(
                    sql: "INSERT INTO store VALUES (1, ?, ?)", arguments: [Blob(id), Blob(proof)])
            }
            storeID = id
        } else {
            let (id, proof) = try file.read { db in
                guard let row = try Row.fetchOne(db, sql: "SELECT id, proof FROM store") else {
                    throw RecordsError.notRecords(file: path)
                }
                return (Blob.bytes(row, 0), Blob.bytes(row, 1))
            }
            guard
                (try? wrappingKey.open(proof, context: RecordKeys.context, what: "the proof"))
                    == id
            else { throw .wrongWrappingKey }
            storeID = id
        }
    }

    private static let context = Array("concord record keys".utf8)

    /// A record sealed under a new key, which lies wrapped beside it, for `add`.
    func sealed(
        _ content: [UInt8], of id: RecordID, using generator: inout some RandomNumberGenerator
    ) -> SealedMessage {
        let wrapping = wrappingKey.withLock { $0 }
        return SealedMessage(
            sealing: content, under: wrapping, context: id.bytes, using: &generator)
    }

    /// The number after the last one that was ever given, here or to an erased record.
    func lastNumber(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(
            db,
            sql: """
                SELECT max(ifnull((SELECT max(number) FROM record_key), 0),
                           ifnull((SELECT max(number) FROM erased), 0))
                """) ?? 0
    }

    func add(_ wrapped: [[UInt8]], from number: Int64) throws(RecordsError) {
        try file.write { db in
            let statement = try db.cachedStatement(sql: "INSERT INTO record_key VALUES (?, ?)")
            for (offset, wrapped) in wrapped.enumerated() {
                try statement.execute(arguments: [number + Int64(offset), Blob(wrapped)])
            }
        }
    }

    /// What a record says; nil if its key was destroyed.
    func opened(
        _ box: [UInt8], number: Int64, of id: RecordID
    ) throws(RecordsError) -> [UInt8]? {
        let wrapped = try file.read { db in
            let statement = try db.cachedStatement(
                sql: "SELECT wrapped FROM record_key WHERE number = ?")
            return try Row.fetchOne(statement, arguments: [number]).map { Blob.bytes($0, 0) }
        }
        guard let wrapped else { return nil }
        return try opened(box, wrapped: wrapped, of: id)
    }

    /// The wrapped keys of a stretch of records, by number.
    func wrapped(_ numbers: ClosedRange<Int64>) throws(RecordsError) -> [Int64: [UInt8]] {
        try file.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT number, wrapped FROM record_key WHERE number BETWEEN ? AND ?",
                arguments: [numbers.lowerBound, numbers.upperBound])
            return Dictionary(
                rows.map { ($0[0], Blob.bytes($0, 1)) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// What a record says, with its wrapped key at hand.
    func opened(
        _ box: [UInt8], wrapped: [UInt8], of id: RecordID
    ) throws(RecordsError) -> [UInt8] {
        let wrapping = wrappingKey.withLock { $0 }
        do throws(CryptographyError) {
            return try SealedMessage(wrappedKey: wrapped, box: box).opened(
                with: wrapping, context: id.bytes, what: "the record")
        } catch { throw .damaged(id) }
    }

    /// Destroys keys and remembers that it was done. On disk when it returns, log included.
    func destroy(_ records: [(number: Int64, id: RecordID)]) throws(RecordsError) {
        try RecordKeys.destroy(records, in: file)
    }

    /// The same in a file that nobody has opened with its wrapping key.
    static func destroy(
        _ records: [(number: Int64, id: RecordID)], in file: DatabaseFile
    ) throws(RecordsError) {
        try file.write { db in
            for record in records {
                try db.execute(
                    sql: "DELETE FROM record_key WHERE number = ?", arguments: [record.number])
                try db.execute(
                    sql: "INSERT OR IGNORE INTO erased VALUES (?, ?)",
                    arguments: [record.number, Blob(record.id.bytes)])
            }
        }
        try file.truncateLog()
    }

    func erased() throws(RecordsError) -> [(number: Int64, id: RecordID)] {
        try file.read { db in
            try Row.fetchAll(db, sql: "SELECT number, id FROM erased ORDER BY number").compactMap {
                row in RecordID(bytes: Blob.bytes(row, 1)).map { (row[0], $0) }
            }
        }
    }

    /// Puts every key under another wrapping key, in one transaction.
    func rewrap(
        under next: SealingKey, ids: (Int64) throws -> RecordID?
    ) throws(RecordsError) {
        var generator = PooledGenerator()
        let proof = next.seal(storeID, context: RecordKeys.context, using: &generator)
        let current = wrappingKey.withLock { $0 }
        try file.write { db in
            var after: Int64 = 0
            while true {
                let rows = try Row.fetchAll(
                    db,
                    sql: """
                        SELECT number, wrapped FROM record_key WHERE number > ?
                        ORDER BY number LIMIT 1000
                        """, arguments: [after])
                guard let last = rows.last else { break }
                for row in rows {
                    let number: Int64 = row[0]
                    // A key whose record was never written has nothing to open: it goes.
                    guard let id = try ids(number) else {
                        try db.execute(
                            sql: "DELETE FROM record_key WHERE number = ?", arguments: [number])
                        continue
                    }
                    guard
                        let wrapped = try? SealedMessage.rewrapped(
                            Blob.bytes(row, 1), from: current, to: next, context: id.bytes,
                            what: "the record key", using: &generator)
                    else { throw RecordsError.damaged(id) }
                    try db.execute(
                        sql: "UPDATE record_key SET wrapped = ? WHERE number = ?",
                        arguments: [Blob(wrapped), number])
                }
                after = last[0]
            }
            try db.execute(sql: "UPDATE store SET proof = ?", arguments: [Blob(proof)])
        }
        wrappingKey.withLock { $0 = next }
        try file.truncateLog()
    }
}
