internal import NIOCore
internal import Synchronization

/// Stops a listener from taking connections, and knows when the last one that it took is served.
///
/// Order: a listener that is closed while a connection is between the system and whoever serves it
/// would lose that connection. So it is first told to take no more, and closed when none is between.
final class AcceptGate: Sendable {
    private struct State {
        var taken = 0
        var served = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Notes that somebody serves a connection.
    func serves() { state.withLock { $0.served += 1 } }

    var isIdle: Bool { state.withLock { $0.taken == $0.served } }

    fileprivate func take() { state.withLock { $0.taken += 1 } }
    fileprivate var isClosed: Bool { state.withLock(\.isClosed) }

    /// Lets no more connections in, and returns when all that came in are served, or after two
    /// seconds.
    func close(_ channel: any Channel) async {
        state.withLock { $0.isClosed = true }
        // On and off again: only so the channel forgets that it was going to read once more.
        try? await channel.setOption(ChannelOptions.autoRead, value: true)
            .flatMap { channel.setOption(ChannelOptions.autoRead, value: false) }.get()
        for _ in 0..<40 {
            try? await Task.sleep(for: .milliseconds(50))
            if isIdle { return }
        }
    }

    /// Stands in the listener's pipeline, before everything else.
    final class Handler: ChannelDuplexHandler {
        typealias InboundIn = Channel
        typealias InboundOut = Channel
        typealias OutboundIn = Never
        typealias OutboundOut = Never

        private let gate: AcceptGate

        init(_ gate: AcceptGate) { self.gate = gate }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            gate.take()
            context.fireChannelRead(data)
        }

        func read(context: ChannelHandlerContext) {
            if !gate.isClosed { context.read() }
        }
    }
}

@available(*, unavailable)
extension AcceptGate.Handler: Sendable {}
