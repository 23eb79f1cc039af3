import Cryptography
import Foundation
import Registry

/// New key files, and the card that names them, beside those in force until an act has said so.
///
/// Order: written before the act is published, moved into place afterwards; a crash in between
/// leaves both, and the next call goes on.
struct KeyReplacement {
    let node: NodeDirectory

    private static let ending = ".new"

    private func waiting(_ file: URL) -> URL {
        URL(filePath: file.path + KeyReplacement.ending)
    }

    /// Whether files wait for their act.
    var isBegun: Bool {
        FileManager.default.fileExists(atPath: waiting(node.cardFile).path)
    }

    /// The card that takes the place of the one in force.
    func card() throws -> NodeCard {
        let file = waiting(node.cardFile)
        do { return try NodeCard(parsing: Array(Data(contentsOf: file))) } catch {
            throw RegistrarError.unreadable(path: file.path, reason: "\(error)")
        }
    }

    func key(_ role: NodeDirectory.Role) throws -> KeyFile? {
        guard let data = try? Data(contentsOf: waiting(node.keyFile(role))) else { return nil }
        return try KeyFile(parsing: Array(data))
    }

    /// Writes the new files; the card comes last, and without it nothing was begun.
    func begin(_ files: [NodeDirectory.Role: KeyFile], card: NodeCard) throws {
        for (role, file) in files {
            try node.write(file.serialized, to: waiting(node.keyFile(role)), mode: 0o600)
        }
        try node.write(card.serialized, to: waiting(node.cardFile), mode: 0o644)
    }

    /// Moves the new files into place.
    func finish() throws {
        for role in NodeDirectory.Role.allCases { try move(node.keyFile(role)) }
        try move(node.cardFile)
    }

    /// Takes back what no act names.
    func cancel() throws {
        let files = NodeDirectory.Role.allCases.map { node.keyFile($0) }
        for file in [node.cardFile] + files {
            try? FileManager.default.removeItem(at: waiting(file))
        }
    }

    private func move(_ file: URL) throws {
        let new = waiting(file)
        guard FileManager.default.fileExists(atPath: new.path) else { return }
        guard rename(new.path, file.path) == 0 else {
            throw RegistrarError.cannotWrite(path: file.path)
        }
    }
}
