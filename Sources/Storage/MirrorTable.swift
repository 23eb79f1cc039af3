internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// The newest checkpoint of each copied log that this node cosigned as a mirror.
enum MirrorTable {
    static let sql = """
        CREATE TABLE IF NOT EXISTS mirror (
            origin TEXT PRIMARY KEY NOT NULL CHECK (length(origin) > 0),
            note BLOB NOT NULL
        ) STRICT, WITHOUT ROWID
        """
}

extension LogDatabase {
    /// Keeps a checkpoint with the mirror's own line, in place of an older one.
    public func keepMirrorNote(
        _ note: SignedNote, of origin: String
    ) throws(StorageError) {
        try write(to: "keep a mirror's checkpoint") { db in
            try db.run(
                "INSERT OR REPLACE INTO mirror (origin, note) VALUES (?, ?)",
                [origin, Data(note.serialized)])
        }
    }
}

extension LogSnapshot {
    /// The newest checkpoint of the log with this mirror's line; nil if there is none.
    public func mirrorNote(_ origin: String) throws(StorageError) -> SignedNote? {
        try attempt("read a mirror's checkpoint") {
            let row = try Row.fetchOne(
                db.cachedStatement(sql: "SELECT note FROM mirror WHERE origin = ?"),
                arguments: [origin])
            do {
                return try row.map { try SignedNote(parsing: $0.bytes(at: 0)) }
            } catch let error as LogError {
                throw StorageError.unreadable(table: "mirror", reason: "\(error)")
            }
        }
    }
}
