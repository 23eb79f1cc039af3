public import Cryptography
internal import Foundation
internal import GRDB
public import Registry

/// Proofs of faults that are no split view a log is halted by: kept for ever, passed on.
///
/// `Protocol/sync.md § Split views`.
enum FaultTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS fault (
            id BLOB PRIMARY KEY NOT NULL CHECK (length(id) = 32),
            -- the name of the log, witness, root or signer of extracts that it is about
            accused TEXT NOT NULL,
            bytes BLOB NOT NULL
        ) STRICT
        """
}

/// A proof that was judged before it was stored.
public struct StoredFault: Hashable, Sendable {
    public let identity: HashValue
    public let accused: String
    public let proof: FaultProof
}

extension LogDatabase {
    /// Stores a proof that the caller has judged, once.
    public func store(_ proof: FaultProof, about accused: String) throws(StorageError) {
        try write(to: "store a proof") { db in
            try db.run(
                "INSERT OR IGNORE INTO fault (id, accused, bytes) VALUES (?, ?, ?)",
                [proof.identity.data, accused, Data(proof.serialized)])
        }
    }
}

extension LogSnapshot {
    /// The identities of all proofs of faults, split views among them.
    public func faultIdentities() throws(StorageError) -> [HashValue] {
        let splitViews = try splitViews()
        let others = try attempt("list proofs") {
            try Row.fetchAll(db.cachedStatement(sql: "SELECT id FROM fault ORDER BY rowid"))
                .map { try HashValue(row: $0, at: 0, table: "fault") }
        }
        return splitViews + others
    }

    /// The proof of that identity, a split view too.
    public func fault(_ identity: HashValue) throws(StorageError) -> FaultProof? {
        if let splitView = try splitView(identity) { return FaultProof(.fork(splitView)) }
        return try attempt("read a proof") {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM fault WHERE id = ?"),
                arguments: [identity.data])
            return try row.map { try FaultProof(row: $0, at: 0) }
        }
    }

    /// The proofs beside split views, in the order in which they came.
    public func faults() throws(StorageError) -> [StoredFault] {
        try attempt("list proofs") {
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT id, accused, bytes FROM fault ORDER BY rowid")
            ).map {
                StoredFault(
                    identity: try HashValue(row: $0, at: 0, table: "fault"), accused: $0[1],
                    proof: try FaultProof(row: $0, at: 2))
            }
        }
    }

    /// The number of proofs about somebody: of one fault a few are enough.
    public func faultCount(about accused: String) throws(StorageError) -> Int {
        try attempt("count proofs") {
            try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT (SELECT count(*) FROM fault WHERE accused = ?)
                        + (SELECT count(*) FROM split_view WHERE origin = ?)
                        """), arguments: [accused, accused]) ?? 0
        }
    }
}

extension FaultProof {
    fileprivate init(row: Row, at index: Int) throws {
        do { try self.init(parsing: row.bytes(at: index)) } catch let error as RegistryError {
            throw StorageError.unreadable(table: "fault", reason: "\(error)")
        }
    }
}
