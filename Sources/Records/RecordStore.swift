public import Credentials
public import Cryptography
internal import Encoding
internal import GRDB

/// The records of an issuing node: `records.sqlite`, and their keys in `record-keys.sqlite`.
///
/// Each record is sealed with a key of its own. In clear there are ids, numbers, places on
/// status lists and in batches; nothing about a person.
public final class RecordStore: Sendable {
    let records: DatabaseFile
    let keys: RecordKeys

    /// The name of the file of records in a node's folder.
    public static let fileName = "records.sqlite"

    static let applicationID = 0x436E_5265
    static let version = 2

    /// Of the first version, before spreadsheets were imported.
    static let firstSchema = """
        CREATE TABLE store (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            id BLOB NOT NULL CHECK (length(id) = 16)
        ) STRICT;
        CREATE TABLE record (
            number INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
            list TEXT NOT NULL,
            slot INTEGER NOT NULL CHECK (slot >= 0),
            origin TEXT,
            entry INTEGER CHECK ((entry IS NULL) = (origin IS NULL)),
            leaf INTEGER CHECK ((leaf IS NULL) = (origin IS NULL)),
            path BLOB CHECK ((path IS NULL) = (origin IS NULL)),
            -- The moment of issue and the credential, under the record's own key; null: erased.
            sealed BLOB,
            UNIQUE (list, slot)
        ) STRICT;
        CREATE INDEX record_outside_batches ON record (number) WHERE origin IS NULL;
        \(StatusListLedger.schema)
        """

    /// Opens the two files of a directory, or makes them if neither is there.
    ///
    /// Refused, and not touched: another program's file, a newer version, two files that are
    /// not of one store. Refused too: another wrapping key than that of the file.
    public init(
        opening directory: String, wrappingKey: SealingKey
    ) throws(RecordsError) {
        records = try DatabaseFile(
            opening: directory + "/" + RecordStore.fileName,
            applicationID: RecordStore.applicationID,
            version: RecordStore.version)
        // Records whose keys are gone do not get new ones.
        let keys = try RecordKeys(
            opening: directory + "/" + RecordStore.keyFileName, wrappingKey: wrappingKey,
            mayCreate: records.isNew)
        self.keys = keys
        if records.isNew {
            // The keys come first: a crash between the two leaves keys without records.
            guard try keys.file.read({ try keys.lastNumber($0) }) == 0 else {
                throw .filesDoNotBelongTogether
            }
            try records.create(
                schema: RecordStore.firstSchema + ImportLedger.schema,
                applicationID: RecordStore.applicationID,
                version: RecordStore.version
            ) { db in
                try db.execute(
                    sql: "INSERT INTO store VALUES (1, ?)", arguments: [Blob(keys.storeID)])
            }
        }
        try records.upgrade(to: 2, ImportLedger.schema)
        let id = try records.read { db in
            try Row.fetchOne(db, sql: "SELECT id FROM store").map { Blob.bytes($0, 0) }
        }
        guard id == keys.storeID else { throw .filesDoNotBelongTogether }
        try finishErasures()
    }

    /// The status lists of the records.
    public var statusLists: StatusListLedger { StatusListLedger(file: records) }

    /// Adds records, all or none; on disk when it returns.
    ///
    /// - Parameter part: the rows of an import that they are, recorded with them.
    public func insert(
        _ new: [Record], importing part: ImportLedger.Part? = nil
    ) throws(RecordsError) {
        var generator = PooledGenerator()
        try records.write { db in
            let sealed = new.map {
                keys.sealed(RecordContent.serialized($0), of: $0.id, using: &generator)
            }
            // Keys first: a crash here leaves keys that open nothing, never a record without.
            let last = try Int64.fetchOne(db, sql: "SELECT max(number) FROM record") ?? 0
            let first = max(last, try keys.file.read { try keys.lastNumber($0) }) + 1
            try keys.add(sealed.map(\.wrappedKey), from: first)
            let statement = try db.cachedStatement(
                sql: """
                    INSERT INTO record (number, id, list, slot, origin, entry, leaf, path, sealed)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)
            for (offset, record) in new.enumerated() {
                let batch = record.batch
                do {
                    try statement.execute(arguments: [
                        first + Int64(offset), Blob(record.id.bytes), record.status.uri,
                        record.status.index, batch?.origin, batch.map { Int64($0.entryIndex) },
                        batch.map { Int64($0.leafIndex) }, batch.map(RecordStore.path),
                        Blob(sealed[offset].box),
                    ])
                } catch let error as DatabaseError
                    where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE
                {
                    throw RecordsError.slotTaken(
                        list: record.status.uri, index: record.status.index)
                }
            }
            if let part { try ImportLedger.insert(part, records: first, db) }
        }
    }

    /// One record, opened.
    public func record(_ id: RecordID) throws(RecordsError) -> Record {
        // Record and key in one go: the keys may be put under another wrapping key meanwhile.
        let (row, content) = try records.read { db in
            let row = try RecordStore.row(db, of: id)
            guard let sealed = row.sealed,
                let content = try keys.opened(sealed, number: row.number, of: id)
            else { throw RecordsError.erased(id) }
            return (row, content)
        }
        return try RecordContent(parsing: content, of: row).record
    }

    /// Says where credentials stand in a log, all or none.
    public func setBatch(_ paths: [RecordID: BatchPath]) throws(RecordsError) {
        try records.write { db in
            let statement = try db.cachedStatement(
                sql: "UPDATE record SET origin = ?, entry = ?, leaf = ?, path = ? WHERE id = ?")
            for (id, path) in paths {
                try statement.execute(arguments: [
                    path.origin, Int64(path.entryIndex), Int64(path.leafIndex),
                    RecordStore.path(path), Blob(id.bytes),
                ])
                guard db.changesCount == 1 else { throw RecordsError.unknownRecord(id) }
            }
        }
    }

    /// Makes what records say unreadable: here, and in backups once their wrapping keys are gone.
    ///
    /// What was issued on paper for the same award goes with it.
    ///
    /// Order matters: the keys are destroyed on disk before anything says that it was done. A
    /// crash in between is finished at the next opening. Erasing twice is no error.
    public func erase(_ ids: [RecordID]) throws(RecordsError) {
        var erased: [(number: Int64, id: RecordID)] = []
        for id in ids {
            erased.append((try records.read { try RecordStore.row($0, of: id).number }, id))
            erased += try papers(of: id).map { ($0.number, $0.id) }
        }
        try keys.destroy(erased)
        try finishErasures()
        try records.truncateLog()
    }

    public func erase(_ id: RecordID) throws(RecordsError) { try erase([id]) }

    /// The ids of all records erased so far, to erase again after a backup was restored.
    public func erasedRecords() throws(RecordsError) -> [RecordID] { try keys.erased().map(\.id) }

    private func finishErasures() throws(RecordsError) {
        let erased = try keys.erased()
        try records.write { db in
            for record in erased {
                try db.execute(
                    sql: "UPDATE record SET sealed = NULL WHERE number = ? AND sealed IS NOT NULL",
                    arguments: [record.number])
            }
        }
    }

    /// Puts the keys of all records under another wrapping key; the caller then destroys the
    /// one before, and its backups in their time.
    public func rewrap(under key: SealingKey) throws(RecordsError) {
        try records.write { db in
            try keys.rewrap(under: key) { number in
                try Row.fetchOne(
                    db, sql: "SELECT id FROM record WHERE number = ?", arguments: [number]
                ).flatMap { RecordID(bytes: Blob.bytes($0, 0)) }
            }
        }
    }
}
