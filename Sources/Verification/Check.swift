public import Language

/// The seven checks of a verdict, in their order.
///
/// `Protocol/verification.md § Checks`.
public enum VerificationStep: String, CaseIterable, Hashable, Sendable {
    case form, logs, issuer, credential, holder, status, worth
}

/// One check: how it ended and what it saw.
public struct Check: Hashable, Sendable {
    public enum Outcome: Hashable, Sendable {
        case passed
        case failed(ReasonCode)
        case undetermined(ReasonCode)

        /// 0 passed, 1 undetermined, 2 failed: the worst decides.
        public var severity: Int {
            switch self {
            case .passed: 0
            case .undetermined: 1
            case .failed: 2
            }
        }

        public var reason: ReasonCode? {
            switch self {
            case .passed: nil
            case .failed(let reason), .undetermined(let reason): reason
            }
        }
    }

    public let step: VerificationStep
    public let outcome: Outcome
    /// One sentence for people, in whatever language; names and dates come from the registry,
    /// never from the issuer's own text.
    public let detail: Message

    public init(_ step: VerificationStep, _ outcome: Outcome, _ detail: Message) {
        self.step = step
        self.outcome = outcome
        self.detail = detail
    }
}
