public import Credentials
public import Cryptography
import Encoding

/// A whole wallet as one file under a passphrase (`Protocol/presentation.md § Backup`).
///
/// The key in it stays sealed as it was; without the passphrase nothing in the file can be
/// read but the public key.
public struct WalletBackup: Sendable {
    public let key: KeyFile
    public let certificates: [CredentialFile]

    public static let type = "wallet-backup"
    public static let sizeLimit = 64 << 20
    private static let saltByteCount = 16

    public init(key: KeyFile, certificates: [CredentialFile]) {
        self.key = key
        self.certificates = certificates
    }

    /// Opens a backup.
    public init(parsing bytes: [UInt8], passphrase: [UInt8]) throws(WalletError) {
        guard bytes.count <= WalletBackup.sizeLimit else {
            throw .backupTooLarge(limit: WalletBackup.sizeLimit, found: bytes.count)
        }
        let sealed: Sealed
        do throws(ParsingError) { sealed = try Sealed(parsing: bytes) } catch {
            throw .notBackup(error)
        }
        let content: [UInt8]
        do throws(CryptographyError) {
            content = try SealingKey(
                passphrase: passphrase, salt: sealed.salt, cost: sealed.cost
            ).open(
                sealed.box, context: WalletBackup.context(sealed.publicKey), what: "the backup")
        } catch { throw .cryptography(error) }
        let (key, files) = try WalletBackup.read(content)
        self.key = key
        var certificates: [CredentialFile] = []
        for file in files {
            do throws(CredentialError) {
                certificates.append(try CredentialFile(parsing: file))
            } catch { throw .credential(error) }
        }
        self.certificates = certificates
        guard key.verificationKey == sealed.publicKey else {
            throw .damaged(path: "the backup", reason: "it holds another key than it names")
        }
    }

    /// The file, sealed under a passphrase.
    public func sealed(
        under passphrase: [UInt8], cost: PassphraseCost = .moderate,
        using generator: inout some RandomNumberGenerator
    ) throws(WalletError) -> [UInt8] {
        let salt = [UInt8].random(count: WalletBackup.saltByteCount, using: &generator)
        let content: JSONObject = [
            "key": .string(String(decoding: key.serialized, as: UTF8.self)),
            "certificates": .array(
                certificates.map { .string(String(decoding: $0.serialized, as: UTF8.self)) }),
        ]
        let box: [UInt8]
        do throws(CryptographyError) {
            box = try SealingKey(passphrase: passphrase, salt: salt, cost: cost).seal(
                JSONValue.object(content).serialized,
                context: WalletBackup.context(key.verificationKey), using: &generator)
        } catch { throw .cryptography(error) }
        let object: JSONObject = [
            "type": .string(WalletBackup.type), "version": 1,
            "public": .string(Base64.standard.encode(key.verificationKey.bytes)),
            "kdf": "argon2id", "operations": .integer(Int64(cost.operations)),
            "memory": .integer(Int64(cost.memory / 1_024)),
            "salt": .string(Base64.standard.encode(salt)),
            "box": .string(Base64.standard.encode(box)),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }

    private struct Sealed {
        let publicKey: VerificationKey
        let cost: PassphraseCost
        let salt: [UInt8]
        let box: [UInt8]

        init(parsing bytes: [UInt8]) throws(ParsingError) {
            let limits = JSONLimits(size: WalletBackup.sizeLimit, depth: 2)
            var reader = try MemberReader(JSONValue(parsing: bytes, limits: limits), at: "")
            guard try reader.string("type") == WalletBackup.type else {
                throw .wrongForm(path: "type", expected: WalletBackup.type)
            }
            _ = try reader.integer("version", in: 1...1)
            guard let key = Base64.standard.decode(try reader.string("public")),
                let publicKey = VerificationKey(bytes: key)
            else { throw .wrongForm(path: "public", expected: "32 bytes in base64") }
            self.publicKey = publicKey
            guard try reader.string("kdf") == "argon2id" else {
                throw .wrongForm(path: "kdf", expected: "argon2id")
            }
            // Bounded before anything is derived, as in key files.
            cost = PassphraseCost(
                operations: UInt64(try reader.integer("operations", in: 1...16)),
                memory: 1_024 * Int(try reader.integer("memory", in: 8...(1 << 20))))
            guard let salt = Base64.standard.decode(try reader.string("salt")),
                salt.count == WalletBackup.saltByteCount,
                let box = Base64.standard.decode(try reader.string("box"))
            else { throw .wrongForm(path: "salt", expected: "salt and box in base64") }
            self.salt = salt
            self.box = box
            try reader.finish()
        }
    }

    private static func read(
        _ content: [UInt8]
    ) throws(WalletError) -> (KeyFile, [[UInt8]]) {
        let keyText: String
        let files: [[UInt8]]
        do throws(ParsingError) {
            let limits = JSONLimits(size: WalletBackup.sizeLimit, depth: 3)
            var reader = try MemberReader(JSONValue(parsing: content, limits: limits), at: "")
            keyText = try reader.string("key")
            files = try reader.strings("certificates").map { Array($0.utf8) }
            try reader.finish()
        } catch { throw .notBackup(error) }
        do throws(CryptographyError) {
            return (try KeyFile(parsing: Array(keyText.utf8)), files)
        } catch { throw .cryptography(error) }
    }

    /// What the seal binds besides the content.
    private static func context(_ key: VerificationKey) -> [UInt8] {
        JSONValue.array([
            .string(type), 1, .string(Base64.standard.encode(key.bytes)),
        ]).serialized
    }
}
