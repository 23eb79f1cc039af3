public import Cryptography
public import Encoding

/// A public key as JSON (RFC 7517); of the kinds there are, Ed25519 verifies (RFC 8037).
///
/// Only the members that make the key are kept. Kinds that Concord does not verify with are
/// read, so that they can be named and compared, and give no `verificationKey`.
public struct JSONWebKey: Hashable, Sendable {
    /// The members of RFC 7638 § 3.2, in the order of their names.
    public let object: JSONObject
    /// The key, if it is one for Ed25519.
    public let verificationKey: VerificationKey?

    public init(_ key: VerificationKey) {
        object = [
            "crv": "Ed25519", "kty": "OKP", "x": .string(Base64.url.encode(key.bytes)),
        ]
        verificationKey = key
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
        guard kind == "OKP", object["crv"]?.string == "Ed25519" else {
            verificationKey = nil
            return
        }
        guard let bytes = Base64.url.decode(object["x"]?.string ?? ""),
            let key = VerificationKey(bytes: bytes)
        else { throw .malformedKey(expected: "32 bytes in base64url as x") }
        verificationKey = key
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
