import Foundation
import Registrar
import Storage

/// Where a verifier without a node keeps copies and challenges.
struct CopiesFolder {
    let path: String

    init(_ path: String) { self.path = path }

    func databaseIfPresent() throws -> LogDatabase? {
        isPresent ? try LogDatabase(inFolder: path) : nil
    }

    func databaseForReading() throws -> LogDatabase? {
        isPresent ? try LogDatabase.reading(inFolder: path) : nil
    }

    private var isPresent: Bool {
        FileManager.default.fileExists(atPath: "\(path)/\(LogDatabase.fileName)")
    }

    func database() throws -> LogDatabase {
        try OutputFile.makeFolder(path)
        return try LogDatabase(inFolder: path)
    }

    /// The logs of the copies in a folder, or of a node; of the node `./concord-node` where
    /// neither is named.
    static func logs(copies data: String?, node: String?) throws -> LogDatabase {
        guard let data else {
            return try Office(opening: NodeDirectory(node ?? "./concord-node"), passphrase: nil)
                .database
        }
        guard let copies = try CopiesFolder(data).databaseIfPresent() else {
            throw CommandFailure(
                .inputMissing, "expected copies of logs in \(data), found none; sync first")
        }
        return copies
    }
}
