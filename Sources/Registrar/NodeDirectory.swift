public import Cryptography
import Encoding
public import Foundation
public import Registry
public import TransparencyLog

/// The folder of a node: its card, its databases, its keys.
///
/// `Protocol/keys.md § Key files`. Holds `card.json`, `node.json`, `log.sqlite`,
/// `records.sqlite` and `keys/<role>.key`.
public struct NodeDirectory: Sendable {
    public enum Role: String, CaseIterable, Sendable {
        case root, log, witness, extract, records
        case nextRoot = "next-root"
        /// Cosigns what the node holds a copy of; made only where it is wanted.
        case mirror

        /// The keys that every node has.
        static let founding: [Role] = [.root, .log, .witness, .extract, .records, .nextRoot]
    }

    public let url: URL

    public init(_ path: String) {
        url = URL(filePath: path, directoryHint: .isDirectory)
    }

    public var path: String { url.path(percentEncoded: false) }
    public var cardFile: URL { url.appending(path: "card.json") }

    public func keyFile(_ role: Role) -> URL { url.appending(path: "keys/\(role.rawValue).key") }

    public var exists: Bool { FileManager.default.fileExists(atPath: cardFile.path) }

    public func card() throws -> NodeCard {
        guard exists else { throw RegistrarError.noNode(path: path) }
        do {
            return try NodeCard(parsing: Array(Data(contentsOf: cardFile)))
        } catch {
            throw RegistrarError.unreadable(path: cardFile.path, reason: "\(error)")
        }
    }

    /// Opens one of the node's own keys; the passphrase is needed only if it is sealed.
    public func key(_ role: Role, passphrase: [UInt8]?) throws -> SigningKey {
        let file = keyFile(role)
        guard let data = try? Data(contentsOf: file) else {
            throw RegistrarError.keyMissing(role: role.rawValue, path: file.path)
        }
        let key = try KeyFile(parsing: Array(data))
        if key.isSample, !(try card().isSample) {
            throw RegistrarError.sampleKeyOutsideSample(role: role.rawValue)
        }
        return try key.signingKey(passphrase: passphrase)
    }

    /// The key under which the keys of records are wrapped.
    func recordsKey(passphrase: [UInt8]?) throws -> SealingKey {
        let file = keyFile(.records)
        guard let data = try? Data(contentsOf: file) else {
            throw RegistrarError.keyMissing(role: Role.records.rawValue, path: file.path)
        }
        return try KeyFile(parsing: Array(data)).sealingKey(passphrase: passphrase)
    }

    /// The signer of that role, under the name that the card gives it.
    public func signer(_ role: Role, passphrase: [UInt8]?) throws -> NoteSigner {
        let card = try card()
        let expected: NoteKey =
            switch role {
            case .log: card.log
            case .witness: card.witness
            case .extract: card.extract
            case .mirror: card.mirror ?? card.witness
            case .root, .nextRoot, .records: card.pin.root
            }
        let key = try key(role, passphrase: passphrase)
        // Roots change: which one is in force is what the log says.
        guard role == .root || key.verificationKey == expected.key else {
            throw RegistrarError.wrongKey(
                role: role.rawValue, expected: expected.description,
                found: key.verificationKey.description)
        }
        return try NoteSigner(name: expected.name, key: key, algorithm: expected.algorithm)
    }

    func write(_ bytes: [UInt8], to file: URL, mode: Int) throws {
        guard
            FileManager.default.createFile(
                atPath: file.path, contents: Data(bytes), attributes: [.posixPermissions: mode])
        else { throw RegistrarError.cannotWrite(path: file.path) }
    }
}
