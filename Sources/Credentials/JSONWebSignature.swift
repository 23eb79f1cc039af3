public import Cryptography
public import Encoding

/// A JWS in its compact serialization (RFC 7515 § 7.1), read but not verified.
///
/// The exact bytes are kept. `jwk`, `jku`, `x5u` and `kid` in the header may be there and never
/// supply a key; the certificates of `x5c` do only under a root that somebody else named. A `crit` header is refused: no extension is understood.
public struct JSONWebSignature: Hashable, Sendable {
    /// The exact bytes: header, payload and signature in base64url with dots between them.
    public let compact: [UInt8]
    public let header: JSONObject
    public let payload: [UInt8]
    public let signature: [UInt8]
    private let signingInputCount: Int

    public static let sizeLimit = 65_536

    public init(
        parsing bytes: some Collection<UInt8>, part: CredentialError.Part = .credential,
        limit: Int = JSONWebSignature.sizeLimit
    ) throws(CredentialError) {
        guard bytes.count <= limit else {
            throw .tooLarge(part, limit: limit, found: bytes.count)
        }
        let compact = Array(bytes)
        let dot = UInt8(ascii: ".")
        guard let first = compact.firstIndex(of: dot),
            let second = compact[(first + 1)...].firstIndex(of: dot),
            !compact[(second + 1)...].contains(dot)
        else { throw .notCompactJWS(part) }
        guard let headerBytes = Base64.url.decode(utf8: compact[..<first]) else {
            throw .notBase64URL(.header)
        }
        // The header comes first: an extension may change what the rest means.
        header = try JSONWebSignature.header(parsing: headerBytes)
        guard let payload = Base64.url.decode(utf8: compact[(first + 1)..<second]) else {
            throw .notBase64URL(.payload)
        }
        guard let signature = Base64.url.decode(utf8: compact[(second + 1)...]) else {
            throw .notBase64URL(.signature)
        }
        self.compact = compact
        self.payload = payload
        self.signature = signature
        signingInputCount = second
    }

    private static func header(parsing bytes: [UInt8]) throws(CredentialError) -> JSONObject {
        let value: JSONValue
        do throws(ParsingError) {
            value = try JSONValue(parsing: bytes, limits: JSONLimits(size: 16_384, depth: 8))
        } catch { throw .json(.header, error) }
        guard case .object(let header) = value else {
            throw .json(
                .header, .wrongType(path: "the top", expected: "an object", found: value.kind))
        }
        // SPEC: RFC 7515 § 4.1.11, whoever does not understand an extension MUST refuse.
        guard header["crit"] == nil else { throw .unsupportedExtension }
        return header
    }

    /// The bytes under the signature.
    public var signingInput: ArraySlice<UInt8> { compact[..<signingInputCount] }

    /// The `typ` of the header.
    public var type: String? { header["typ"]?.string }

    /// The certificates of the header's `x5c` (RFC 7515 § 4.1.6) in DER, the leaf's first; nil if
    /// there are none, or what stands there is something else.
    public var certificates: [[UInt8]]? {
        guard let texts = header["x5c"]?.array else { return nil }
        let ders = texts.compactMap { $0.string.flatMap { Base64.standard.decode($0) } }
        return ders.count == texts.count ? ders : nil
    }

    /// Checks the signature with a key that the caller already trusts.
    public func verify(with key: VerificationKey) throws(CredentialError) {
        try verify(with: .ed25519(key))
    }

    /// Checks the signature with a key that the caller already trusts.
    ///
    /// An algorithm other than EdDSA, Ed25519 and ES256, `none` and an absent one included, is
    /// neither valid nor a bad signature: it is unsupported. A key of the other algorithm has
    /// not signed, whatever the bytes are.
    public func verify(with key: SignatureKey) throws(CredentialError) {
        let algorithm = try algorithm()
        guard algorithm.isOf(key), key.isValid(signature, for: signingInput) else {
            throw .wrongSignature
        }
    }

    /// The algorithms that are verified.
    enum Algorithm {
        case edDSA, es256

        func isOf(_ key: SignatureKey) -> Bool {
            switch (self, key) {
            case (.edDSA, .ed25519), (.es256, .p256): true
            case (.edDSA, .p256), (.es256, .ed25519): false
            }
        }
    }

    func algorithm() throws(CredentialError) -> Algorithm {
        guard let name = header["alg"]?.string else {
            throw .unsupportedAlgorithm(found: "none named")
        }
        switch name {
        case "EdDSA", "Ed25519": return .edDSA
        case "ES256": return .es256
        default:
            let isName =
                (1...16).contains(name.utf8.count)
                && name.utf8.allSatisfy { (0x2B...0x7A).contains($0) }
            throw .unsupportedAlgorithm(found: isName ? name : "another")
        }
    }

    func checkType(_ expected: [String]) throws(CredentialError) {
        guard let type, expected.contains(type) else { throw .wrongType(expected: expected) }
    }

    /// Signs a payload; `alg` is set here, the caller gives the rest of the header.
    public static func signed(
        header: JSONObject, payload: [UInt8], by key: SigningKey
    ) -> JSONWebSignature {
        var header = header
        header["alg"] = "EdDSA"
        var compact = Array(Base64.url.encode(JSONValue.object(header).serialized).utf8)
        compact.append(UInt8(ascii: "."))
        compact.append(contentsOf: Base64.url.encode(payload).utf8)
        let count = compact.count
        let signature = key.signature(for: compact)
        compact.append(UInt8(ascii: "."))
        compact.append(contentsOf: Base64.url.encode(signature).utf8)
        return JSONWebSignature(
            compact: compact, header: header, payload: payload, signature: signature,
            signingInputCount: count)
    }

    private init(
        compact: [UInt8], header: JSONObject, payload: [UInt8], signature: [UInt8],
        signingInputCount: Int
    ) {
        self.compact = compact
        self.header = header
        self.payload = payload
        self.signature = signature
        self.signingInputCount = signingInputCount
    }

    /// The payload as one strict JSON object.
    func claims(
        _ part: CredentialError.Part = .payload, limits: JSONLimits = JSONLimits(size: 65_536)
    ) throws(CredentialError) -> JSONObject {
        let value: JSONValue
        do throws(ParsingError) {
            value = try JSONValue(parsing: payload, limits: limits)
        } catch { throw .json(part, error) }
        guard case .object(let claims) = value else {
            throw .json(
                part, .wrongType(path: "the top", expected: "an object", found: value.kind))
        }
        return claims
    }
}
