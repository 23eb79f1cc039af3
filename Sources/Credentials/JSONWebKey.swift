public import Cryptography
public import Encoding

/// A public key as JSON (RFC 7517); of the kinds there are, Ed25519 (RFC 8037) and P-256
/// (RFC 7518 § 6.2) verify.
///
/// Only the members that make the key are kept. Kinds that Concord does not verify with are
/// read, so that they can be named and compared, and give no `verificationKey`.
public struct JSONWebKey: Hashable, Sendable {
    /// The members of RFC 7638 § 3.2, in the order of their names.
    public let object: JSONObject
    /// The key, if it is of a kind that verifies.
    public let signatureKey: SignatureKey?

    /// The key, if it is one for Ed25519.
    public var verificationKey: VerificationKey? {
        if case .ed25519(let key)? = signatureKey { key } else { nil }
    }

    public init(_ key: VerificationKey) {
        object = [
            "crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encode(key.bytes)),
        ]
        signatureKey = .ed25519(key)
    }

    public init(_ key: P256Key) {
        object = [
            "crv": "P-256", "kty": "EC", "x": .string(Base64.url.encode(key.x)),
            "y": .string(Base64.url.encode(key.y)),
        ]
        signatureKey = .p256(key)
    }

    public init(parsing value: JSONValue) throws(CredentialError) {
        guard case .object(let members) = value else {
            throw .malformedKey(expected: "members in an object")
        }
        guard let kind = members["kty"]?.string else {
            throw .malformedKey(expected: "its kind in kty")
        }
        guard members["d"] == nil else { throw .privateKeyGiven }
        let required: [String]
        switch kind {
        case "OKP": required = ["crv", "kty", "x"]
        case "EC": required = ["crv", "kty", "x", "y"]
        case "RSA": required = ["e", "kty", "n"]
        default: throw .unsupportedKey(kind: "a kind that is not OKP, EC or RSA")
        }
        var object = JSONObject()
        for name in required {
            guard let text = members[name]?.string else {
                throw .malformedKey(expected: "\(required.joined(separator: ", ")) as strings")
            }
            object[name] = .string(text)
        }
        self.object = object
        switch (kind, object["crv"]?.string) {
        case ("OKP", "Ed25519"):
            guard let key = JSONWebKey.coordinate(object["x"]).flatMap(VerificationKey.init)
            else { throw .malformedKey(expected: "32 bytes in base64url as x") }
            signatureKey = .ed25519(key)
        case ("EC", "P-256"):
            guard let x = JSONWebKey.coordinate(object["x"]),
                let y = JSONWebKey.coordinate(object["y"]), let key = P256Key(x: x, y: y)
            else { throw .malformedKey(expected: "a point of P-256 in base64url as x and y") }
            signatureKey = .p256(key)
        default: signatureKey = nil
        }
    }

    private static func coordinate(_ value: JSONValue?) -> [UInt8]? {
        (value?.string).flatMap { Base64.url.decode($0) }
    }

    /// The key for Ed25519, or the refusal that names the kind.
    public func requireVerificationKey() throws(CredentialError) -> VerificationKey {
        guard let verificationKey else {
            throw .unsupportedKey(kind: object["kty"]?.string ?? "another kind")
        }
        return verificationKey
    }

    /// RFC 7638: SHA-256 over the required members in the order of their names.
    public var thumbprint: HashValue { HashValue(of: JSONValue.object(object).serialized) }
}
