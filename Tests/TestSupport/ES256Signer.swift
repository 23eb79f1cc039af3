public import Credentials
import Crypto
public import Cryptography
public import Encoding

/// A signer with P-256, as issuers and wallets elsewhere have one; Concord itself signs with
/// Ed25519 alone.
public struct ES256Signer: Sendable {
    private let key: P256.Signing.PrivateKey
    public let publicKey: P256Key

    /// The key that follows from a name.
    public init(_ name: String) throws {
        key = try P256.Signing.PrivateKey(
            rawRepresentation: HashValue(of: "sample P-256 key \(name)".utf8).bytes)
        let bytes = Array(key.publicKey.rawRepresentation)
        guard let publicKey = P256Key(x: bytes.prefix(32), y: bytes.suffix(32)) else {
            throw SampleError.noFile
        }
        self.publicKey = publicKey
    }

    public func signature(for message: some Collection<UInt8>) throws -> [UInt8] {
        Array(try key.signature(for: Array(message)).rawRepresentation)
    }

    /// The same in the DER form of other protocols, which JOSE does not take.
    public func derSignature(for message: some Collection<UInt8>) throws -> [UInt8] {
        Array(try key.signature(for: Array(message)).derRepresentation)
    }

    /// A JWS in its compact serialization.
    public func signed(_ header: JSONObject, _ payload: [UInt8]) throws -> [UInt8] {
        var header = header
        header["alg"] = header["alg"] ?? "ES256"
        let input = Array(
            (Base64.url.encode(JSONValue.object(header).serialized) + "."
                + Base64.url.encode(payload)).utf8)
        return input + Array(".".utf8)
            + Array(Base64.url.encode(try signature(for: input)).utf8)
    }

    /// The credential, signed by this key in place of the one that issued it.
    public func resigned(_ credential: SDJWT, header: JSONObject = [:]) throws -> SDJWT {
        var whole: JSONObject = ["typ": "dc+sd-jwt"]
        for member in header.members { whole[member.name] = member.value }
        let jwt = try signed(whole, credential.issuerJWT.payload)
        let rest = credential.presentation.dropFirst(credential.issuerJWT.compact.count)
        return try SDJWT(parsing: jwt + rest)
    }

    /// The presentation, answered by this key.
    public func bound(
        _ presentation: SDJWT, to audience: String, nonce: String, at moment: Timestamp,
        header: JSONObject = [:]
    ) throws -> SDJWT {
        var whole: JSONObject = ["typ": "kb+jwt"]
        for member in header.members { whole[member.name] = member.value }
        let claims: JSONObject = [
            "iat": .integer(moment.seconds), "aud": .string(audience), "nonce": .string(nonce),
            "sd_hash": .string(Base64.url.encode(presentation.presentationHash.bytes)),
        ]
        return try SDJWT(
            parsing: presentation.presentation
                + signed(whole, JSONValue.object(claims).serialized))
    }
}
