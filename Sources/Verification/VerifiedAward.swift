public import Credentials
public import Registry

/// A further award of the person whose credential was verified, authentic by checks 1 to 6.
///
/// Made only by `Verifier`.
public struct VerifiedAward: Hashable, Sendable {
    public let credential: QualificationCredential
    /// How decisions that rest on it name it.
    public let reference: String
    /// The version as the log of its country has it.
    public let qualification: Qualification?
    /// All passed, but for the holder where control of a key was not shown.
    public let checks: [Check]

    init(
        _ credential: QualificationCredential, reference: String,
        _ qualification: Qualification?, checks: [Check]
    ) {
        self.credential = credential
        self.reference = reference
        self.qualification = qualification
        self.checks = checks
    }
}
