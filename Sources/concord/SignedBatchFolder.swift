import Credentials
import Cryptography
import Encoding
import Registrar
import Registry

/// A folder of certificates that were signed on a machine without the log: the files, the
/// signed batch, and the paths that lead from the files to it.
struct SignedBatchFolder {
    let path: String

    static let batchName = "batch.note"
    static let pathsName = "paths.json"

    func write(_ signed: OfflineIssue) throws {
        try OutputFile.write(signed.entry.serialized, to: "\(path)/\(SignedBatchFolder.batchName)")
        let paths = signed.paths.map { path -> JSONValue in
            [
                "leaf": .integer(Int64(path.leafIndex)),
                "path": .array(path.hashes.map { .string($0.hexadecimal) }),
            ]
        }
        try OutputFile.write(
            Array(JSONValue.array(paths).indented.utf8),
            to: "\(path)/\(SignedBatchFolder.pathsName)")
    }

    func entry() throws -> RegistryEntry {
        try RegistryEntry(
            parsing: InputFile.read("\(path)/\(SignedBatchFolder.batchName)", limit: 65_535))
    }

    /// Writes into every file where its batch now stands.
    func complete(origin: String, entry: UInt64) throws -> Int {
        let value = try JSONValue(
            parsing: InputFile.read("\(path)/\(SignedBatchFolder.pathsName)", limit: 64 << 20),
            limits: JSONLimits(size: 64 << 20))
        var count = 0
        for element in value.array ?? [] {
            var reader = try MemberReader(element, at: "paths[\(count)]")
            let leaf = try reader.integer("leaf")
            let hashes = try reader.strings("path").compactMap { HashValue(hexadecimal: $0) }
            count += 1
            let name = "\(path)/\(count).json"
            var file = try CredentialFile(parsing: InputFile.read(name))
            file.batch = BatchPath(
                origin: origin, entryIndex: entry, leafIndex: UInt64(leaf), hashes: hashes)
            try OutputFile.write(file.serialized, to: name, mode: 0o600)
        }
        return count
    }
}
