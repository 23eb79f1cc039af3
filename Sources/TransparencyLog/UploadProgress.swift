internal import Encoding

/// How far an upload has come: the body `text/x.tlog.mirror-info` of `add-entries`
/// (C2SP tlog-mirror § add-entries).
public struct UploadProgress: Hashable, Sendable {
    public static let contentType = "text/x.tlog.mirror-info"
    public static let byteLimit = 1 << 17

    /// The size of a checkpoint under which entries are taken.
    public let size: UInt64
    /// The index of the first entry that is wanted.
    public let next: UInt64
    public let ticket: [UInt8]

    public init(size: UInt64, next: UInt64, ticket: [UInt8]) {
        self.size = size
        self.next = next
        self.ticket = ticket
    }

    /// Reads three lines.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= UploadProgress.byteLimit else {
            throw .tooLarge(.uploadProgress, limit: UploadProgress.byteLimit, found: bytes.count)
        }
        var reader = LineReader(bytes, as: .uploadProgress)
        size = try reader.number("a tree size in decimal")
        next = try reader.number("the index of the next entry in decimal")
        guard let ticket = Base64.standard.decode(utf8: try reader.line("a ticket in base64"))
        else { throw reader.wrong("a ticket in base64") }
        guard reader.isAtEnd else { throw reader.wrong("nothing after the third line") }
        self.ticket = ticket
    }

    public var serialized: [UInt8] {
        Array("\(size)\n\(next)\n\(Base64.standard.encode(ticket))\n".utf8)
    }
}
