/// The body of a peer's answer, bounded while it comes in and while it expands.
struct BodyCollector {
    private let limit: Int
    private let address: PeerAddress
    private let path: String
    /// nil: the body comes as it is.
    private let expansion: GzipExpansion?
    private var bytes: [UInt8] = []

    /// - Parameter coding: the answer's `Content-Encoding`; one that was not asked for is refused.
    init(
        limit: Int, coding: String?, from address: PeerAddress, _ path: String
    ) throws(SyncError) {
        (self.limit, self.address, self.path) = (limit, address, path)
        switch coding?.lowercased() {
        case nil, "identity": expansion = nil
        case Gzip.coding: expansion = GzipExpansion()
        default: throw .notWhatWasAsked(address, path: path, expected: "a body in gzip or as it is")
        }
    }

    mutating func append(_ part: [UInt8]) throws(SyncError) {
        guard let expansion else { return try take(part) }
        expansion.give(part)
        while true {
            switch expansion.next() {
            case .content(let content): try take(content)
            case .needsMore, .complete: return
            case .damaged: throw damaged
            }
        }
    }

    func finish() throws(SyncError) -> [UInt8] {
        if let expansion, expansion.next() != .complete { throw damaged }
        return bytes
    }

    private mutating func take(_ content: [UInt8]) throws(SyncError) {
        guard bytes.count + content.count <= limit else {
            throw .tooLarge(address, path: path, limit: limit)
        }
        bytes.append(contentsOf: content)
    }

    private var damaged: SyncError {
        .notWhatWasAsked(address, path: path, expected: "one whole gzip stream")
    }
}
