public import Encoding

/// What an authority or an accredited body says about one person, as a credential that the
/// person holds (`Protocol/credential.md § Statements`).
///
/// The claims as they were disclosed, the statement's members of the form that its kind asks
/// for. Nothing is said about who signed, nor whether the issuer may say it.
@dynamicMemberLookup
public struct StatementCredential: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        /// What an authority decided about a qualification of the person.
        case decision
        /// What the person did, passed or is registered for.
        case evidence
        /// The person may not practise, or not freely.
        case alert
        /// The person had another name.
        case link
        /// What became of a decision.
        case decisionEvent = "decision-event"

        /// The `vct`.
        public var credentialType: String { "urn:concord:credential:\(rawValue):1" }

        init?(credentialType: String) {
            guard let kind = Kind.allCases.first(where: { $0.credentialType == credentialType })
            else { return nil }
            self = kind
        }

        /// The claims that every presentation must show.
        public var mandatoryDisclosures: [String] {
            CredentialFrame.mandatoryDisclosures + (self == .link ? ["former_name"] : [])
        }
    }

    /// The claims that must stand in the signed part.
    public static let plainClaims =
        CredentialFrame.plainClaims.union(["id", "issued", "statement"])

    /// What it shares with every credential; its members are also members of the statement.
    public var frame: CredentialFrame
    public var kind: Kind
    /// 32 hexadecimal digits: what other statements refer to.
    public var id: String
    /// The day of the credential, which may be later than what it tells of.
    public var issued: CalendarDate
    public var statement: JSONObject
    /// The name before, of a `link`; nil for all others.
    public var formerName: String?
    /// Further claims, as they stand; all of them are issued disclosable.
    public var others: JSONObject

    public init(
        _ kind: Kind, id: String, issued: CalendarDate, statement: JSONObject,
        formerName: String? = nil, frame: CredentialFrame, others: JSONObject = JSONObject()
    ) {
        self.kind = kind
        self.id = id
        self.issued = issued
        self.statement = statement
        self.formerName = formerName
        self.frame = frame
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
        try self.init(parsing: try credential.processed(plain: StatementCredential.plainClaims))
    }

    /// Reads processed claims; an error names the claim that is missing or of another form.
    public init(parsing claims: ProcessedClaims) throws(CredentialError) {
        var reader = ClaimReader(claims.object)
        guard let kind = Kind(credentialType: try reader.string("vct", limit: 1_024)) else {
            throw .wrongCredentialType(expected: "urn:concord:credential:KIND:1")
        }
        self.kind = kind
        frame = try CredentialFrame(reading: &reader)
        id = try reader.name("id")
        guard StatementForm.isID(id) else {
            throw .wrongClaim("id", expected: "32 lowercase hexadecimal digits")
        }
        issued = try reader.date("issued")
        guard case .object(let statement) = try reader.value("statement") else {
            throw .wrongClaim("statement", expected: "an object")
        }
        do throws(ParsingError) {
            try StatementForm.check(statement, of: kind, issued: issued)
        } catch { throw .malformedStatement(error) }
        self.statement = statement
        formerName = kind == .link ? try reader.string("former_name", limit: 400) : nil
        others = reader.others
    }

    /// All claims, before any is made disclosable.
    public var claims: JSONObject {
        var claims = frame.heading(kind.credentialType)
        claims["id"] = .string(id)
        claims["issued"] = .string(issued.description)
        claims["statement"] = .object(statement)
        frame.addClaims(to: &claims)
        claims["former_name"] = formerName.map(JSONValue.string)
        for member in others.members { claims[member.name] = member.value }
        return claims
    }
}
