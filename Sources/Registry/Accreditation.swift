public import Encoding
public import TransparencyLog

/// An authority's finding that a body may award certain qualifications, with the body's key.
///
/// `Protocol/entry.md § Kinds`.
public struct Accreditation: Hashable, Sendable {
    public let body: String
    public let names: LocalizedText
    public let key: NoteKey
    public let qualifications: [String]
    public let site: String?
    /// The tier of the accreditor, where it has tiers.
    public let tier: Int64?
    public let period: Period
    /// Days after an award within which its batch must be logged: 30 unless said otherwise.
    public let loggingDays: Int64
    /// Whether the body may confirm awards of the past from its archive.
    public let allowsArchive: Bool
    /// Whether the body may accredit its campuses within its own scope.
    public let allowsDelegation: Bool
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        body = try reader.string("body")
        names = try LocalizedText(reading: &reader, "names")
        key = try reader.noteKey("key")
        qualifications = try reader.strings("qualifications")
        site = try reader.optionalString("site")
        tier = try reader.optionalInteger("tier")
        period = try Period(reading: &reader)
        loggingDays = try reader.optionalInteger("loggingDays", in: 1...90) ?? 30
        allowsArchive = try reader.optionalBool("archive") ?? false
        allowsDelegation = try reader.optionalBool("delegation") ?? false
        basis = try Basis(optional: &reader)
    }

    /// Whether the body was accredited for that qualification on that day, as stated.
    public func covers(_ qualification: String, on day: CalendarDate) -> Bool {
        qualifications.contains(qualification) && period.contains(day)
    }
}
