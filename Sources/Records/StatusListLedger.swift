public import Credentials
internal import GRDB

/// The status lists of a node: which slots are taken, what the newest token in the log says, which
/// number it has (`Protocol/status-list.md`).
///
/// What a list says is changed by the log alone: a change that the log refused is none.
public struct StatusListLedger: Sendable {
    let file: DatabaseFile

    /// Slots of a list: enough that the place of one credential tells nothing.
    public static let slotCount = 131_072

    static let schema = """
        CREATE TABLE status_list (
            id TEXT PRIMARY KEY,
            bits INTEGER NOT NULL CHECK (bits IN (1, 2, 4, 8)),
            -- The number of the newest published token; 0: none yet.
            number INTEGER NOT NULL CHECK (number >= 0),
            free INTEGER NOT NULL CHECK (free >= 0),
            states BLOB NOT NULL,
            -- One bit a slot, the first in the least significant bit.
            taken BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;
        """

    /// What the ledger says about a list.
    public struct Entry: Hashable, Sendable {
        public let id: String
        public let bits: Int
        /// The number of the newest published token; 0: none yet.
        public let number: Int64
        public let freeSlots: Int
    }

    /// Starts a list on which all are valid and no slot is taken.
    public func create(_ id: String, bits: Int = 2) throws(RecordsError) {
        let list = StatusList(bits: bits, count: StatusListLedger.slotCount)
        let taken = StatusList(bits: 1, count: StatusListLedger.slotCount)
        try file.write { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO status_list VALUES (?, ?, 0, ?, ?, ?)",
                arguments: [
                    id, bits, StatusListLedger.slotCount, Blob(list.bytes), Blob(taken.bytes),
                ])
            guard db.changesCount == 1 else { throw RecordsError.listExists(id) }
        }
    }

    public func lists() throws(RecordsError) -> [Entry] {
        try file.read { db in
            try Row.fetchAll(db, sql: "SELECT id, bits, number, free FROM status_list ORDER BY id")
                .map { Entry(id: $0[0], bits: $0[1], number: $0[2], freeSlots: $0[3]) }
        }
    }

    /// Takes free slots of a list at random; they are never given again.
    public func allocate(
        _ count: Int, in id: String, using generator: inout some RandomNumberGenerator
    ) throws(RecordsError) -> [StatusReference] {
        var indexes: [Int] = []
        try file.write { db in
            let (_, bytes, _) = try StatusListLedger.row(db, id)
            var taken = bytes
            var free = (0..<taken.count * 8).filter { !StatusListLedger.isTaken($0, in: taken) }
            guard free.count >= count else {
                throw RecordsError.listFull(id, wanted: count, free: free.count)
            }
            for position in 0..<count {
                let other = Int.random(in: position..<free.count, using: &generator)
                free.swapAt(position, other)
                taken[free[position] / 8] |= UInt8(1) << UInt8(free[position] % 8)
            }
            indexes = Array(free.prefix(count))
            try db.execute(
                sql: "UPDATE status_list SET taken = ?, free = ? WHERE id = ?",
                arguments: [Blob(taken), free.count - count, id])
        }
        return indexes.map { StatusReference(uri: id, index: $0) }
    }

    public func status(of reference: StatusReference) throws(RecordsError) -> Status {
        let (list, _, _) = try file.read { try StatusListLedger.row($0, reference.uri) }
        do throws(CredentialError) { return try list.status(at: reference.index) } catch {
            throw .statusRefused(error)
        }
    }

    /// What the next token of a list has to say, and its number. Nothing changes.
    public func next(_ id: String) throws(RecordsError) -> (number: Int64, list: StatusList) {
        let (list, _, number) = try file.read { try StatusListLedger.row($0, id) }
        return (number + 1, list)
    }

    /// Takes over what the token of that number says, which is in the log; an older one than the
    /// ledger knows changes nothing.
    public func adopt(
        _ id: String, number: Int64, list: StatusList
    ) throws(RecordsError) {
        try file.write { db in
            let (own, _, current) = try StatusListLedger.row(db, id)
            guard number >= current else { return }
            guard list.bits == own.bits, list.count == own.count else {
                throw RecordsError.otherShape(list: id)
            }
            try db.execute(
                sql: "UPDATE status_list SET number = ?, states = ? WHERE id = ?",
                arguments: [number, Blob(list.bytes), id])
        }
    }

    private static func isTaken(_ index: Int, in taken: [UInt8]) -> Bool {
        taken[index / 8] >> UInt8(index % 8) & 1 == 1
    }

    private static func row(
        _ db: Database, _ id: String
    ) throws -> (list: StatusList, taken: [UInt8], number: Int64) {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT bits, states, taken, number FROM status_list WHERE id = ?",
                arguments: [id])
        else { throw RecordsError.unknownList(id) }
        let list = try StatusList(bits: row[0], bytes: Blob.bytes(row, 1))
        return (list, Blob.bytes(row, 2), row[3])
    }
}
