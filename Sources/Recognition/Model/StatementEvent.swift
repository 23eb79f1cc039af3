public import Encoding

/// What became of a statement: nothing is edited, events change its status.
///
/// `Protocol/recognition.md § Events`.
public struct StatementEvent: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case revoke, annul, void, suspend, reinstate, supersede, correct, expire
        case appeal
        case appealDecided = "appeal-decided"
        case conditionMet = "condition-met"
        case withdraw
        case withdrawStatement = "withdraw-statement"
        case keyCompromise = "key-compromise"
    }

    /// In files of cases the author of an event that the person of the decision made.
    static let holder = "holder"

    /// What it is about: one statement by its id, or all that a selector picks.
    public enum Target: Hashable, Sendable {
        case statement(String)
        case selector(Selector)
    }

    /// Awards and evidence of a body, of a site, between two days.
    public struct Selector: Hashable, Sendable {
        public let body: String?
        public let site: String?
        public let qualification: String?
        public let from: CalendarDate?
        public let until: CalendarDate?

        public init(
            body: String? = nil, site: String? = nil, qualification: String? = nil,
            from: CalendarDate? = nil, until: CalendarDate? = nil
        ) {
            self.body = body
            self.site = site
            self.qualification = qualification
            self.from = from
            self.until = until
        }

        /// What is not known of a statement does not excuse it from a selector that names more.
        public func selects(
            body: String?, site: String?, qualification: String?, on day: CalendarDate
        ) -> Bool {
            guard self.body != nil || self.site != nil || self.qualification != nil else {
                return false
            }
            return (self.body == nil || self.body == body)
                && (self.site == nil || self.site == site)
                && (self.qualification == nil || self.qualification == qualification)
                && (from.map { $0 <= day } ?? true) && (until.map { day <= $0 } ?? true)
        }
    }

    public let authorship: Authorship
    public let kind: Kind
    public let target: Target
    public let since: CalendarDate
    /// Whether it works from the start of what it is about.
    public let isRetroactive: Bool
    /// `condition-met`: the id of the condition.
    public let condition: String?

    public init(
        _ authorship: Authorship, kind: Kind, target: Target, since: CalendarDate,
        isRetroactive: Bool = false, condition: String? = nil
    ) {
        self.authorship = authorship
        self.kind = kind
        self.target = target
        self.since = since
        self.isRetroactive = isRetroactive
        self.condition = condition
    }

    /// Reads the members of a statement about a decision; the reader's other members are refused.
    public init(
        reading reader: inout MemberReader, _ authorship: Authorship
    ) throws(ParsingError) {
        let decision = try reader.string("decision")
        let path = reader.child("event")
        guard let kind = Kind(rawValue: try reader.string("event")),
            StatementEvent.ofDecisions.contains(kind)
        else {
            let known = StatementEvent.ofDecisions.map(\.rawValue).joined(separator: ", ")
            throw .wrongForm(path: path, expected: "a word out of \(known)")
        }
        let condition = try reader.optionalString("condition")
        let since = try reader.date("since")
        try reader.finish()
        self.init(
            authorship, kind: kind, target: .statement(decision), since: since,
            condition: condition)
    }

    /// The events that a credential can state of a decision.
    private static let ofDecisions: [Kind] = [
        .conditionMet, .appeal, .appealDecided, .withdraw,
    ]
}
