public import Credentials
internal import Cryptography
public import Encoding

/// What an authority or an accredited body wants to state about one person.
///
/// As JSON: `kind`, `name`, `birth_year`, `statement` (the members of the kind, as in
/// `Protocol/credential.md § Statements`), and where they apply `former_name` (of a link),
/// `birthdate`, `issued` (the day of the statement, else today), `expires` (its last day) and
/// `holder_key` (a key file, or the public key, to which it is bound).
public struct StatementRequest: Hashable, Sendable {
    public let kind: StatementCredential.Kind
    public let name: String
    public let birthYear: Int64
    public let birthdate: CalendarDate?
    public let formerName: String?
    public let issued: CalendarDate?
    public let expires: CalendarDate?
    public let holderKey: String?
    public let statement: JSONObject

    public init(parsing bytes: [UInt8]) throws(ParsingError) {
        let value = try JSONValue(parsing: bytes, limits: JSONLimits(size: 1 << 20, depth: 16))
        var reader = try MemberReader(value, at: "")
        guard let kind = StatementCredential.Kind(rawValue: try reader.string("kind")) else {
            let known = StatementCredential.Kind.allCases.map(\.rawValue)
            throw .wrongForm(path: "kind", expected: "one of \(known.joined(separator: ", "))")
        }
        self.kind = kind
        name = try reader.string("name")
        birthYear = try reader.integer("birth_year", in: 1_850...2_200)
        birthdate = try reader.optionalDate("birthdate")
        formerName = kind == .link ? try reader.string("former_name") : nil
        issued = try reader.optionalDate("issued")
        expires = try reader.optionalDate("expires")
        holderKey = try reader.optionalString("holder_key")
        let statement = try reader.value("statement")
        guard case .object(let members) = statement else {
            throw .wrongType(path: "statement", expected: "an object", found: statement.kind)
        }
        self.statement = members
        try reader.finish()
    }

    /// The credential to sign for this statement.
    func credential(
        id: String, by issuer: String, country: String, status: StatusReference,
        at now: Timestamp, holder: JSONWebKey?
    ) -> StatementCredential {
        StatementCredential(
            kind, id: id, issued: issued ?? now.day, statement: statement, formerName: formerName,
            frame: CredentialFrame(
                issuer: issuer, country: country, issuedAt: now,
                expires: expires?.adding(days: 1).start, status: status,
                holderKey: holder, name: name, birthYear: birthYear,
                birthdate: birthdate))
    }
}
