public import Cryptography
public import Encoding

/// The end of an earlier act of the same author.
///
/// `Protocol/entry.md § Kinds`. It takes effect not before its own logged time, unless it
/// annuls the act from the start. A withdrawn act never returns.
public struct Withdrawal: Hashable, Sendable {
    /// The identity of the act that ends.
    public let act: HashValue
    public let from: CalendarDate?
    public let annuls: Bool
    public let reason: String

    init(reading reader: inout MemberReader) throws(ParsingError) {
        act = try reader.hash("act")
        from = try reader.optionalDate("from")
        annuls = try reader.optionalBool("annul") ?? false
        reason = try reader.string("reason")
    }
}
