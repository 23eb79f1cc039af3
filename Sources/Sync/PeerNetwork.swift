internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// How long a peer may take.
public struct PeerLimits: Hashable, Sendable {
    /// Seconds until a connection stands.
    public var connectSeconds = 10
    /// Seconds until the answer begins, and the longest silence within it.
    public var idleSeconds = 20
    /// Seconds for a whole answer, beyond those that its bytes take at the slowest rate.
    public var totalSeconds = 30
    /// Bytes a second that a bad line must still manage, in both directions.
    public var slowestRate = 1_024

    public init() {}
}

/// The connections to all peers over HTTP; to be shut down when no longer needed.
public final class PeerNetwork: Sendable {
    let http: HTTPClient
    public let limits: PeerLimits
    /// The newest list of heads of each peer that was asked, with the tag under which it came.
    private let lists = Mutex<[PeerAddress: (tag: String, body: [UInt8])]>([:])

    public init(limits: PeerLimits = PeerLimits()) {
        var configuration = HTTPClient.Configuration()
        // A peer answers for itself; nobody sends us elsewhere.
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(
            connect: .seconds(Int64(limits.connectSeconds)),
            read: .seconds(Int64(limits.idleSeconds)))
        configuration.decompression = .disabled
        // A peer that is not there is asked again in the next round, not in this one.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        http = HTTPClient(configuration: configuration)
        self.limits = limits
    }

    public func client(_ address: PeerAddress) -> PeerClient {
        PeerClient(address: address, transport: self)
    }

    public func shutdown() async { try? await http.shutdown() }

    /// A network for as long as the body runs.
    public static func with<Value>(
        limits: PeerLimits = PeerLimits(),
        _ body: (PeerNetwork) async throws -> Value
    ) async throws -> Value {
        let network = PeerNetwork(limits: limits)
        do {
            let value = try await body(network)
            await network.shutdown()
            return value
        } catch {
            await network.shutdown()
            throw error
        }
    }
}

extension PeerNetwork: PeerTransport {
    public func send(
        _ request: PeerRequest, to address: PeerAddress, limit: Int
    ) async throws(SyncError) -> PeerClient.Answer {
        let path = request.path
        do {
            return try await exchange(request, address, limit)
        } catch let error as SyncError {
            throw error
        } catch let error as HTTPClientError {
            switch error {
            case .deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout,
                .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
                throw .timeout(address, path: path, seconds: limits.idleSeconds)
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
        _ asked: PeerRequest, _ address: PeerAddress, _ limit: Int
    ) async throws -> PeerClient.Answer {
        let path = asked.path
        var request = HTTPClientRequest(url: address.url + path)
        if asked.offset > 0 {
            request.headers.add(name: "range", value: "bytes=\(asked.offset)-")
        }
        if let body = asked.body {
            request.method = .POST
            request.headers.add(name: "content-type", value: asked.contentType)
            request.body = .bytes(body)
        }
        let list = path == PeerPath.heads ? lists.withLock { $0[address] } : nil
        if let list { request.headers.add(name: "if-none-match", value: list.tag) }
        let start = ContinuousClock.now
        // What is handed over may take as long as what is fetched.
        let sending = (asked.body?.count ?? 0) / limits.slowestRate
        let response = try await http.execute(
            request, timeout: .seconds(Int64(limits.idleSeconds + sending)))
        if response.status == .notModified, let list {
            return PeerClient.Answer(status: 200, body: list.body)
        }
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
            let allowed = limits.totalSeconds + sending + body.count / limits.slowestRate
            guard ContinuousClock.now - start < .seconds(allowed) else {
                throw SyncError.timeout(address, path: path, seconds: allowed)
            }
        }
        if path == PeerPath.heads, response.status == .ok,
            let tag = response.headers.first(name: "etag"), tag.utf8.count <= 64
        {
            remember(tag, body, of: address)
        }
        return PeerClient.Answer(status: Int(response.status.code), body: body)
    }

    private func remember(_ tag: String, _ body: [UInt8], of address: PeerAddress) {
        lists.withLock { lists in
            if lists[address] == nil, lists.count >= 256 { lists = [:] }
            lists[address] = (tag, body)
        }
    }
}
