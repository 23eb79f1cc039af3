/// What an issuer does to the status of one certificate, and the closed list of reasons for it.
///
/// `Protocol/status-list.md § Reasons`. The log gets the status alone; the reason stays with the
/// issuer, in the audit trail.
public enum StatusChange: String, CaseIterable, Sendable {
    /// For good.
    case revoke
    /// Until it is reinstated or revoked.
    case suspend
    /// Ends a suspension.
    case reinstate
    /// For good, because another certificate takes its place.
    case replace

    public var reasons: [String] {
        switch self {
        case .revoke:
            [
                "fraud by holder", "proxy assessee", "fraud at assessment centre",
                "clerical error", "awarding body without mandate", "accreditation annulled",
                "duplicate", "identity error", "holder request", "superseded",
            ]
        case .suspend:
            [
                "suspected fraud", "assessment under review", "identity in doubt",
                "accreditation under review", "court order", "holder request",
            ]
        case .reinstate:
            ["review found no fault", "suspended in error", "court order", "holder request"]
        case .replace:
            [
                "name changed", "clerical error", "identity error", "key lost",
                "holder request",
            ]
        }
    }
}
