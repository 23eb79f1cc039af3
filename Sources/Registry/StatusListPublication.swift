public import Cryptography
internal import Encoding

/// Number and hash of one published status list; the list itself is a blob.
///
/// `Protocol/status-list.md § Publication`. A list is current while no higher number of its
/// id stands in the log.
public struct StatusListPublication: Hashable, Sendable {
    public let body: String
    public let list: String
    public let number: UInt64
    /// SHA-256 of the status list token.
    public let hash: HashValue

    init(reading reader: inout MemberReader) throws(ParsingError) {
        body = try reader.string("body")
        list = try reader.string("list")
        number = UInt64(try reader.integer("number", in: 1...Int64.max))
        hash = try reader.hash("hash")
    }
}
