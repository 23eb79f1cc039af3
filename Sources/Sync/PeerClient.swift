internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Asks one peer: bounded in bytes and in time, without redirects, every failure typed.
///
/// What comes back is parsed and nothing more: a peer is never believed, only what verifies.
public struct PeerClient: Sendable {
    public let address: PeerAddress
    let network: PeerNetwork

    /// What a peer answered to a request that may be refused.
    public struct Answer: Hashable, Sendable {
        public let status: Int
        public let body: [UInt8]
        /// Whether the body is the part that was asked for (status 206).
        public var isPartial: Bool { status == 206 }
    }

    /// The bytes at a path; every status but 200 is an error.
    public func get(_ path: String, limit: Int) async throws(SyncError) -> [UInt8] {
        let answer = try await send(HTTPClientRequest(url: address.url + path), path, limit)
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
        var request = HTTPClientRequest(url: address.url + path)
        request.headers.add(name: "range", value: "bytes=\(offset)-")
        let answer = try await send(request, path, limit)
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
        var request = HTTPClientRequest(url: address.url + path)
        request.method = .POST
        request.headers.add(name: "content-type", value: contentType)
        request.body = .bytes(body)
        return try await send(request, path, limit)
    }

    private func send(
        _ request: HTTPClientRequest, _ path: String, _ limit: Int
    ) async throws(SyncError) -> Answer {
        do {
            return try await exchange(request, path, limit)
        } catch let error as SyncError {
            throw error
        } catch let error as HTTPClientError {
            switch error {
            case .deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout,
                .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
                throw .timeout(address, path: path, seconds: network.limits.idleSeconds)
            case .cancelled: throw .cancelled
            default: throw .unreachable(address, reason: error.shortDescription)
            }
        } catch is HTTPParserError {
            throw .notWhatWasAsked(address, path: path, expected: "an answer in HTTP")
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .unreachable(address, reason: "no connection (\(type(of: error)))")
        }
    }

    private func exchange(
        _ request: HTTPClientRequest, _ path: String, _ limit: Int
    ) async throws -> Answer {
        var request = request
        request.headers.add(name: "user-agent", value: "concord")
        let start = ContinuousClock.now
        let response = try await network.http.execute(
            request, timeout: .seconds(Int64(network.limits.idleSeconds)))
        // Bounded before anything is collected, and again while it comes in.
        if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }),
            length > limit
        {
            throw SyncError.tooLarge(address, path: path, limit: limit)
        }
        var body: [UInt8] = []
        for try await part in response.body {
            body.append(contentsOf: part.readableBytesView)
            guard body.count <= limit else {
                throw SyncError.tooLarge(address, path: path, limit: limit)
            }
            // A trickle keeps no connection: the silence limit alone would let it.
            let allowed = network.limits.totalSeconds + body.count / network.limits.slowestRate
            guard ContinuousClock.now - start < .seconds(allowed) else {
                throw SyncError.timeout(address, path: path, seconds: allowed)
            }
        }
        return Answer(status: Int(response.status.code), body: body)
    }
}
