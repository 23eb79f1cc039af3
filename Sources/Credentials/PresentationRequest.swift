internal import Cryptography
public import Encoding

/// What a verifier asks a holder to present, and the challenge to sign
/// (`Protocol/credential.md § Request`).
///
/// The text of a signed note; who signed it is checked by whoever opens the note.
public struct PresentationRequest: Hashable, Sendable {
    /// 128 random bits in hexadecimal.
    public let id: String
    /// Who asks.
    public let audience: String
    /// At least 128 random bits in base64url; spent by one answer.
    public let nonce: String
    /// The last moment at which an answer counts.
    public let expires: Timestamp
    /// The names of the claims to show, beyond those that are always shown.
    public let ask: [String]

    public static let type = "request"
    public static let sizeLimit = 16_384

    /// A new request with a random id and nonce.
    public init(
        audience: String, expires: Timestamp, ask: [String],
        using generator: inout some RandomNumberGenerator
    ) {
        id = Hexadecimal.encode([UInt8].random(count: 16, using: &generator))
        nonce = Base64.url.encode([UInt8].random(count: 16, using: &generator))
        self.audience = audience
        self.expires = expires
        self.ask = ask
    }

    public init(parsing bytes: [UInt8]) throws(CredentialError) {
        guard bytes.count <= PresentationRequest.sizeLimit else {
            throw .tooLarge(.request, limit: PresentationRequest.sizeLimit, found: bytes.count)
        }
        do throws(ParsingError) {
            var reader = try MemberReader(JSONValue(parsing: bytes), at: "")
            guard try reader.string("type") == PresentationRequest.type else {
                throw .wrongForm(path: "type", expected: "request")
            }
            id = try reader.string("id")
            guard id.utf8.count == 32, Hexadecimal.decode(id) != nil else {
                throw .wrongForm(path: "id", expected: "32 lowercase hexadecimal digits")
            }
            audience = try reader.string("audience")
            guard (1...200).contains(audience.utf8.count),
                audience.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
            else {
                throw .wrongForm(path: "audience", expected: "1 to 200 visible ASCII characters")
            }
            nonce = try reader.string("nonce")
            guard let random = Base64.url.decode(nonce), (16...64).contains(random.count) else {
                throw .wrongForm(path: "nonce", expected: "16 to 64 bytes in base64url")
            }
            guard let expires = Timestamp(parsing: try reader.string("expires")) else {
                throw .wrongForm(path: "expires", expected: "a time such as 2026-11-23T20:45:00Z")
            }
            self.expires = expires
            ask = try reader.strings("ask")
            guard ask.count <= 64, ask.allSatisfy({ (1...200).contains($0.utf8.count) }) else {
                throw .wrongForm(path: "ask", expected: "at most 64 names of 1 to 200 bytes")
            }
            try reader.finish()
        } catch { throw .json(.request, error) }
    }

    /// One line of JSON and a newline: the text of a note.
    public var serialized: [UInt8] {
        let object: JSONObject = [
            "type": .string(PresentationRequest.type), "id": .string(id),
            "audience": .string(audience), "nonce": .string(nonce),
            "expires": .string(expires.description), "ask": .array(ask.map(JSONValue.string)),
        ]
        return JSONValue.object(object).serialized + [0x0A]
    }

    /// The challenge that an answer must have signed.
    public func challenge(from earliest: Timestamp) -> KeyBindingChallenge {
        KeyBindingChallenge(
            audience: audience, nonce: nonce, window: min(earliest, expires)...expires)
    }
}
