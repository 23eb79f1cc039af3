import Credentials
public import Encoding
import Registry

/// What became of a document that was handed over beside the main one.
///
/// Made only by `Verifier`. `Protocol/verification.md § Supporting documents`.
public struct SupportingDocument: Hashable, Sendable {
    public enum Word: String, Hashable, Sendable { case authentic, undetermined, invalid }

    /// `award`, `decision`, `evidence`, ...; nil if it did not read.
    public let kind: String?
    /// A statement's id; an award has none.
    public let id: String?
    public let issuer: String?
    /// As whoever allowed it to issue calls it.
    public let issuerName: String?
    public let country: String?
    /// The day of the award, or of the statement.
    public let day: CalendarDate?
    public let checks: [Check]
    /// Whether the answer may rest on it; what may not be used was ignored.
    public let isUsed: Bool

    init(_ finding: CredentialFinding, isUsed: Bool) {
        kind = finding.credential?.kindName
        if case .statement(let statement)? = finding.credential {
            id = statement.id
        } else {
            id = nil
        }
        let frame = finding.credential?.frame
        issuer = frame?.issuer
        issuerName = frame.flatMap { finding.issuer?.home?.state.name(of: $0.issuer) }
        country = frame?.country
        day = finding.credential?.day
        checks = finding.checks
        self.isUsed = isUsed
    }

    /// The check that decides about it.
    public var worst: Check? {
        var worst: Check?
        for check in checks where check.outcome.severity > worst?.outcome.severity ?? 0 {
            worst = check
        }
        return worst
    }

    public var word: Word {
        switch worst?.outcome.severity {
        case 2: .invalid
        case 1: .undetermined
        default: .authentic
        }
    }

    /// Why it is not authentic.
    public var reason: ReasonCode? { worst?.outcome.reason }
}
