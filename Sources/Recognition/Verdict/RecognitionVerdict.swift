public import Encoding
import Registry

/// What an award is worth for a question: a word and everything that led to it.
///
/// An explanation, never itself a recognition. `Protocol/recognition.md § Verdict`.
public struct RecognitionVerdict: Hashable, Sendable {
    /// A statement that decided.
    public struct Ground: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case decision, instrument, equivalence, regulation, referencing, award, alert
            /// Any other, such as a mandate that two entries under one number give.
            case statement
        }

        public let id: String
        public let kind: Kind
        /// The authority that made it, where one is named.
        public let author: String?
        public let basis: String?
        public let since: CalendarDate?
        public let until: CalendarDate?

        public init(
            id: String, kind: Kind, author: String? = nil, basis: String? = nil,
            since: CalendarDate? = nil, until: CalendarDate? = nil
        ) {
            self.id = id
            self.kind = kind
            self.author = author
            self.basis = basis
            self.since = since
            self.until = until
        }
    }

    /// A ground that fits the question and did not decide, and why not.
    public struct Other: Hashable, Sendable {
        public enum Objection: Hashable, Sendable {
            /// Predicates of its entry that are not met, by kind.
            case notMet([String])
            /// Facts that nobody has shown.
            case unknown([String])
            /// Kinds of predicates in it that this version does not understand.
            case notUnderstood([String])
            case notInForce, otherPurpose, superseded, suspended
            /// Another ground is better for the holder, or decides before it.
            case outranked
        }

        public let id: String
        public let objection: Objection
    }

    public var word: RecognitionWord
    public var reason: RecognitionReason?
    public var grounds: [Ground] = []
    public var conditions: [OpenCondition] = []
    /// The part that is covered, where it is a part, or where units were mapped one by one.
    public var scope: [String] = []
    /// Units, essential variables, differences, or the criteria that are not met.
    public var missing: [String] = []
    /// Levels of the framework asked about; several are a band.
    public var level: [String] = []
    /// The framework of these levels.
    public var framework: String?
    /// As what it is recognised instead.
    public var alternative: String?
    public var notes: [RecognitionNote] = []
    /// The rules that fired, each once, in the order of `Rule`.
    public var rules: [Rule] = []
    /// The last day on which all that it rests on is in force, as known.
    public var until: CalendarDate?
    /// Authorities whom to ask, by id, the competent one first.
    public var ask: [String] = []
    public var nextSteps: [RecognitionStep] = []
    public var others: [Other] = []

    public init(_ word: RecognitionWord, reason: RecognitionReason? = nil, rules: [Rule] = []) {
        self.word = word
        self.reason = reason
        self.rules = rules
    }
}
