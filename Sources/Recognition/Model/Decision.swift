public import Encoding
public import Registry

/// The decision of an authority about one person, as a credential that the person holds.
///
/// `Protocol/recognition.md § Decisions`.
public struct Decision: Hashable, Sendable {
    /// The body to which the holder may appeal, and within how many days.
    public struct Remedy: Hashable, Sendable {
        public let body: String
        public let days: Int64?
    }

    /// What it rests on that the decision itself describes: an award or a test by its body, site
    /// and day, so that whoever declares those void reaches it.
    public struct Use: Hashable, Sendable {
        public let body: String
        public let site: String?
        public let qualification: String?
        public let date: CalendarDate
    }

    /// Until when it counts: one day for all purposes, or a day for each.
    public enum Expiry: Hashable, Sendable {
        case never
        case all(CalendarDate)
        case byPurpose([String: CalendarDate])

        /// - Parameter purposes: those of the decision: one that is borrowed ends with the one
        ///   that lends it.
        func end(for purpose: Purpose, of purposes: [String]) -> CalendarDate? {
            switch self {
            case .never: return nil
            case .all(let day): return day
            case .byPurpose(let days):
                if let day = days[purpose.rawValue] { return day }
                let ends = purpose.served(by: purposes).map { days[$0] }
                return ends.contains(nil) ? nil : ends.compactMap { $0 }.max()
            }
        }
    }

    public var authorship: Authorship
    public let holder: String
    public let jurisdiction: String
    public let occupation: String?
    public let decided: CalendarDate
    public let purposes: [String]
    public let target: Target
    public let result: RecognitionWord
    /// The authority's own word for the result.
    public let wording: String?
    public let scope: [String]
    public let differences: [String]
    public let conditions: [Condition]
    /// `exam`: it rests on a test that must stand.
    public let via: String?
    /// The id of the evidence or decision on which it rests.
    public let premise: String?
    public let basedOn: [String]
    public let uses: [Use]
    public let expiry: Expiry
    public let supersedes: String?
    public let alternative: String?
    public let remedy: Remedy?
    public let basis: String?

    public var id: String { authorship.id }

    /// The last day on which it counts for a purpose; nil: no end is stated.
    func end(for purpose: Purpose) -> CalendarDate? { expiry.end(for: purpose, of: purposes) }

    /// What a mandate for it must cover: all of one of these lists.
    public var subjects: [[String]] { target.subjects(for: occupation) }

    /// Reads the members of its statement; the reader's other members are refused.
    public init(
        reading reader: inout MemberReader, _ authorship: Authorship, holder: String,
        isDraft: Bool = false
    ) throws(ParsingError) {
        self.authorship = authorship
        self.holder = holder
        jurisdiction = try reader.string("jurisdiction")
        occupation = try reader.optionalString("occupation")
        decided = try reader.date("decided")
        purposes = try reader.strings("purposes")
        if var targetReader = try reader.optionalReader("target") {
            target = try Target(reading: &targetReader)
        } else {
            target = Target()
        }
        let resultPath = reader.child("result")
        guard let result = RecognitionWord(rawValue: try reader.string("result")),
            Decision.results.contains(result)
        else {
            let known = Decision.results.map(\.rawValue).joined(separator: ", ")
            throw .wrongForm(path: resultPath, expected: "a word out of \(known)")
        }
        self.result = result
        wording = try reader.optionalString("wording")
        scope = try reader.optionalStrings("scope") ?? []
        differences = try reader.optionalStrings("differences") ?? []
        conditions = try Condition.list(&reader, "conditions", isDraft: isDraft)
        via = try reader.optionalString("via")
        premise = try reader.optionalString("premise")
        basedOn = try reader.optionalStrings("basedOn") ?? []
        uses = try Decision.uses(&reader)
        expiry = try Decision.expiry(&reader)
        supersedes = try reader.optionalString("supersedes")
        alternative = try reader.optionalString("alternative")
        remedy = try Decision.remedy(&reader)
        basis = try reader.optionalString("basis")
        try reader.finish()
    }

    /// The words that an authority may decide.
    static let results: [RecognitionWord] = [
        .granted, .provisional, .conditional, .partial, .alternative, .refused,
    ]

    private static func uses(_ reader: inout MemberReader) throws(ParsingError) -> [Use] {
        guard reader.optionalValue("uses") != nil else { return [] }
        var uses: [Use] = []
        for var item in try reader.readers("uses") {
            uses.append(
                Use(
                    body: try item.string("body"), site: try item.optionalString("site"),
                    qualification: try item.optionalString("qualification"),
                    date: try item.date("date")))
            try item.finish()
        }
        return uses
    }

    private static func expiry(_ reader: inout MemberReader) throws(ParsingError) -> Expiry {
        switch reader.optionalValue("expires") {
        case nil: return .never
        case .string: return .all(try reader.date("expires"))
        default:
            var days: [String: CalendarDate] = [:]
            var item = try reader.reader("expires")
            for purpose in Purpose.allCases {
                days[purpose.rawValue] = try item.optionalDate(purpose.rawValue)
            }
            try item.finish()
            return .byPurpose(days)
        }
    }

    private static func remedy(_ reader: inout MemberReader) throws(ParsingError) -> Remedy? {
        guard var item = try reader.optionalReader("remedy") else { return nil }
        let remedy = Remedy(
            body: try item.string("body"), days: try item.optionalInteger("days"))
        try item.finish()
        return remedy
    }
}

extension Target {
    /// What a mandate must cover for a statement about this target and an occupation: a mandate
    /// for one occupation is none for the other that the target names.
    func subjects(for occupation: String?) -> [[String]] {
        let own = self["occ"] == nil ? occupation.map { ["isco:\($0)"] } : nil
        return [own, scope].compactMap { $0 }
    }
}
