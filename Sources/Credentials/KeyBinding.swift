public import Cryptography
public import Encoding

/// The holder's signature over one presentation for one verifier (RFC 9901 § 4.3), read but
/// not verified.
public struct KeyBinding: Hashable, Sendable {
    public let jwt: JSONWebSignature
    public let audience: String
    public let nonce: String
    public let issuedAt: Timestamp
    /// `sd_hash`: over the presentation that was signed for.
    public let presentationHash: HashValue

    static let type = "kb+jwt"

    public init(parsing bytes: some Collection<UInt8>) throws(CredentialError) {
        let jwt = try JSONWebSignature(parsing: bytes, part: .keyBinding)
        try jwt.checkType([KeyBinding.type])
        var reader = ClaimReader(try jwt.claims(.keyBinding))
        audience = try reader.string("aud", limit: 2_048)
        nonce = try reader.string("nonce", limit: 1_024)
        issuedAt = try reader.timestamp("iat")
        guard let bytes = Base64.url.decode(try reader.string("sd_hash", limit: 64)),
            let hash = HashValue(bytes: bytes)
        else { throw .wrongClaim("sd_hash", expected: "a SHA-256 in base64url") }
        presentationHash = hash
        self.jwt = jwt
    }

    init(
        _ presentationHash: HashValue, audience: String, nonce: String, at moment: Timestamp,
        by key: SigningKey
    ) {
        self.presentationHash = presentationHash
        self.audience = audience
        self.nonce = nonce
        issuedAt = moment
        let claims: JSONObject = [
            "iat": .integer(moment.seconds), "aud": .string(audience), "nonce": .string(nonce),
            "sd_hash": .string(Base64.url.encode(presentationHash.bytes)),
        ]
        jwt = JSONWebSignature.signed(
            header: ["alg": "EdDSA", "typ": .string(KeyBinding.type)],
            payload: JSONValue.object(claims).serialized, by: key)
    }
}

/// What a verifier asked for, once, and until when it takes an answer.
public struct KeyBindingChallenge: Hashable, Sendable {
    public let audience: String
    public let nonce: String
    /// The moments at which the binding may have been made, the verifier's tolerance included.
    public let window: ClosedRange<Timestamp>

    public init(audience: String, nonce: String, window: ClosedRange<Timestamp>) {
        self.audience = audience
        self.nonce = nonce
        self.window = window
    }
}

/// Whether the presenter showed control of the holder's key to *this* verifier.
///
/// Everything but `shown` comes from a binding that is good in itself and was made for
/// somebody else or for another time: the credential stays what it is.
public enum HolderControl: String, Hashable, Sendable {
    case shown
    case otherAudience = "other-audience"
    case otherNonce = "other-nonce"
    case tooOld = "too-old"
    case fromFuture = "from-future"

    public var code: String { rawValue }
}

extension SDJWT {
    /// SHA-256 over the presentation up to and including its last `~`.
    public var presentationHash: HashValue { HashValue(of: presentation) }

    /// This presentation signed by the holder for one verifier.
    public func bound(
        to audience: String, nonce: String, at moment: Timestamp, by key: SigningKey
    ) -> SDJWT {
        SDJWT(
            issuerJWT: issuerJWT, disclosures: disclosures,
            keyBinding: KeyBinding(
                presentationHash, audience: audience, nonce: nonce, at: moment, by: key))
    }

    /// The same with a key for Ed25519.
    public func holderControl(
        key: VerificationKey, challenge: KeyBindingChallenge
    ) throws(CredentialError) -> HolderControl {
        try holderControl(key: .ed25519(key), challenge: challenge)
    }

    /// Checks the key binding (RFC 9901 § 7.3) with the key from the credential's own `cnf`.
    ///
    /// Throws where the presentation is invalid: no binding, a signature that is not the
    /// key's, disclosures that were added or removed after signing. That the nonce is used
    /// once is the caller's to keep.
    public func holderControl(
        key: SignatureKey, challenge: KeyBindingChallenge
    ) throws(CredentialError) -> HolderControl {
        guard let keyBinding else { throw .keyBindingMissing }
        let algorithm = try keyBinding.jwt.algorithm()
        guard algorithm.isOf(key),
            key.isValid(keyBinding.jwt.signature, for: keyBinding.jwt.signingInput)
        else { throw .keyBindingSignature }
        guard keyBinding.presentationHash == presentationHash else { throw .keyBindingHash }
        guard keyBinding.audience.utf8.elementsEqual(challenge.audience.utf8) else {
            return .otherAudience
        }
        guard keyBinding.nonce.utf8.elementsEqual(challenge.nonce.utf8) else { return .otherNonce }
        if keyBinding.issuedAt < challenge.window.lowerBound { return .tooOld }
        if keyBinding.issuedAt > challenge.window.upperBound { return .fromFuture }
        return .shown
    }
}
