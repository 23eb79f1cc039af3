public import Encoding

/// The award of a qualification: Concord's profile of SD-JWT VC (`Protocol/credential.md`).
///
/// The claims as they were disclosed. Nothing is said about who signed: see
/// `SDJWT.verify(with:)`.
@dynamicMemberLookup
public struct QualificationCredential: Hashable, Sendable {
    /// The `vct`.
    public static let credentialType = "urn:concord:credential:award:1"
    /// The claims that must stand in the signed part.
    public static let plainClaims =
        CredentialFrame.plainClaims.union([
            "qualification", "version", "awarded", "valid_until", "started", "mode", "units",
            "archive",
        ])
    /// The claims that every presentation must show.
    public static let mandatoryDisclosures = CredentialFrame.mandatoryDisclosures

    /// What it shares with every credential; its members are also members of the award.
    public var frame: CredentialFrame
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
        frame = CredentialFrame(
            issuer: issuer, country: country, issuedAt: issuedAt, expires: expires,
            notBefore: notBefore, status: status, holderKey: holderKey, name: name,
            birthYear: birthYear, birthdate: birthdate)
        self.qualification = qualification
        self.version = version
        self.awarded = awarded
        self.validUntil = validUntil
        self.started = started
        self.mode = mode
        self.units = units
        self.archive = archive
        self.others = others
    }

    public subscript<Value>(
        dynamicMember member: WritableKeyPath<CredentialFrame, Value>
    ) -> Value {
        get { frame[keyPath: member] }
        set { frame[keyPath: member] = newValue }
    }

    /// Reads the header and the processed claims of a credential or presentation.
    public init(parsing credential: SDJWT) throws(CredentialError) {
        try credential.issuerJWT.checkType(CredentialFrame.headerTypes)
        try self.init(
            parsing: try credential.processed(plain: QualificationCredential.plainClaims))
    }

    /// Reads processed claims; an error names the claim that is missing or of another form.
    public init(parsing claims: ProcessedClaims) throws(CredentialError) {
        var reader = ClaimReader(claims.object)
        guard try reader.string("vct", limit: 1_024) == QualificationCredential.credentialType
        else { throw .wrongCredentialType(expected: QualificationCredential.credentialType) }
        frame = try CredentialFrame(reading: &reader)
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
        others = reader.others
    }

    /// The award as paper carries it, on a place of its own on a status list: for anybody who
    /// holds it, with name and birth year and nothing else about the person
    /// (`Protocol/paper.md § Credential`). What limits the award stays.
    public func onPaper(status: StatusReference) -> QualificationCredential {
        QualificationCredential(
            issuer: frame.issuer, country: frame.country, qualification: qualification,
            version: version, awarded: awarded, validUntil: validUntil, started: started,
            mode: mode, units: units, archive: archive, issuedAt: frame.issuedAt,
            expires: frame.expires, notBefore: frame.notBefore, status: status,
            name: frame.name, birthYear: frame.birthYear)
    }

    /// All claims, before any is made disclosable.
    public var claims: JSONObject {
        var claims = frame.heading(QualificationCredential.credentialType)
        claims["qualification"] = .string(qualification)
        claims["version"] = .string(version)
        claims["awarded"] = .string(awarded.description)
        claims["valid_until"] = validUntil.map { .string($0.description) }
        claims["started"] = started.map { .string($0.description) }
        claims["mode"] = mode.map(JSONValue.string)
        claims["units"] = units.map { .array($0.map(JSONValue.string)) }
        claims["archive"] = archive.map(JSONValue.string)
        frame.addClaims(to: &claims)
        for member in others.members { claims[member.name] = member.value }
        return claims
    }
}
