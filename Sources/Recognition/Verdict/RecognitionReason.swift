/// Why a verdict is what it is, where the word alone does not say: the closed list of
/// `Protocol/recognition.md § Reasons`.
public enum RecognitionReason: Hashable, Sendable {
    // the award
    case signature, signatureUnverified
    case revoked, annulled, suspended
    case awardedOutsideMandate, awardingBodyUnknown
    case identity
    // the grounds
    case noGround, noAward
    /// Exhaustive criteria are not met.
    case criteria
    /// Facts that nobody has shown, by name.
    case need([String])
    /// An act that touches the answer holds predicates of these kinds that this version does not
    /// understand: nothing that a holder could show.
    case notUnderstood([String])
    /// Whether the occupation is regulated there (R12).
    case regulationUnknown
    // levels
    case unlevelled, noEndorsedPath
    // conflicts
    case equivocation(author: String, sequence: Int64)
    case contradiction, twoDecisions
    /// A log is older than the question allows: the country.
    case stale(String)
    /// The statement that decided, such as an alert, by its id.
    case act(String)
    // the verifier's own knowledge
    case noAnchorForDestination, qualificationUnknown

    /// As it stands in documents for machines.
    public var code: String {
        switch self {
        case .signature: "signature"
        case .signatureUnverified: "signature-unverified"
        case .revoked: "revoked"
        case .annulled: "annulled"
        case .suspended: "suspended"
        case .awardedOutsideMandate: "awarded-outside-mandate"
        case .awardingBodyUnknown: "awarding-body-unknown"
        case .identity: "identity"
        case .noGround: "no-ground"
        case .noAward: "no-award"
        case .criteria: "criteria"
        case .need(let facts): "need:" + facts.joined(separator: ",")
        case .notUnderstood(let kinds): "not-understood:" + kinds.joined(separator: ",")
        case .regulationUnknown: "regulation-unknown"
        case .unlevelled: "unlevelled"
        case .noEndorsedPath: "no-endorsed-path"
        case .equivocation(let author, let sequence): "equivocation:\(author)@\(sequence)"
        case .contradiction: "contradiction"
        case .twoDecisions: "two-decisions"
        case .stale(let country): "stale:\(country)"
        case .act(let id): id
        case .noAnchorForDestination: "no-anchor-for-destination"
        case .qualificationUnknown: "qualification-unknown"
        }
    }
}
