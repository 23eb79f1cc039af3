public import Cryptography
internal import Foundation
internal import GRDB

extension LogDatabase {
    /// Stores bytes under their SHA-256 and no longer misses them.
    public func storeBlob(_ bytes: [UInt8], hash: HashValue) throws(StorageError) {
        let found = HashValue(of: bytes)
        guard found == hash else {
            throw .wrongBlob(expected: hash.hexadecimal, found: found.hexadecimal)
        }
        try write(to: "store a blob") { db in
            try db.run(
                "INSERT OR IGNORE INTO blob (hash, bytes) VALUES (?, ?)", [hash.data, Data(bytes)])
            try db.run("DELETE FROM missing_blob WHERE hash = ?", [hash.data])
        }
    }

    /// Remembers blobs that a log names and that are not here.
    public func noteBlobs(
        _ hashes: [HashValue], namedBy origin: String
    ) throws(StorageError) {
        guard !hashes.isEmpty else { return }
        try write(to: "note missing blobs") { db in
            let log = try LogSnapshot(db: db).known(origin)
            for hash in hashes {
                try db.run(
                    """
                    INSERT OR IGNORE INTO missing_blob (hash, log)
                    SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM blob WHERE hash = ?)
                    """, [hash.data, log.id, hash.data])
            }
        }
    }
}

extension LogDatabase {
    /// Takes blobs out whose bytes do not have their hash, so that they are missed and fetched.
    ///
    /// - Returns: their hashes.
    @discardableResult
    public func dropDamagedBlobs() throws(StorageError) -> [HashValue] {
        try write(to: "drop damaged blobs") { db in
            let damaged = try LogSnapshot(db: db).damagedBlobs()
            for hash in damaged {
                try db.run(
                    "DELETE FROM blob WHERE hash = ?",
                    [
                        hash.data
                    ])
            }
            return damaged
        }
    }
}

extension LogSnapshot {
    /// The blobs whose bytes do not have the hash under which they are stored.
    public func damagedBlobs() throws(StorageError) -> [HashValue] {
        try attempt("check the blobs") {
            var damaged: [HashValue] = []
            let rows = try Row.fetchCursor(db, sql: "SELECT hash, bytes FROM blob")
            while let row = try rows.next() {
                let hash = try HashValue(row: row, at: 0, table: "blob")
                if HashValue(of: try row.bytes(at: 1)) != hash { damaged.append(hash) }
            }
            return damaged
        }
    }

    public func blob(_ hash: HashValue) throws(StorageError) -> [UInt8]? {
        try attempt("read a blob") {
            try Row.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM blob WHERE hash = ?"),
                arguments: [hash.data]
            )?.bytes(at: 0)
        }
    }

    /// Whether an entry names that blob and it is not here.
    public func isMissing(_ hash: HashValue) throws(StorageError) -> Bool {
        try attempt("look for a missing blob") {
            try Bool.fetchOne(
                db.cachedStatement(
                    sql: "SELECT EXISTS (SELECT 1 FROM missing_blob WHERE hash = ?)"),
                arguments: [hash.data]) ?? false
        }
    }

    /// The blobs that a log names and that are not here.
    public func missingBlobs(_ origin: String) throws(StorageError) -> [HashValue] {
        let log = try known(origin)
        return try attempt("list missing blobs") {
            try Row.fetchAll(
                db.cachedStatement(sql: "SELECT hash FROM missing_blob WHERE log = ?"),
                arguments: [log.id]
            ).map { try HashValue(row: $0, at: 0, table: "missing_blob") }
        }
    }
}
