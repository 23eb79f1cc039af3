public import Encoding

/// What somebody attests about a person: experience, a test, a registration ...
///
/// `Protocol/recognition.md § Evidence`.
public struct Evidence: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable {
        case experience, test, language, registration, attestation, adaptation, confirmation
        case background
        case goodStanding = "good-standing"
    }

    public let authorship: Authorship
    public let holder: String
    public let kind: Kind
    public let name: String?
    public let occupation: String?
    public let jurisdiction: String?
    public let language: String?
    /// Of the language: A1 to C2.
    public let level: String?
    public let date: CalendarDate?
    public let since: CalendarDate?
    public let until: CalendarDate?
    /// Where a test was taken.
    public let site: String?
    /// Whether the work was lawful; nobody says that it was not unless somebody does.
    public let isLawful: Bool
    public let restrictions: [String]

    public var id: String { authorship.id }

    /// Reads the members of its statement; the reader's other members are refused.
    public init(
        reading reader: inout MemberReader, _ authorship: Authorship, holder: String
    ) throws(ParsingError) {
        self.authorship = authorship
        self.holder = holder
        let kindPath = reader.child("kind")
        guard let kind = Kind(rawValue: try reader.string("kind")) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .wrongForm(path: kindPath, expected: "a word out of \(known)")
        }
        self.kind = kind
        name = try reader.optionalString("name")
        occupation = try reader.optionalString("occupation")
        jurisdiction = try reader.optionalString("jurisdiction")
        language = try reader.optionalString("language")
        level = try reader.optionalString("level")
        date = try reader.optionalDate("date")
        since = try reader.optionalDate("since")
        until = try reader.optionalDate("until")
        guard date != nil || since != nil else {
            throw .missingMember(path: reader.child("date"))
        }
        site = try reader.optionalString("site")
        isLawful = try reader.optionalBool("lawful") ?? true
        restrictions = try reader.optionalStrings("restrictions") ?? []
        try reader.finish()
    }

    /// The first day on which it says anything.
    var begins: CalendarDate { date ?? since ?? .latest }

    /// Whether a registration is in force on that day.
    func isInForce(on day: CalendarDate) -> Bool {
        begins <= day && (until.map { day <= $0 } ?? true)
    }
}
