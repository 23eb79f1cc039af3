internal import Cryptography
public import Encoding

/// An entry at its place in a log.
///
/// The caller must have proven that the log holds it there: by its own verified copy, or by
/// an inclusion proof under an opened checkpoint.
public struct LoggedEntry: Hashable, Sendable {
    public let entry: RegistryEntry
    public let index: UInt64
    /// The quorum time of the earliest kept checkpoint that covers the entry; for an entry
    /// that no quorum covers yet, the time at which it is read.
    public let loggedTime: Timestamp
    /// Whether a checkpoint with quorum covers the entry.
    public let isWitnessed: Bool

    public init(entry: RegistryEntry, index: UInt64, loggedTime: Timestamp, isWitnessed: Bool) {
        self.entry = entry
        self.index = index
        self.loggedTime = loggedTime
        self.isWitnessed = isWitnessed
    }

    /// The order of the log; two entries at one index, which no log has, in that of their
    /// bytes' hashes, so that the fold is the same for all.
    static func precedes(_ left: LoggedEntry, _ right: LoggedEntry) -> Bool {
        if left.index != right.index { return left.index < right.index }
        return left.entry.identity.hexadecimal < right.entry.identity.hexadecimal
    }
}

/// An act that counts, or counted, with its end if it has one.
public struct StandingAct: Hashable, Sendable {
    public struct End: Hashable, Sendable {
        /// The index of the withdrawal.
        public let index: UInt64
        /// The day that the withdrawal states, if it states one.
        public let stated: CalendarDate?
        /// The first day on which the act no longer stands: the stated one, or the day on
        /// which the withdrawal was logged if that is later.
        public let effective: CalendarDate
        /// Whether the act is void from its start.
        public let isAnnulment: Bool

        /// - Precondition: a fold of the log has found it.
        public init(
            index: UInt64, stated: CalendarDate?, effective: CalendarDate, isAnnulment: Bool
        ) {
            self.index = index
            self.stated = stated
            self.effective = effective
            self.isAnnulment = isAnnulment
        }
    }

    public let logged: LoggedEntry
    /// Whether its author was mandated; an act outside its mandate is advice at most.
    public let isMandated: Bool
    public internal(set) var end: End?

    /// - Precondition: a fold of the log has found it so.
    public init(logged: LoggedEntry, isMandated: Bool, end: End? = nil) {
        self.logged = logged
        self.isMandated = isMandated
        self.end = end
    }

    public var act: Act { logged.entry.act }

    /// Whether it stood when the entry at that index was logged, on that day: a withdrawal
    /// may state a later day than its own.
    public func stands(at index: UInt64, on day: CalendarDate) -> Bool {
        guard logged.index <= index else { return false }
        return end.map { !$0.isAnnulment && (index < $0.index || day < $0.effective) } ?? true
    }

    /// Whether it stands for an event of that day.
    public func stands(on day: CalendarDate) -> Bool {
        end.map { day < $0.effective && !$0.isAnnulment } ?? true
    }
}
