import Credentials
import Cryptography
public import Encoding

/// The secret that ties a receipt to what was presented; it stays with the verifier
/// (`Protocol/receipt.md § Salt`).
///
/// Without it the hashes in a receipt cannot be compared with anything, whoever guesses well.
public struct ReceiptSalt: Hashable, Sendable {
    /// The id of the receipt.
    public let receipt: String
    let bytes: [UInt8]

    static let type = "receipt-salt"
    static let byteCount = 32

    public init(using generator: inout some RandomNumberGenerator) {
        receipt = Hexadecimal.encode([UInt8].random(count: 16, using: &generator))
        bytes = [UInt8].random(count: ReceiptSalt.byteCount, using: &generator)
    }

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 4_096, depth: 2)), at: "")
        guard try reader.string("type") == ReceiptSalt.type else {
            throw .wrongForm(path: "type", expected: ReceiptSalt.type)
        }
        receipt = try ReceiptSalt.id(&reader, "receipt")
        guard let salt = Base64.standard.decode(try reader.string("salt")),
            salt.count == ReceiptSalt.byteCount
        else { throw .wrongForm(path: "salt", expected: "32 bytes in base64") }
        self.bytes = salt
        try reader.finish()
    }

    public var serialized: [UInt8] {
        let object: JSONObject = [
            "type": .string(ReceiptSalt.type), "receipt": .string(receipt),
            "salt": .string(Base64.standard.encode(bytes)),
        ]
        return Array(JSONValue.object(object).indented.utf8)
    }

    /// The hash of a presentation under this salt: over its compact serialization, key binding
    /// included, and the path to its batch.
    func hash(_ file: CredentialFile) -> HashValue {
        var hasher = HashFunction()
        hasher.update("concord receipt 1\n".utf8)
        hasher.update(bytes)
        hasher.update(HashValue(of: file.credential.serialized).bytes)
        hasher.update(HashValue(of: file.batch?.serialized ?? Array("null".utf8)).bytes)
        return hasher.finalized
    }

    static func id(
        _ reader: inout MemberReader, _ name: String
    ) throws(ParsingError) -> String {
        let text = try reader.string(name)
        guard text.utf8.count == 32, Hexadecimal.decode(text) != nil else {
            throw .wrongForm(
                path: reader.child(name), expected: "32 lowercase hexadecimal digits")
        }
        return text
    }
}
