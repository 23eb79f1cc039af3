public import Cryptography
internal import Encoding

/// A public key as notes know it: a name, a signature type, 32 bytes (a C2SP *vkey*).
///
/// C2SP signed-note § Verifier keys. Two keys are one only if name, type and bytes agree; the
/// id of 32 bits finds a key and proves nothing.
public struct NoteKey: Sendable {
    /// The signature types that Concord knows.
    public enum Algorithm: UInt8, Hashable, Sendable {
        /// Ed25519 over the text of a note.
        case ed25519 = 1
        /// Ed25519 over a time and the text of a checkpoint (tlog-cosignature v1).
        case cosignature = 4
    }

    public let name: String
    public let algorithm: Algorithm
    public let key: VerificationKey
    /// The first four bytes of SHA-256 over name, newline, type and key.
    public let id: UInt32

    /// - Throws: if the name is empty or holds white space, control characters or a plus.
    public init(
        name: String, algorithm: Algorithm, key: VerificationKey
    ) throws(LogError) {
        guard NoteKey.isName(name) else { throw .keyName }
        self.name = name
        self.algorithm = algorithm
        self.key = key
        var hasher = HashFunction()
        hasher.update(name.utf8)
        hasher.update(byte: 0x0A)
        hasher.update(byte: algorithm.rawValue)
        hasher.update(key.bytes)
        id = hasher.finalized.bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// Reads `name+id+base64(type and key)`; the id must be the one that follows from the rest.
    public init(parsing text: String) throws(LogError) {
        guard text.utf8.count <= NoteKey.byteLimit else {
            throw .tooLarge(.verifierKey, limit: NoteKey.byteLimit, found: text.utf8.count)
        }
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = String(parts[0]), let hexadecimal = String(parts[1]),
            let id = Hexadecimal.decode(hexadecimal), id.count == 4
        else { throw .wrongForm(.verifierKey, expected: "name, eight hexadecimal digits, key") }
        guard let material = Base64.standard.decode(utf8: parts[2]), let type = material.first
        else { throw .wrongForm(.verifierKey, expected: "type and public key in base64") }
        guard let algorithm = Algorithm(rawValue: type) else { throw .unknownAlgorithm(type) }
        guard let key = VerificationKey(bytes: material.dropFirst()) else {
            throw .keyLength(expected: VerificationKey.byteCount, found: material.count - 1)
        }
        try self.init(name: name, algorithm: algorithm, key: key)
        let written = id.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard written == self.id else { throw .keyID(expected: self.id, found: written) }
    }

    private static let byteLimit = 1 << 16

    /// Whether a signature line may bear that name.
    static func isName(_ name: String) -> Bool {
        // Nearly all names are visible ASCII, which needs no table of Unicode.
        !name.isEmpty
            && (name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
                || name.unicodeScalars.allSatisfy {
                    $0.value >= 0x20 && $0 != "+" && !$0.properties.isWhitespace
                })
    }

    static func hexadecimal(_ id: UInt32) -> String { Hexadecimal.encode(id.bigEndianBytes) }

    /// Whether a signature line claims to be by this key.
    func isNamed(by signature: NoteSignature) -> Bool {
        id == signature.keyID && name.hasSameBytes(as: signature.name)
    }

    /// Whether the line is this key's over that text; name and id are compared too.
    func verifies(_ signature: NoteSignature, over text: [UInt8]) -> Bool {
        guard isNamed(by: signature) else { return false }
        return switch algorithm {
        case .ed25519: key.isValid(signature.signature, for: text)
        case .cosignature: cosignatureTime(of: signature, over: text) != nil
        }
    }
}

extension NoteKey: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        left.algorithm == right.algorithm && left.key == right.key
            && left.name.hasSameBytes(as: right.name)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(key)
    }
}

extension NoteKey: CustomStringConvertible {
    /// The key as its text: `example.org/log+530d903a+AekyeRrm...`.
    public var description: String {
        let material = Base64.standard.encode([algorithm.rawValue] + key.bytes)
        return "\(name)+\(NoteKey.hexadecimal(id))+\(material)"
    }
}

extension FixedWidthInteger {
    /// The bytes, the most significant first.
    var bigEndianBytes: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}
