public import Cryptography
import Encoding
import Foundation
public import Storage
public import Sync
public import TransparencyLog

/// The folder of somebody who is a witness and nothing else: a key, a memory, the logs.
///
/// `Protocol/witness.md § Alone`. No registry, no copies: `logs.policy` names the logs by their
/// keys, and may name other witnesses, who are asked after a restore.
public struct WitnessFolder: Sendable {
    public static let policyFileName = "logs.policy"
    static let cardFileName = "witness.vkey"

    public let path: String

    public init(_ path: String) { self.path = path }

    private func file(_ name: String) -> URL { URL(filePath: path).appending(path: name) }

    public var keyFile: String { file("keys/witness.key").path }
    public var policyFile: String { file(WitnessFolder.policyFileName).path }

    /// Makes the folder, the key and an empty memory.
    ///
    /// - Returns: the key by which others name this witness.
    public static func found(
        _ path: String, name: String, seal: KeySealing
    ) throws -> NoteKey {
        let folder = WitnessFolder(path)
        guard !FileManager.default.fileExists(atPath: folder.file(cardFileName).path) else {
            throw RegistrarError.nodeExists(path: path)
        }
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.generated(using: &generator)
        let vkey = try NoteKey(
            name: name, algorithm: .cosignature, key: key.verificationKey)
        do {
            try FileManager.default.createDirectory(
                at: folder.file("keys"), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw RegistrarError.cannotWrite(path: path) }
        try folder.write(
            seal(key, "witness", name).serialized, to: "keys/witness.key", mode: 0o600)
        let database = try LogDatabase(inFolder: path)
        try database.beginLife(HashValue(of: [UInt8].random(count: 32, using: &generator)))
        try database.close()
        let policy = "# log <vkey> for each log; witness <name> <vkey> <url> for who is asked\n"
        try folder.write(
            Array("\(policy)quorum none\n".utf8), to: policyFileName, mode: 0o644)
        // The key comes last: a folder without it is no witness, and can be started again.
        try folder.write(Array("\(vkey)\n".utf8), to: cardFileName, mode: 0o644)
        return vkey
    }

    private func write(_ bytes: [UInt8], to name: String, mode: Int) throws {
        let path = file(name).path
        guard
            FileManager.default.createFile(
                atPath: path, contents: Data(bytes), attributes: [.posixPermissions: mode])
        else { throw RegistrarError.cannotWrite(path: path) }
    }

    private func read(_ name: String) throws -> [UInt8] {
        let path = file(name).path
        guard let data = FileManager.default.contents(atPath: path) else {
            throw RegistrarError.noWitness(path: self.path)
        }
        return Array(data)
    }

    /// The key by which others name this witness.
    public func verifier() throws -> NoteKey {
        let text = String(decoding: try read(WitnessFolder.cardFileName), as: UTF8.self)
        return try NoteKey(parsing: text.trimmingCharacters(in: .newlines))
    }

    public func signer(passphrase: [UInt8]?) throws -> NoteSigner {
        let verifier = try verifier()
        let file = try KeyFile(parsing: read("keys/witness.key"))
        let key = try file.signingKey(passphrase: passphrase)
        guard key.verificationKey == verifier.key else {
            throw RegistrarError.wrongKey(
                role: "witness", expected: verifier.description,
                found: key.verificationKey.description)
        }
        return try NoteSigner(name: verifier.name, key: key, algorithm: .cosignature)
    }

    /// The logs that are witnessed.
    public func policy() throws -> WitnessPolicy {
        try WitnessPolicy(parsing: read(WitnessFolder.policyFileName))
    }

    /// The memory, with a place for each log.
    public func database(_ policy: WitnessPolicy) throws -> LogDatabase {
        _ = try verifier()
        let database = try LogDatabase(inFolder: path)
        for log in policy.logs { try database.addLog(log.key.name, isOwn: false) }
        return database
    }

    /// Whom to believe: the keys of the file, at every size.
    ///
    /// Several lines of one origin are several keys of one log, after a change of its key.
    public static func rules(_ policy: WitnessPolicy) -> LogRules {
        LogRules(
            keys: { origin, _ in
                policy.logs.map(\.key).filter { $0.name.utf8.elementsEqual(origin.utf8) }
            },
            // SPEC: without others there is nobody who could say what was forgotten.
            policy: { _ in policy.isUnwitnessed ? nil : policy })
    }
}
