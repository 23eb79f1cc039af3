internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
public import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Synchronization
internal import UnixSignals

/// A node at work: its addresses over HTTP and its rounds with the peers, in one group of
/// services that stops together.
public struct NodeServer: Sendable {
    /// The file in the node's folder that holds the port while the node listens.
    public static let portFileName = "node.port"

    private let configuration: NodeConfiguration
    private let services: NodeServices
    private let folder: String?
    private let logger: Logger
    /// What a connection may hold up.
    var guardLimits = ConnectionGuard.Limits()

    /// - Parameter folder: the node's folder, for the runtime file.
    public init(
        configuration: NodeConfiguration, services: NodeServices, folder: String? = nil,
        logger: Logger
    ) {
        self.configuration = configuration
        self.services = services
        self.folder = folder
        self.logger = logger
    }

    /// Serves until the process is told to stop (SIGTERM, SIGINT) or the task is cancelled;
    /// answers that have begun are finished.
    ///
    /// - Parameter onListening: called once with the port, when requests are answered.
    public func run(
        handlingSignals: Bool = true,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws(NodeError) {
        let hasListened = Mutex(false)
        let portFile = folder.map { $0 + "/" + NodeServer.portFileName }
        let logger = logger
        NodeServer.allowConnections()
        let inherited = try InheritedSocket.taken()
        let (channel, renew) = try NodeChannel(
            configuration: configuration, services: services, folder: folder,
            limits: guardLimits, logger: logger
        ).made()
        let listener = Listener(
            place: inherited.map { .inherited($0) }
                ?? .address(host: configuration.host, port: configuration.port),
            channel: channel, logger: logger
        ) { port in
            if let portFile { NodeServer.write(port, to: portFile) }
            hasListened.withLock { $0 = true }
            logger.info("node listens", metadata: ["port": "\(port)"])
            await onListening(port)
        }
        let sync = SyncService(
            database: services.database, rules: services.rules, begin: services.begin,
            witness: services.witness, now: services.now, seconds: configuration.syncSeconds,
            limits: configuration.followLimits, generator: SystemRandomNumberGenerator(),
            logger: logger, mirror: services.mirror)
        let scrub = ScrubService(
            database: services.database, rules: services.rules, now: services.now,
            seconds: configuration.scrubSeconds, logger: logger)
        let certificate = CertificateService(
            files: configuration.tlsFiles, folder: folder, handlesSignals: handlingSignals,
            renew: renew, logger: logger)
        // Another process's file stays: only who listened takes the file away.
        defer {
            if hasListened.withLock({ $0 }) {
                logger.info("node stopped")
                if let portFile { try? FileManager.default.removeItem(atPath: portFile) }
            }
        }
        do {
            var group = ServiceGroupConfiguration(
                services: [listener, sync, scrub, certificate],
                gracefulShutdownSignals: handlingSignals ? [.sigterm, .sigint] : [],
                logger: logger)
            // Whoever takes an answer slowly does not hold the end up for ever.
            group.maximumGracefulShutdownDuration = .seconds(25)
            try await ServiceGroup(configuration: group).run()
        } catch is CancellationError {
            return
        } catch {
            throw failure(error)
        }
    }

    /// Each connection is an open file: as many are allowed as the system lets this process have.
    private static func allowConnections() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = min(limit.rlim_max, 1 << 17)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private func failure(_ error: any Error) -> NodeError {
        let (host, port) = (configuration.host, configuration.port)
        if let error = error as? IOError, error.errnoCode == EADDRINUSE {
            return .portOccupied(host: host, port: port)
        }
        return .cannotListen(host: host, port: port, reason: "\(error)")
    }

    private static func write(_ port: Int, to path: String) {
        try? Data("\(port)\n".utf8).write(to: URL(filePath: path), options: .atomic)
    }
}
