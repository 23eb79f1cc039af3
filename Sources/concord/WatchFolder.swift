import Credentials
import Cryptography
import Encoding
import Foundation
import Recognition
import Verification

/// The certificates that are watched, one file each.
struct WatchFolder {
    struct Item {
        let id: String
        let watched: WatchedCredential

        func document(_ verdict: Verdict, _ changes: [String]) -> JSONValue {
            var object: JSONObject = [
                "id": .string(id), "word": .string(verdict.word.text),
                "changes": .array(changes.map(JSONValue.string)),
            ]
            object["note"] = watched.note.map(JSONValue.string)
            return .object(object)
        }
    }

    let path: String

    init(_ path: String) { self.path = path }

    /// The id: from the bytes that the issuer signed and the question, so that one certificate
    /// can be watched for several countries, purposes and occupations.
    func add(_ watched: WatchedCredential) throws -> String {
        let id = String(watched.identity.hexadecimal.prefix(16))
        try OutputFile.makeFolder(path)
        guard chmod(path, 0o700) == 0 else {
            throw CommandFailure(.cannotWrite, "the folder \(path) cannot be kept to its owner")
        }
        guard !FileManager.default.fileExists(atPath: file(id)) else {
            throw CommandFailure(
                .cannotWrite, "the certificate is watched already, as \(id); remove it first")
        }
        try OutputFile.write(watched.serialized, to: file(id), mode: 0o600, replacing: false)
        return id
    }

    func replace(_ id: String, with watched: WatchedCredential) throws {
        try OutputFile.write(watched.serialized, to: file(id), mode: 0o600)
    }

    func remove(_ id: String) throws {
        guard id.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }),
            FileManager.default.fileExists(atPath: file(id))
        else {
            throw CommandFailure(
                .inputMissing, "nothing is watched under \(id); concord watch list shows what is")
        }
        guard unlink(file(id)) == 0 else {
            throw CommandFailure(.cannotWrite, "\(file(id)) cannot be removed")
        }
    }

    /// What is watched; a file that does not read is named, and keeps no other from being judged.
    func items() throws -> (items: [Item], damaged: [CommandFailure]) {
        guard FileManager.default.fileExists(atPath: path) else { return ([], []) }
        var items: [Item] = []
        var damaged: [CommandFailure] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        where name.hasSuffix(".json") {
            let id = String(name.dropLast(5))
            do {
                let bytes = try InputFile.read("\(path)/\(name)")
                items.append(Item(id: id, watched: try WatchedCredential(parsing: bytes)))
            } catch {
                damaged.append(
                    CommandFailure(
                        .notWhatItClaims,
                        "\(path)/\(name): \(error); remove it (concord watch remove \(id)) and add "
                            + "the certificate again"))
            }
        }
        return (items, damaged)
    }

    private func file(_ id: String) -> String { "\(path)/\(id).json" }
}
