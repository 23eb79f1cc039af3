public import Encoding

/// What is known of the making of a statement: who made it, and since when it is known here.
///
/// Nothing is edited: later statements say what became of earlier ones.
public struct Authorship: Hashable, Sendable {
    /// Whether its author was competent for it.
    public enum Competence: Hashable, Sendable {
        /// The log has judged it at the position of the act.
        case mandated, outsideMandate
        /// The engine judges by the mandates of the set.
        case toBeJudged
        /// It needs no author: a treaty in a file of cases.
        case notNeeded
    }

    /// The statement's id: what others refer to and what a verdict names.
    public let id: String
    public let author: String?
    public let competence: Competence
    /// The first day on which it is known; nil: always.
    public let recorded: CalendarDate?
    /// Its number among the author's statements; two under one number are a fork.
    public let sequence: Int64?

    public init(
        id: String, author: String?, competence: Competence = .toBeJudged,
        recorded: CalendarDate? = nil, sequence: Int64? = nil
    ) {
        self.id = id
        self.author = author
        self.competence = competence
        self.recorded = recorded
        self.sequence = sequence
    }

    func isKnown(on day: CalendarDate?) -> Bool {
        guard let day, let recorded else { return true }
        return recorded <= day
    }
}

/// An act of a log, or a draft of one, with its making and its end.
public struct KnownAct<Content: Hashable & Sendable>: Hashable, Sendable {
    public let authorship: Authorship
    public let content: Content
    /// The first day on which it no longer stands.
    public let end: CalendarDate?

    public init(_ content: Content, _ authorship: Authorship, end: CalendarDate? = nil) {
        self.content = content
        self.authorship = authorship
        self.end = end
    }

    public var id: String { authorship.id }

    func stands(on day: CalendarDate) -> Bool { end.map { day < $0 } ?? true }
}
