/// Asks one peer: bounded in bytes and in time, without redirects, every failure typed.
///
/// What comes back is parsed and nothing more: a peer is never believed, only what verifies.
public struct PeerClient: Sendable {
    public let address: PeerAddress
    let transport: any PeerTransport
    /// Whether it is asked although it was silent before in this round.
    private var persists = false

    init(address: PeerAddress, transport: any PeerTransport) {
        self.address = address
        self.transport = transport
    }

    /// The same peer, asked although it was silent: where little is left to ask for.
    var persisting: PeerClient {
        var client = self
        client.persists = true
        return client
    }

    /// What a peer answered to a request that may be refused.
    public struct Answer: Hashable, Sendable {
        public let status: Int
        public let body: [UInt8]
        /// Whether the body is the part that was asked for (status 206).
        public var isPartial: Bool { status == 206 }

        public init(status: Int, body: [UInt8]) {
            self.status = status
            self.body = body
        }
    }

    /// The bytes at a path; every status but 200 is an error.
    public func get(_ path: String, limit: Int) async throws(SyncError) -> [UInt8] {
        var request = PeerRequest(path: path)
        request.persists = persists
        let answer = try await transport.send(request, to: address, limit: limit)
        guard answer.status == 200 else {
            throw .status(address, path: path, code: answer.status)
        }
        return answer.body
    }

    /// The bytes at a path from an offset on; a peer that knows no ranges sends them all.
    public func get(
        _ path: String, from offset: Int, limit: Int
    ) async throws(SyncError) -> [UInt8] {
        guard offset > 0 else { return try await get(path, limit: limit) }
        var request = PeerRequest(path: path)
        request.offset = offset
        request.persists = persists
        let answer = try await transport.send(request, to: address, limit: limit)
        switch answer.status {
        case 206: return answer.body
        case 200: return Array(answer.body.dropFirst(offset))
        default: throw .status(address, path: path, code: answer.status)
        }
    }

    /// Sends a body; the status is for the caller to judge.
    public func post(
        _ path: String, _ body: [UInt8], contentType: String = "text/plain; charset=utf-8",
        limit: Int = 1 << 20
    ) async throws(SyncError) -> Answer {
        var request = PeerRequest(path: path)
        request.body = body
        request.contentType = contentType
        return try await transport.send(request, to: address, limit: limit)
    }
}
