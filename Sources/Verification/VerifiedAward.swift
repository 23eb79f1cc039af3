public import Credentials
public import Registry

/// A further award of the person whose credential was verified, authentic by checks 1 to 6.
///
/// Made only by `Verifier`.
public struct VerifiedAward: Hashable, Sendable {
    public let credential: QualificationCredential
    /// The version as the log of its country has it.
    public let qualification: Qualification?
    /// All passed, but for the holder where control of a key was not shown.
    public let checks: [Check]

    init(_ credential: QualificationCredential, _ qualification: Qualification?, checks: [Check]) {
        self.credential = credential
        self.qualification = qualification
        self.checks = checks
    }
}
