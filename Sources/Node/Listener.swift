internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOExtras
internal import NIOHTTPTypes
internal import NIOPosix
internal import ServiceLifecycle

/// Accepts connections on one socket until the node stops, and then ends when the last of them
/// has ended.
///
/// `Protocol/operation.md § Restart`. The socket is its own, or one that was handed over: that one
/// stays open with whoever holds it, with all that waits in its queue.
struct Listener: Service {
    enum Place {
        case address(host: String, port: Int)
        case inherited(Int32)
    }

    let place: Place
    let channel: any ServerChildChannel
    let logger: Logger
    /// Called once with the port, when requests are answered.
    let onListening: @Sendable (Int) async -> Void

    func run() async throws { try await run(channel) }

    private func run<Child: ServerChildChannel>(_ child: Child) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let quiescing = ServerQuiescingHelper(group: group)
        let gate = AcceptGate()
        let logger = logger
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(ChannelOptions.backlog, value: 1_024)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(ChannelOptions.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate.Handler(gate))
                    try channel.pipeline.syncOperations.addHandler(
                        quiescing.makeServerChannelHandler(channel: channel))
                }
            }
        let server: NIOAsyncChannel<Child.Value, Never>
        switch place {
        case .address(let host, let port):
            server = try await bootstrap.bind(host: host, port: port) { channel in
                child.setup(channel: channel, logger: logger)
            }
        case .inherited(let socket):
            server = try await bootstrap.bind(socket) { channel in
                child.setup(channel: channel, logger: logger)
            }
        }
        await withGracefulShutdownHandler {
            await onListening(server.channel.localAddress?.port ?? 0)
            await withDiscardingTaskGroup { group in
                do {
                    try await server.executeThenClose { connections in
                        for try await connection in connections {
                            gate.serves()
                            group.addTask { await child.handle(value: connection, logger: logger) }
                        }
                    }
                } catch {
                    logger.error("the listener failed", metadata: ["reason": "\(error)"])
                }
            }
        } onGracefulShutdown: {
            Task {
                await gate.close(server.channel)
                quiescing.initiateShutdown(promise: nil)
            }
        }
    }
}
