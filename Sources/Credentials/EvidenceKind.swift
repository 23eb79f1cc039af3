/// What a person can show beside a qualification (`Protocol/credential.md § Statements`).
public enum EvidenceKind: String, CaseIterable, Hashable, Sendable {
    case experience, test, language, registration, attestation
    case goodStanding = "good-standing"
    case adaptation, confirmation, background
}
