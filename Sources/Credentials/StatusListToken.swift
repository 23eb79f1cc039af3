public import Cryptography
public import Encoding

/// A status list under its issuer's signature (Token Status List § 5), read but not verified.
///
/// Which token is the current one of its list is said by a log, not by the token
/// (`Protocol/status-list.md § Publication`).
public struct StatusListToken: Hashable, Sendable {
    public let jwt: JSONWebSignature
    /// The id of the list.
    public let subject: String
    public let issuedAt: Timestamp
    public let expires: Timestamp?
    /// Seconds after which the issuer asks for a fresh copy.
    public let timeToLive: Int64?
    public let list: StatusList

    static let type = "statuslist+jwt"
    public static let sizeLimit = 4 << 20

    public init(parsing bytes: some Collection<UInt8>) throws(CredentialError) {
        jwt = try JSONWebSignature(
            parsing: bytes, part: .statusList, limit: StatusListToken.sizeLimit)
        try jwt.checkType([StatusListToken.type])
        let limits = JSONLimits(size: StatusListToken.sizeLimit, depth: 8)
        var reader = ClaimReader(try jwt.claims(.statusList, limits: limits))
        subject = try reader.name("sub")
        issuedAt = try reader.timestamp("iat")
        expires = try reader.optionalTimestamp("exp")
        timeToLive =
            reader.optionalValue("ttl") == nil
            ? nil : try reader.integer("ttl", in: 1...Int64(Int32.max))
        list = try StatusList(parsing: try reader.value("status_list"))
    }

    /// Signs a list.
    public static func signed(
        _ list: StatusList, subject: String, at moment: Timestamp, expires: Timestamp? = nil,
        timeToLive: Int64? = nil, by key: SigningKey
    ) -> StatusListToken {
        var claims: JSONObject = [
            "sub": .string(subject), "iat": .integer(moment.seconds),
        ]
        if let expires { claims["exp"] = .integer(expires.seconds) }
        if let timeToLive { claims["ttl"] = .integer(timeToLive) }
        claims["status_list"] = .object(list.object)
        let jwt = JSONWebSignature.signed(
            header: ["alg": "EdDSA", "typ": .string(type)],
            payload: JSONValue.object(claims).serialized, by: key)
        return StatusListToken(
            jwt: jwt, subject: subject, issuedAt: moment, expires: expires,
            timeToLive: timeToLive, list: list)
    }

    private init(
        jwt: JSONWebSignature, subject: String, issuedAt: Timestamp, expires: Timestamp?,
        timeToLive: Int64?, list: StatusList
    ) {
        self.jwt = jwt
        self.subject = subject
        self.issuedAt = issuedAt
        self.expires = expires
        self.timeToLive = timeToLive
        self.list = list
    }

    /// The exact bytes; the log commits to their SHA-256.
    public var serialized: [UInt8] { jwt.compact }

    /// SHA-256 of the exact bytes.
    public var hash: HashValue { HashValue(of: jwt.compact) }

    /// Checks the signature with a key that the caller trusts for this list.
    public func verify(with key: VerificationKey) throws(CredentialError) {
        try jwt.verify(with: key)
    }

    /// The state of the credential that refers to this list, at a moment.
    ///
    /// Checks that it is this list, that the token has not expired and that the index is on
    /// it; neither the signature nor whether a newer list is out.
    public func status(
        of reference: StatusReference, at moment: Timestamp
    ) throws(CredentialError) -> Status {
        guard reference.uri == subject else {
            throw .wrongStatusListSubject(expected: reference.uri)
        }
        if let expires, moment >= expires { throw .expired(at: expires) }
        return try list.status(at: reference.index)
    }
}
