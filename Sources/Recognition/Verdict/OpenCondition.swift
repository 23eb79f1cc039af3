public import Encoding
public import Registry

/// A condition that is still to be met before a right is whole.
public struct OpenCondition: Hashable, Sendable {
    public enum Origin: Hashable, Sendable {
        /// It stands in a ground: the id of that statement.
        case ground(String)
        /// An award that the purpose needs has lapsed.
        case lapsed(award: String)
        /// T6: a successor of the state that is gone must attest the award.
        case successorState(award: String)
        /// R12: good standing must be shown.
        case goodStanding
    }

    /// `renew:<award>` for a lapsed award, `successor-attestation` for T6, `good-standing` for
    /// R12, else as its author named it.
    public let id: String
    public let origin: Origin
    /// One of these suffices, the holder chooses; empty: only the authority can say that it is
    /// met.
    public let alternatives: [Predicate]
    public let stage: Condition.Stage
    public let deadline: CalendarDate?

    public init(
        id: String, origin: Origin, alternatives: [Predicate] = [],
        stage: Condition.Stage = .before, deadline: CalendarDate? = nil
    ) {
        self.id = id
        self.origin = origin
        self.alternatives = alternatives
        self.stage = stage
        self.deadline = deadline
    }
}
