import Credentials
import Encoding
import Foundation
import Records

/// The folder into which certificates are written, looked at before anything is signed.
///
/// Certificates are never written over: their holders' names and the records' ids stand in them.
struct CertificateFolder {
    let path: String
    /// The folders that were made for it, the innermost first.
    private let made: [String]

    static let recordsName = "records.txt"

    static func fileName(_ number: Int) -> String { "\(number).json" }

    /// Makes the folder if it is not there.
    ///
    /// - Throws: `cannotWrite` if it cannot be made or written, or holds certificates already.
    init(_ path: String) throws {
        self.path = path
        let missing = CertificateFolder.missing(path)
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .cannotWrite, "the folder \(path) cannot be made; check the one above it")
        }
        made = missing
        guard access(path, W_OK | X_OK) == 0 else {
            throw CommandFailure(
                .cannotWrite, "the folder \(path) cannot be written; check its permissions")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        if let name = names.first(where: CertificateFolder.isTaken) {
            throw CommandFailure(
                .cannotWrite,
                "expected no certificates in \(path), found \(name); choose another folder")
        }
    }

    /// Takes away what `init` made, as far as nothing was written into it.
    func removeIfEmpty() {
        for folder in made { guard rmdir(folder) == 0 else { return } }
    }

    /// Writes the files of records as `1.json`, `2.json` ... and their ids as `records.txt`.
    func write(_ files: [(id: RecordID, file: CredentialFile)]) throws {
        var list = ""
        for (index, item) in files.enumerated() {
            let name = CertificateFolder.fileName(index + 1)
            try write(item.file.serialized, to: name)
            list += "\(item.id) \(name)\n"
        }
        try write(Array(list.utf8), to: CertificateFolder.recordsName)
    }

    /// Writes one file, which its owner alone may read.
    func write(_ bytes: [UInt8], to name: String) throws {
        try OutputFile.write(bytes, to: "\(path)/\(name)", mode: 0o600, replacing: false)
    }

    private static func missing(_ path: String) -> [String] {
        var missing: [String] = []
        var folder = path
        while folder != ".", folder != "/", !FileManager.default.fileExists(atPath: folder) {
            missing.append(folder)
            folder = FolderPath(of: folder).text
        }
        return missing
    }

    private static func isTaken(_ name: String) -> Bool {
        if [recordsName, SignedBatchFolder.batchName, SignedBatchFolder.pathsName].contains(name) {
            return true
        }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[1] == "json" && !parts[0].isEmpty
            && parts[0].utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
