public import Encoding

/// The award of a qualification: Concord's profile of SD-JWT VC (`Protocol/credential.md`).
///
/// The claims as they were disclosed. Nothing is said about who signed: see
/// `SDJWT.verify(with:)`.
public struct QualificationCredential: Hashable, Sendable {
    /// The `vct`.
    public static let credentialType = "urn:concord:credential:award:1"
    /// The `typ` that is issued, and the one from before that is accepted too.
    public static let headerTypes = ["dc+sd-jwt", "vc+sd-jwt"]
    /// The claims that must stand in the signed part.
    public static let plainClaims =
        SDJWT.plainClaims.union([
            "country", "qualification", "version", "awarded", "valid_until", "started", "mode",
            "units", "archive", "iat",
        ])
    /// The claims that every presentation must show, for comparison with a person's papers.
    public static let mandatoryDisclosures = ["name", "birth_year"]

    /// The id of the awarding body.
    public var issuer: String
    /// Where it awards: ISO 3166-1 alpha-2.
    public var country: String
    public var qualification: String
    /// The version of the qualification.
    public var version: String
    public var awarded: CalendarDate
    /// The last day on which the award is current; an award after it has lapsed, it is not invalid.
    public var validUntil: CalendarDate?
    /// The first day of the training.
    public var started: CalendarDate?
    /// How it was earned, such as `rpl`; absent: by training and assessment.
    public var mode: String?
    /// The codes of the units achieved; absent: all.
    public var units: [String]?
    /// The register page from which an award of the past was confirmed; absent: issued as new.
    public var archive: String?
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
    /// Further claims, as they stand; all of them are issued disclosable.
    public var others: JSONObject

    public init(
        issuer: String, country: String, qualification: String, version: String,
        awarded: CalendarDate, validUntil: CalendarDate? = nil, started: CalendarDate? = nil,
        mode: String? = nil, units: [String]? = nil, archive: String? = nil,
        issuedAt: Timestamp, expires: Timestamp? = nil, notBefore: Timestamp? = nil,
        status: StatusReference,
        holderKey: JSONWebKey? = nil, name: String, birthYear: Int64,
        birthdate: CalendarDate? = nil, others: JSONObject = JSONObject()
    ) {
        self.issuer = issuer
        self.country = country
        self.qualification = qualification
        self.version = version
        self.awarded = awarded
        self.validUntil = validUntil
        self.started = started
        self.mode = mode
        self.units = units
        self.archive = archive
        self.issuedAt = issuedAt
        self.expires = expires
        self.notBefore = notBefore
        self.status = status
        self.holderKey = holderKey
        self.name = name
        self.birthYear = birthYear
        self.birthdate = birthdate
        self.others = others
    }

    /// Reads the header and the processed claims of a credential or presentation.
    public init(parsing credential: SDJWT) throws(CredentialError) {
        try credential.issuerJWT.checkType(QualificationCredential.headerTypes)
        try self.init(
            parsing: try credential.processed(plain: QualificationCredential.plainClaims))
    }

    /// Reads processed claims; an error names the claim that is missing or of another form.
    public init(parsing claims: ProcessedClaims) throws(CredentialError) {
        var reader = ClaimReader(claims.object)
        guard try reader.string("vct", limit: 1_024) == QualificationCredential.credentialType
        else { throw .wrongCredentialType(expected: QualificationCredential.credentialType) }
        issuer = try reader.name("iss")
        country = try reader.name("country")
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else { throw .wrongClaim("country", expected: "two capital letters of ISO 3166-1") }
        qualification = try reader.name("qualification")
        version = try reader.string("version")
        awarded = try reader.date("awarded")
        validUntil = try reader.optionalDate("valid_until")
        if let validUntil, validUntil < awarded {
            throw .wrongClaim("valid_until", expected: "a date not before awarded")
        }
        started = try reader.optionalDate("started")
        if let started, started > awarded {
            throw .wrongClaim("started", expected: "a date not after awarded")
        }
        mode = try reader.optionalName("mode", limit: 64)
        units = try reader.names("units")
        archive = try reader.optionalName("archive")
        issuedAt = try reader.timestamp("iat")
        expires = try reader.optionalTimestamp("exp")
        notBefore = try reader.optionalTimestamp("nbf")
        status = try StatusReference(parsing: try reader.value("status"))
        holderKey = try QualificationCredential.holderKey(reader.optionalValue("cnf"))
        name = try reader.string("name", limit: 400)
        birthYear = try reader.integer("birth_year", in: 1_850...2_200)
        birthdate = try reader.optionalDate("birthdate")
        if let birthdate, birthdate.year != birthYear {
            throw .wrongClaim("birthdate", expected: "a date in birth_year")
        }
        others = reader.others
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

    /// Refuses a moment outside the technical validity.
    public func checkValidity(at moment: Timestamp) throws(CredentialError) {
        if let notBefore, moment < notBefore { throw .notYetValid(until: notBefore) }
        if let expires, moment >= expires { throw .expired(at: expires) }
    }
}
