internal import Cryptography
internal import Foundation
internal import GRDB
internal import Registry
public import TransparencyLog

/// What this node remembers of the logs that it cosigns or grants, inside a transaction.
public struct SigningMemory {
    public enum Role: CaseIterable, Hashable, Sendable {
        case witness
        case buddy

        var table: String {
            switch self {
            case .witness: "witness_state"
            case .buddy: "grant_state"
            }
        }
    }

    let db: Database
    let role: Role

    /// Never to a smaller head.
    func raise(to head: TreeHead) throws {
        let known = try LogSnapshot(db: db).memory(role, of: head.origin)
        guard head.size >= known?.size ?? 0 else {
            throw StorageError.beyondTree(
                origin: head.origin, size: head.size, found: known?.size ?? 0)
        }
        try db.run(
            """
            INSERT INTO \(role.table) (origin, size, root, is_complete) VALUES (?, ?, ?, 0)
            ON CONFLICT DO UPDATE SET size = excluded.size, root = excluded.root
            """, [head.origin, Int64(head.size), head.root.data])
    }

    /// Notes that nothing was ever signed of a log; without it, an empty memory is a lost one.
    func begin(_ origin: String, isComplete: Bool = true) throws {
        try db.run(
            """
            INSERT OR IGNORE INTO \(role.table) (origin, size, root, is_complete)
            VALUES (?, 0, ?, ?)
            """, [origin, MerkleTree.emptyRoot.data, isComplete])
    }
}

extension LogDatabase {
    /// Says that the memory of every log may be older than what was signed.
    public func doubtMemories() throws(StorageError) {
        try write(to: "doubt the memories") { db in
            for role in SigningMemory.Role.allCases {
                try db.run("UPDATE \(role.table) SET is_complete = 0")
                // A later generation that this node has forgotten altogether is in doubt, too.
                for log in try LogSnapshot(db: db).logs() where !log.isOwn {
                    guard let next = LogOrigin(parsing: log.origin)?.next else { continue }
                    try SigningMemory(db: db, role: role).begin(next, isComplete: false)
                }
            }
        }
    }

    /// Takes a memory for complete again, at least up to a head that the log signed or begun.
    ///
    /// The caller has asked those who must know.
    public func completeMemory(
        _ role: SigningMemory.Role, of origin: String, upTo head: TreeHead?
    ) throws(StorageError) {
        try write(to: "complete a memory") { db in
            let memory = SigningMemory(db: db, role: role)
            try memory.begin(origin)
            let known = try LogSnapshot(db: db).memory(role, of: origin)
            if let head, head.size > known?.size ?? 0 { try memory.raise(to: head) }
            try db.run("UPDATE \(role.table) SET is_complete = 1 WHERE origin = ?", [origin])
        }
    }
}

extension LogSnapshot {
    /// Whether this node knows that it signed nothing larger of that log than it remembers.
    public func isComplete(
        _ role: SigningMemory.Role, of origin: String
    ) throws(StorageError) -> Bool {
        try attempt("read a memory") {
            try Bool.fetchOne(
                db.cachedStatement(sql: "SELECT is_complete FROM \(role.table) WHERE origin = ?"),
                arguments: [origin]) ?? false
        }
    }

    func memory(
        _ role: SigningMemory.Role, of origin: String
    ) throws(StorageError) -> TreeHead? {
        try attempt("read a memory") {
            let statement = try db.cachedStatement(
                sql: "SELECT size, root FROM \(role.table) WHERE origin = ? AND size > 0")
            guard let row = try Row.fetchOne(statement, arguments: [origin]) else { return nil }
            let root = try HashValue(row: row, at: 1, table: role.table)
            do {
                return try TreeHead(origin: origin, size: UInt64(row[0] as Int64), root: root)
            } catch {
                throw StorageError.unreadable(table: role.table, reason: "\(error)")
            }
        }
    }
}
