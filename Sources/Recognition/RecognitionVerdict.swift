public import Encoding
public import Registry

/// What an award is worth for a question: a word and everything that led to it.
///
/// An explanation, never itself a recognition.
public struct RecognitionVerdict: Hashable, Sendable {
    /// A statement that decided, as its log holds it.
    public struct Ground: Hashable, Sendable {
        public let entry: LoggedEntry
        public let author: String
        public let basis: Basis?
        public let since: CalendarDate?
        public let until: CalendarDate?
    }

    public var word: RecognitionWord
    public var reason: String?
    public var grounds: [Ground] = []
    public var conditions: [String] = []
    /// The part that is covered, where it is a part.
    public var scope: [String] = []
    public var missing: [String] = []
    public var notes: [String] = []
    public var rules: [Rule] = []
    /// Authorities whom to ask, by id.
    public var ask: [String] = []

    public init(_ word: RecognitionWord, reason: String? = nil, rules: [Rule] = []) {
        self.word = word
        self.reason = reason
        self.rules = rules
    }
}
