public import Encoding

/// That a person may not practise an occupation, or only with restrictions.
public struct Alert: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case prohibited, restricted }

    public let authorship: Authorship
    public let holder: String
    public let occupation: String
    public let jurisdiction: String
    public let since: CalendarDate
    public let until: CalendarDate?
    public let kind: Kind

    public var id: String { authorship.id }

    /// Reads the members of its statement; the reader's other members are refused.
    public init(
        reading reader: inout MemberReader, _ authorship: Authorship, holder: String
    ) throws(ParsingError) {
        self.authorship = authorship
        self.holder = holder
        occupation = try reader.string("occupation")
        jurisdiction = try reader.string("jurisdiction")
        since = try reader.date("since")
        until = try reader.optionalDate("until")
        let kindPath = reader.child("kind")
        guard let kind = Kind(rawValue: try reader.optionalString("kind") ?? "prohibited") else {
            throw .wrongForm(path: kindPath, expected: "prohibited or restricted")
        }
        self.kind = kind
        try reader.finish()
    }

    func isInForce(on day: CalendarDate) -> Bool {
        since <= day && (until.map { day <= $0 } ?? true)
    }
}
