internal import Encoding

/// Whether an occupation is regulated in a place and sector, and by whom.
///
/// `Protocol/entry.md § Kinds`, `recognition.md` R10 and R11.
public struct Regulation: Hashable, Sendable {
    /// ISO 3166-1 or -2.
    public let jurisdiction: String
    /// An ISCO-08 code.
    public let occupation: String
    public let sector: String?
    public let isRegulated: Bool
    public let authority: String?
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        jurisdiction = try reader.string("jurisdiction")
        occupation = try reader.string("occupation")
        sector = try reader.optionalString("sector")
        isRegulated = try reader.bool("regulated")
        authority = try reader.optionalString("authority")
        basis = try Basis(optional: &reader)
    }
}
