internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// How long a peer may take.
public struct PeerLimits: Hashable, Sendable {
    /// Seconds until a connection stands.
    public var connectSeconds = 10
    /// Seconds until the answer begins, and the longest silence within it.
    public var idleSeconds = 20
    /// Seconds for a whole answer, beyond those that its bytes take at the slowest rate.
    public var totalSeconds = 30
    /// Bytes a second that a bad line must still manage.
    public var slowestRate = 1_024

    public init() {}
}

/// The connections to all peers; to be shut down when no longer needed.
public final class PeerNetwork: Sendable {
    let http: HTTPClient
    public let limits: PeerLimits

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
        PeerClient(address: address, network: self)
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
