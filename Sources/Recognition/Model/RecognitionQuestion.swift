public import Encoding
public import Registry

/// For whom, for what, where and when the worth of awards is asked.
///
/// `Protocol/recognition.md § Question`.
public struct RecognitionQuestion: Hashable, Sendable {
    /// ISO 3166-1 or -2.
    public var destination: String
    public var purpose: Purpose
    /// The pseudonym under which the holder asks; nil: the documents are known to be of one person.
    public var holder: String?
    /// The ids of the awards that are shown.
    public var awards: [String]
    public var target: Target
    /// Where the target names no occupation: those that stand for it, of the qualification asked
    /// about or of the awards. Empty: as the statements know them.
    public var occupations: [String]
    /// The framework whose level is meant where the target names neither one nor a qualification of
    /// one: the destination's.
    public var framework: String?
    /// The essential variables of the task asked about.
    public var task: [String: TaskValue]
    public var day: CalendarDate
    /// What was known then counts; nil: all that the set holds.
    public var knownAt: CalendarDate?
    /// What the holder states and shows of themselves: nationality, a status.
    public var facts: JSONObject
    /// How many days old what is known of a country is, where that is not nothing.
    public var staleDays: [String: Int64]
    /// The limit of the anchor's policy.
    public var maxStaleDays: Int64?
    /// Bodies of which nobody here would know what was declared void: their country's log is not
    /// at hand, is too old, or cannot be relied on.
    public var unwatched: Set<String>
    /// Whether the statements about the person are all there are, as in a file of cases. A
    /// verdict on documents that a holder chose to show never says so (R12).
    public var isComplete: Bool

    public init(
        destination: String, purpose: Purpose, holder: String? = nil, awards: [String],
        target: Target = Target(), occupations: [String] = [], task: [String: TaskValue] = [:],
        day: CalendarDate,
        knownAt: CalendarDate? = nil, facts: JSONObject = JSONObject(),
        staleDays: [String: Int64] = [:], maxStaleDays: Int64? = nil,
        unwatched: Set<String> = [], framework: String? = nil, isComplete: Bool = false
    ) {
        self.destination = destination
        self.purpose = purpose
        self.holder = holder
        self.awards = awards
        self.target = target
        self.occupations = occupations
        self.task = task
        self.day = day
        self.knownAt = knownAt
        self.facts = facts
        self.staleDays = staleDays
        self.maxStaleDays = maxStaleDays
        self.unwatched = unwatched
        self.framework = framework
        self.isComplete = isComplete
    }
}
