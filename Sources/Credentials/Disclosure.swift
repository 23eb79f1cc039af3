public import Cryptography
public import Encoding

/// One claim or array element with its salt, as the holder may show it (RFC 9901 § 4.2).
public struct Disclosure: Hashable, Sendable {
    /// The exact base64url text; the digest is over it.
    public let encoded: [UInt8]
    public let salt: String
    /// The claim's name; nil for an element of an array.
    public let name: String?
    public let value: JSONValue
    /// SHA-256 over `encoded`.
    public let digest: HashValue

    /// Levels of nesting in one disclosure and in a processed payload.
    static let depthLimit = 24

    public init(parsing bytes: some Collection<UInt8>) throws(CredentialError) {
        let encoded = Array(bytes)
        guard let decoded = Base64.url.decode(utf8: encoded) else {
            throw .notBase64URL(.disclosure)
        }
        let value: JSONValue
        do throws(ParsingError) {
            value = try JSONValue(
                parsing: decoded,
                limits: JSONLimits(size: SDJWT.sizeLimit, depth: Disclosure.depthLimit))
        } catch { throw .json(.disclosure, error) }
        guard case .array(let elements) = value, elements.count == 2 || elements.count == 3 else {
            throw .malformedDisclosure(expected: "an array of two or three elements")
        }
        guard case .string(let salt) = elements[0] else {
            throw .malformedDisclosure(expected: "an array with a salt as its first string")
        }
        if elements.count == 3 {
            guard case .string(let name) = elements[1] else {
                throw .malformedDisclosure(expected: "an array with a name as its second string")
            }
            guard !Disclosure.isReserved(name) else { throw .reservedName(.disclosure) }
            self.name = name
        } else {
            name = nil
        }
        self.encoded = encoded
        self.salt = salt
        self.value = elements[elements.count - 1]
        digest = HashValue(of: encoded)
    }

    /// A new disclosure with a salt of 128 random bits.
    init(
        name: String?, value: JSONValue, using generator: inout some RandomNumberGenerator
    ) {
        salt = Base64.url.encode([UInt8].random(count: 16, using: &generator))
        self.name = name
        self.value = value
        let elements: [JSONValue] =
            [.string(salt)] + (name.map { [.string($0)] } ?? []) + [value]
        encoded = Array(Base64.url.encode(JSONValue.array(elements).serialized).utf8)
        digest = HashValue(of: encoded)
    }

    /// The digest as it stands in the signed part.
    public var digestText: String { Base64.url.encode(digest.bytes) }

    static func isReserved(_ name: String) -> Bool {
        guard let first = name.utf8.first, first == UInt8(ascii: "_") || first == UInt8(ascii: ".")
        else { return false }
        return name == "_sd" || name == "..." || name == "_sd_alg"
    }
}
