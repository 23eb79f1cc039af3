public import Cryptography
public import Encoding

/// A body's awards of a while as one entry: how many, of which days, under which root.
///
/// `Protocol/batch.md`. The leaf of a credential is the RFC 6962 leaf hash of its exact
/// compact issuer-signed JWT. Nothing personal is published.
public struct Batch: Hashable, Sendable {
    public let body: String
    public let statusList: String
    public let count: UInt64
    public let earliestAward: CalendarDate
    public let latestAward: CalendarDate
    public let root: HashValue

    init(reading reader: inout MemberReader) throws(ParsingError) {
        body = try reader.string("body")
        statusList = try reader.string("list")
        count = UInt64(try reader.integer("count", in: 1...(1 << 40)))
        earliestAward = try reader.date("earliest")
        latestAward = try reader.date("latest")
        guard earliestAward <= latestAward else {
            throw .wrongForm(path: reader.child("latest"), expected: "a date not before `earliest`")
        }
        root = try reader.hash("root")
    }
}
