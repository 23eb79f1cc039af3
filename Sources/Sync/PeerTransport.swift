/// What a node is asked: an address below its own, from a byte on, or with a body.
public struct PeerRequest: Hashable, Sendable {
    public let path: String
    /// The first byte that is wanted; the caller has those before it.
    public var offset = 0
    /// The body of a request that hands something over; nil for one that reads.
    public var body: [UInt8]?
    public var contentType = "text/plain; charset=utf-8"
    /// Whether it is sent to a peer that was silent before in this round, too.
    public var persists = false

    public init(path: String) { self.path = path }
}

/// How requests reach a peer: over HTTP, or in a file that somebody carried here.
///
/// What comes back is bounded by `limit` and believed in nothing, whichever way it came.
public protocol PeerTransport: Sendable {
    func send(
        _ request: PeerRequest, to address: PeerAddress, limit: Int
    ) async throws(SyncError) -> PeerClient.Answer

    /// Whether what is asked of that peer comes in gzip if the peer can do it.
    func compresses(_ address: PeerAddress) -> Bool
}

extension PeerTransport {
    public func compresses(_ address: PeerAddress) -> Bool { false }
}
