import Credentials
public import Encoding

/// A statement about the person whose credential was verified, authentic by checks 1 to 6.
///
/// Made only by `Verifier`. What it is worth is not decided: a decision may be by an authority
/// without competence for it, one statement may contradict another, and an `id` is its
/// issuer's own, so that another issuer's statement may bear the same.
public struct VerifiedStatement: Hashable, Sendable {
    /// `decision`, `evidence`, `alert`, `link`, `decision-event`.
    public let kind: String
    public let id: String
    public let issuer: String
    /// Whose log knows the issuer.
    public let country: String
    public let issued: CalendarDate
    /// The entry of that log which holds its batch: the place in the log at which its issuer
    /// must have had the mandates that the statement needs.
    public let entry: UInt64
    /// Its members, of the form of `Protocol/credential.md § Statements`.
    public let statement: JSONObject
    public let name: String
    public let birthYear: Int64
    public let formerName: String?
    /// All passed, but for the holder where control of a key was not shown: then the verdict
    /// that rests on it is undetermined.
    public let checks: [Check]

    /// - Precondition: the checks are those of this credential, and it may be used.
    init(_ credential: StatementCredential, entry: UInt64, checks: [Check]) {
        kind = credential.kind.rawValue
        id = credential.id
        issuer = credential.issuer
        country = credential.country
        issued = credential.issued
        self.entry = entry
        statement = credential.statement
        name = credential.name
        birthYear = credential.birthYear
        formerName = credential.formerName
        self.checks = checks
    }
}
