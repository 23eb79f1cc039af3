internal import HTTPTypes
internal import NIOCore

/// The first to see the bytes of a connection: answers from the shelf what is there, and passes
/// everything else on, to learn what comes back.
///
/// `Protocol/operation.md § Shelf`. It reads no HTTP: it knows bytes that were answered before.
/// From the first request on that is not plain, or comes before the last one's answer, the
/// connection is the routes' alone.
final class ShelfGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private struct Question {
        let bytes: ByteBuffer
        let path: String
        /// Of the logs before it was asked.
        let mark: Int64?
    }

    private let shelf: AnswerShelf
    /// Knows whether an answer is due; the same connection's.
    weak var guardian: ConnectionGuard?
    private var isPlain = true
    private var question: Question?
    private var answer: (bytes: ByteBuffer, status: Int)?

    init(_ shelf: AnswerShelf) { self.shelf = shelf }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isPlain, let guardian, guardian.isAtRest else { return pass(data, context) }
        let bytes = unwrapInboundIn(data)
        if let answer = shelf.answer(to: bytes, from: guardian.address) {
            guardian.sends(answer.readableBytes) { promise in
                context.writeAndFlush(wrapOutboundOut(.byteBuffer(answer)), promise: promise)
            }
            return
        }
        guard let request = PlainRequest(parsing: bytes) else { return pass(data, context) }
        let count = guardian.requestCount
        question = Question(bytes: bytes, path: request.path, mark: shelf.mark)
        context.fireChannelRead(data)
        // Order: the decoder must have read these bytes as one request and kept none of them.
        if guardian.requestCount != count + 1 { forget() }
    }

    private func pass(_ data: NIOAny, _ context: ChannelHandlerContext) {
        forget()
        context.fireChannelRead(data)
    }

    private func forget() {
        isPlain = false
        question = nil
        answer = nil
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if answer != nil, case .byteBuffer(var part) = unwrapOutboundIn(data) {
            answer?.bytes.writeBuffer(&part)
            if answer?.bytes.readableBytes ?? 0 > AnswerShelf.answerByteLimit { answer = nil }
        }
        context.write(data, promise: promise)
    }

    /// The guardian is about to write this head: what comes now is the question's answer.
    func begins(_ head: HTTPResponse) {
        guard let question, head.headerFields[.connection] == nil else { return }
        let isImmutable =
            head.status == .ok
            && head.headerFields[.cacheControl]?.contains("immutable") == true
        let isOfLogs =
            [.ok, .notModified].contains(head.status) && LogDesk.showsHeads(question.path)
        guard isImmutable || isOfLogs else { return }
        answer = (ByteBuffer(), Int(head.status.code))
    }

    /// The guardian has written the end of the answer.
    func ends() {
        defer { (question, answer) = (nil, nil) }
        guard let question, let answer, let mark = question.mark else { return }
        shelf.keep(
            answer.bytes, to: question.bytes, path: question.path, status: answer.status,
            mark: mark)
    }
}

@available(*, unavailable)
extension ShelfGate: Sendable {}
