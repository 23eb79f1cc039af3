import Cryptography
import Foundation
public import Records

/// Why a record is erased: the closed list of `Protocol/records.md § Erasure`.
public enum ErasureReason: String, CaseIterable, Sendable {
    case request = "request of the person"
    case retention = "end of retention"
    case court = "order of a court or authority"
    case unlawful = "recorded without ground"
    case duplicate = "recorded twice"
}

extension Office {
    /// Destroys the keys of records, and puts all others under a new wrapping key.
    ///
    /// `Protocol/records.md § Erasure`. On disk when it returns. Nothing is appended to a log, and
    /// what the persons hold goes on verifying. Order: the new wrapping key lies beside the old one
    /// before anything is under it, and takes its place afterwards; a crash leaves a key that opens.
    public func erase(
        _ ids: [RecordID], in records: RecordStore, passphrase: [UInt8]?
    ) throws {
        try records.erase(ids)
        var generator = SystemRandomNumberGenerator()
        let current = try KeyFile(
            parsing: Array(try Data(contentsOf: node.keyFile(.records))))
        let key = SigningKey.generated(using: &generator)
        let file: KeyFile
        if current.isSealed {
            guard let passphrase else {
                throw RegistrarError.keyMissing(
                    role: NodeDirectory.Role.records.rawValue, path: "--passphrase-file")
            }
            file = try KeyFile(
                sealing: key, role: current.role, name: current.name,
                isSample: current.isSample, passphrase: passphrase, using: &generator)
        } else {
            file = KeyFile(
                unsealed: key, role: current.role, name: current.name,
                isSample: current.isSample)
        }
        try node.write(file.serialized, to: node.nextRecordsKeyFile, mode: 0o600)
        try records.rewrap(under: try file.sealingKey(passphrase: passphrase))
        try node.takeNextRecordsKey()
    }
}

extension NodeDirectory {
    /// The wrapping key that is about to take the place of the one in force.
    var nextRecordsKeyFile: URL { url.appending(path: "keys/records.next.key") }

    func takeNextRecordsKey() throws {
        guard rename(nextRecordsKeyFile.path, keyFile(.records).path) == 0 else {
            throw RegistrarError.cannotWrite(path: keyFile(.records).path)
        }
    }

    /// The next wrapping key, if a crash left one there.
    func nextRecordsKey(passphrase: [UInt8]?) throws -> SealingKey? {
        guard let data = try? Data(contentsOf: nextRecordsKeyFile) else { return nil }
        return try KeyFile(parsing: Array(data)).sealingKey(passphrase: passphrase)
    }
}
