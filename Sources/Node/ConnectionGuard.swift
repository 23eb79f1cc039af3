internal import HTTPTypes
internal import HummingbirdCore
internal import Metrics
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOHTTPTypes

/// What one connection may hold up, and how it ends when the node stops.
///
/// `Protocol/operation.md § Limits`. A request whose body stays behind its time is answered with
/// 408, an answer that nobody takes is given up, a connection without a request is closed, one
/// connection too many gets 503, and a head that has no end or is no HTTP gets 431 or 400. When the
/// node stops, requests that have begun are answered until the last byte is taken, and so are those
/// that come within the grace: they were on their way.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Limits: Hashable, Sendable {
        /// What a request, or the taking of an answer, has at least.
        var seconds: Int64 = 30
        /// What it has more: a second for so many bytes.
        var slowestRate: Int64 = 4_096
        /// How long a connection stays without a request.
        var idleSeconds: Int64 = 60
        /// How long a connection stays that is not served, or whose answer was sent before the
        /// request had been read.
        var lingerSeconds: Int64 = 2
        /// How long the node waits, when it stops, for a request that is on its way.
        var graceSeconds: Int64 = 2
    }

    /// What is read of a request after its answer, at most.
    private static let mostDropped = 16 << 20

    /// What a connection is at; `none` is also a request that was read and is being answered.
    private enum Transfer { case none, reading, answering }

    private let limits: Limits
    private let ledger: ConnectionLedger
    private let table: MetricsTable
    private let isForEverybody: @Sendable (_ path: String) -> Bool
    /// The other end, if it is another machine.
    private(set) var address: String?
    private var isOpen = false
    private var isServed = true
    private var isRefused = false
    private var transfer = Transfer.none
    private var isRequestRead = true
    /// The requests that were read whole.
    private(set) var requestCount = 0
    /// What learns the answers, if something does; the same connection's.
    private var gate: ShelfGate?
    private var context: ChannelHandlerContext?
    /// Of the request that is being read.
    private var path: String?
    /// The requests whose answers have not been taken.
    private var answersDue = 0
    private var isDropping = false
    private var dropped = 0
    private var began = NIODeadline.now()
    private var bytes: Int64 = 0
    private var watch: (deadline: NIODeadline, task: Scheduled<Void>)?
    private var isStopping = false

    /// - Parameter isForEverybody: whether pages of others may read a refusal at that path.
    init(
        limits: Limits, ledger: ConnectionLedger, table: MetricsTable,
        isForEverybody: @escaping @Sendable (_ path: String) -> Bool
    ) {
        self.limits = limits
        self.ledger = ledger
        self.table = table
        self.isForEverybody = isForEverybody
    }

    /// Whether nothing of a request or an answer is on its way, and more may come.
    var isAtRest: Bool {
        isOpen && isServed && !isStopping && !isDropping && answersDue == 0 && isRequestRead
    }

    func handlerAdded(context: ChannelHandlerContext) {
        gate = try? context.pipeline.syncOperations.handler(type: ShelfGate.self)
        gate?.guardian = self
        self.context = context
        let remote = context.channel.remoteAddress?.ipAddress
        address = remote.flatMap { NodeRequestContext.isLoopback($0) ? nil : $0 }
        isOpen = true
        isServed = ledger.open(address)
        begin(.none, context)
        if !isServed { closeLater(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { forget(context) }

    func channelInactive(context: ChannelHandlerContext) {
        forget(context)
        context.fireChannelInactive()
    }

    private func forget(_ context: ChannelHandlerContext) {
        watch?.task.cancel()
        watch = nil
        (gate, self.context) = (nil, nil)
        guard isOpen else { return }
        isOpen = false
        // Order: the room goes back to an address that is still known.
        ledger.release(ObjectIdentifier(context.channel))
        ledger.close(address)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        guard isServed else {
            guard case .head(let head) = part, !isRefused else { return }
            path = head.path
            refuse(context, 503, "too many connections; repeat later")
            return
        }
        guard !isDropping else {
            if case .body(let buffer) = part { dropped += buffer.readableBytes }
            if dropped > ConnectionGuard.mostDropped { context.close(promise: nil) }
            return
        }
        switch part {
        case .head(let head):
            path = head.path
            isRequestRead = false
            answersDue += 1
            begin(.reading, context)
        case .body(let buffer): bytes += Int64(buffer.readableBytes)
        case .end:
            isRequestRead = true
            requestCount += 1
            if transfer == .reading { begin(.none, context) }
        }
        context.fireChannelRead(data)
    }

    /// The gate sends an answer of so many bytes to a request that did not come this far.
    func sends(_ count: Int, _ send: (EventLoopPromise<Void>) -> Void) {
        guard let context else { return }
        answersDue += 1
        begin(.answering, context)
        bytes = Int64(count)
        send(taken(context))
    }

    /// Kept when the last byte of an answer was taken, or will never be.
    private func taken(_ context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in
            let (guardian, context) = bound.value
            guardian.answered(context)
        }
        return promise
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isServed else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head) where head.status.kind != .informational:
            // Whoever still sends is told that nobody reads on; whoever asks again, asks anew.
            if !isRequestRead || isStopping { head.headerFields[.connection] = "close" }
            begin(.answering, context)
            gate?.begins(head)
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body(let buffer):
            bytes += Int64(buffer.readableBytes)
            context.write(data, promise: promise)
        case .end:
            let taken = taken(context)
            taken.futureResult.cascade(to: promise)
            context.write(data, promise: taken)
            gate?.ends()
        case .head: context.write(data, promise: promise)
        }
    }

    private func answered(_ context: ChannelHandlerContext) {
        guard isOpen else { return }
        ledger.release(ObjectIdentifier(context.channel))
        answersDue -= 1
        begin(.none, context)
        if isRequestRead {
            if isStopping, answersDue == 0 { context.close(promise: nil) }
        } else {
            // What is left of the request is thrown away for a moment, so that the answer is not
            // lost with the connection, and then the line is cut.
            isDropping = true
            closeLater(context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        // Order: nobody further in hears of it, who would close before the answer is taken.
        guard !isStopping else { return }
        isStopping = true
        guard answersDue == 0 else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(limits.graceSeconds)) {
            let (guardian, context) = bound.value
            if guardian.isOpen, guardian.answersDue == 0 { context.close(promise: nil) }
        }
    }

    // MARK: Time

    private func begin(_ next: Transfer, _ context: ChannelHandlerContext) {
        transfer = next
        bytes = 0
        began = .now()
        schedule(context)
    }

    /// When what the connection is at has taken too long.
    private var deadline: NIODeadline {
        transfer == .none
            ? began + .seconds(limits.idleSeconds)
            : began + .seconds(limits.seconds + bytes / limits.slowestRate)
    }

    /// Looks again at the deadline, or before: a look that comes too early is cheaper than one
    /// that is moved with every request.
    private func schedule(_ context: ChannelHandlerContext) {
        let deadline = deadline
        if let watch, watch.deadline <= deadline { return }
        watch?.task.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let task = context.eventLoop.scheduleTask(deadline: deadline) {
            let (guardian, context) = bound.value
            guardian.watch = nil
            guardian.look(context)
        }
        watch = (deadline, task)
    }

    private func look(_ context: ChannelHandlerContext) {
        guard isOpen, isServed, !isDropping else { return }
        guard deadline <= .now() else { return schedule(context) }
        switch transfer {
        case .reading: refuse(context, 408, "the request came too slowly; repeat later")
        case .none where answersDue > 0: begin(.none, context)
        case .none, .answering: context.close(promise: nil)
        }
    }

    private func closeLater(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(limits.lingerSeconds)) {
            bound.value.close(promise: nil)
        }
    }

    // MARK: Refusals

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What still comes after a refusal is not read.
        guard !isRefused else { return }
        guard isServed, answersDue == 0, let fault = error as? HTTPParserError else {
            context.fireErrorCaught(error)
            return
        }
        path = nil
        if case .headerOverflow = fault {
            refuse(context, 431, "expected a head of at most 32 KiB and 100 fields")
        } else {
            refuse(context, 400, "expected a request of HTTP/1.1")
        }
    }

    /// Answers in the place of the routes, and closes.
    private func refuse(_ context: ChannelHandlerContext, _ status: Int, _ sentence: String) {
        isServed = false
        isRefused = true
        Counter(
            label: "concord_refused_total", dimensions: [("status", "\(status)")], factory: table
        ).increment()
        let problem = NodeAnswer.problem(status, sentence)
        let body = ByteBuffer(bytes: problem.body)
        var headers = problem.response.headers
        headers[.connection] = "close"
        headers[.contentLength] = "\(body.readableBytes)"
        // What was asked where nobody can read it belongs to nobody.
        if path.map(isForEverybody) ?? true { headers = CrossOrigin.opening(headers) }
        let head = HTTPResponse(status: .init(code: status), headerFields: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        // The line is cut a moment later, so that the answer is not lost with what still comes.
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        closeLater(context)
    }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
