public import Encoding

/// What every credential says, whatever its kind: who issued it, where and when, for whom, and
/// how to find out that it still holds (`Protocol/credential.md § Claims`).
public struct CredentialFrame: Hashable, Sendable {
    /// The `typ` that is issued, and the one from before that is accepted too.
    public static let headerTypes = ["dc+sd-jwt", "vc+sd-jwt"]
    /// The claims that must stand in the signed part of every kind.
    public static let plainClaims = SDJWT.plainClaims.union(["country", "iat"])
    /// The claims that every presentation must show, for comparison with a person's papers.
    public static let mandatoryDisclosures = ["name", "birth_year"]

    /// The id of the body or authority that issued it.
    public var issuer: String
    /// Where the issuer is known: ISO 3166-1 alpha-2.
    public var country: String
    public var issuedAt: Timestamp
    /// The end of the technical validity.
    public var expires: Timestamp?
    public var notBefore: Timestamp?
    public var status: StatusReference
    /// The key that the holder can show control of.
    public var holderKey: JSONWebKey?
    public var name: String
    public var birthYear: Int64
    public var birthdate: CalendarDate?

    public init(
        issuer: String, country: String, issuedAt: Timestamp, expires: Timestamp? = nil,
        notBefore: Timestamp? = nil, status: StatusReference, holderKey: JSONWebKey? = nil,
        name: String, birthYear: Int64, birthdate: CalendarDate? = nil
    ) {
        self.issuer = issuer
        self.country = country
        self.issuedAt = issuedAt
        self.expires = expires
        self.notBefore = notBefore
        self.status = status
        self.holderKey = holderKey
        self.name = name
        self.birthYear = birthYear
        self.birthdate = birthdate
    }

    init(reading reader: inout ClaimReader) throws(CredentialError) {
        issuer = try reader.name("iss")
        country = try reader.name("country")
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { throw .wrongClaim("country", expected: "two capital letters of ISO 3166-1") }
        issuedAt = try reader.timestamp("iat")
        expires = try reader.optionalTimestamp("exp")
        notBefore = try reader.optionalTimestamp("nbf")
        status = try StatusReference(parsing: try reader.value("status"))
        holderKey = try CredentialFrame.holderKey(reader.optionalValue("cnf"))
        name = try reader.string("name", limit: 400)
        birthYear = try reader.integer("birth_year", in: 1_850...2_200)
        birthdate = try reader.optionalDate("birthdate")
        if let birthdate, birthdate.year != birthYear {
            throw .wrongClaim("birthdate", expected: "a date in birth_year")
        }
    }

    private static func holderKey(
        _ confirmation: JSONValue?
    ) throws(CredentialError) -> JSONWebKey? {
        guard let confirmation else { return nil }
        guard let key = confirmation.object?["jwk"] else {
            throw .wrongClaim("cnf", expected: "an object with a jwk")
        }
        return try JSONWebKey(parsing: key)
    }

    /// The claims with which a credential of that type begins.
    func heading(_ type: String) -> JSONObject {
        ["vct": .string(type), "iss": .string(issuer), "country": .string(country)]
    }

    /// Adds the claims that follow those of the kind.
    func addClaims(to claims: inout JSONObject) {
        claims["iat"] = .integer(issuedAt.seconds)
        claims["exp"] = expires.map { .integer($0.seconds) }
        claims["nbf"] = notBefore.map { .integer($0.seconds) }
        claims["status"] = status.claim
        claims["cnf"] = holderKey.map { ["jwk": .object($0.object)] }
        claims["name"] = .string(name)
        claims["birth_year"] = .integer(birthYear)
        claims["birthdate"] = birthdate.map { .string($0.description) }
    }

    /// Refuses a moment outside the technical validity.
    public func checkValidity(at moment: Timestamp) throws(CredentialError) {
        if let notBefore, moment < notBefore { throw .notYetValid(until: notBefore) }
        if let expires, moment >= expires { throw .expired(at: expires) }
    }
}
