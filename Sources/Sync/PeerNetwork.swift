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
    /// Where bodies travel in gzip, in both directions.
    public var compression = Compression.betweenMachines

    public enum Compression: Hashable, Sendable {
        case never
        /// Not with a process of this machine, where it costs more than it saves.
        case betweenMachines
        case always
    }

    public init() {}
}

/// The connections to all peers over HTTP; to be shut down when no longer needed.
public final class PeerNetwork: Sendable {
    let http: HTTPClient
    public let limits: PeerLimits
    /// The newest list of heads of each peer that was asked, with the tag under which it came.
    private let lists = Mutex<[PeerAddress: (tag: String, body: [UInt8])]>([:])
    /// The peers that take no bodies in gzip.
    private let plainReaders = Mutex<Set<PeerAddress>>([])
    /// Who kept whom waiting.
    public let breaker = CircuitBreaker()

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
        // What is handed over is not read: a witness is asked all the same, beside others.
        if request.body == nil, !request.persists, breaker.isOpen(address) {
            throw .unreachable(address, reason: "it was silent before in this round")
        }
        do {
            return try await exchange(request, address, limit)
        } catch let error as SyncError {
            if case .timeout = error { breaker.trip(address) }
            throw error
        } catch let error as HTTPClientError {
            switch error {
            case .deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout,
                .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
                breaker.trip(address)
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

    public func compresses(_ address: PeerAddress) -> Bool {
        switch limits.compression {
        case .never: false
        case .betweenMachines: !address.isLoopback
        case .always: true
        }
    }

    private func exchange(
        _ asked: PeerRequest, _ address: PeerAddress, _ limit: Int
    ) async throws -> PeerClient.Answer {
        guard let body = asked.body, body.count >= 1_024, compresses(address),
            !plainReaders.withLock({ $0.contains(address) })
        else { return try await exchange(asked, asked.body, nil, address, limit) }
        let answer = try await exchange(
            asked, Gzip.compressed(body, effort: .most), Gzip.coding, address, limit)
        // Who does not know the coding says so, or takes the bytes for another form.
        guard [400, 415].contains(answer.status) else { return answer }
        plainReaders.withLock { peers in
            if peers.count >= 256 { peers = [] }
            peers.insert(address)
        }
        return try await exchange(asked, body, nil, address, limit)
    }

    private func exchange(
        _ asked: PeerRequest, _ body: [UInt8]?, _ coding: String?, _ address: PeerAddress,
        _ limit: Int
    ) async throws -> PeerClient.Answer {
        let path = asked.path
        var request = HTTPClientRequest(url: address.url + path)
        if asked.offset > 0 {
            request.headers.add(name: "range", value: "bytes=\(asked.offset)-")
        } else if compresses(address) {
            request.headers.add(name: "accept-encoding", value: Gzip.coding)
        }
        if let body {
            request.method = .POST
            request.headers.add(name: "content-type", value: asked.contentType)
            if let coding { request.headers.add(name: "content-encoding", value: coding) }
            request.body = .bytes(body)
        }
        let list = path == PeerPath.heads ? lists.withLock { $0[address] } : nil
        if let list { request.headers.add(name: "if-none-match", value: list.tag) }
        let start = ContinuousClock.now
        // What is handed over may take as long as what is fetched.
        let sending = (body?.count ?? 0) / limits.slowestRate
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
        var collector = try BodyCollector(
            limit: limit, coding: response.headers.first(name: "content-encoding"),
            from: address, path)
        var received = 0
        for try await part in response.body {
            received += part.readableBytes
            try collector.append(Array(part.readableBytesView))
            // A trickle keeps no connection: the silence limit alone would let it.
            let allowed = limits.totalSeconds + sending + received / limits.slowestRate
            guard ContinuousClock.now - start < .seconds(allowed) else {
                throw SyncError.timeout(address, path: path, seconds: allowed)
            }
        }
        let answer = try collector.finish()
        if path == PeerPath.heads, response.status == .ok,
            let tag = response.headers.first(name: "etag"), tag.utf8.count <= 64
        {
            remember(tag, answer, of: address)
        }
        return PeerClient.Answer(status: Int(response.status.code), body: answer)
    }

    private func remember(_ tag: String, _ body: [UInt8], of address: PeerAddress) {
        lists.withLock { lists in
            if lists[address] == nil, lists.count >= 256 { lists = [:] }
            lists[address] = (tag, body)
        }
    }
}
