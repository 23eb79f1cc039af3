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

    /// The routes see a request now and then, so that a connection in use is not taken for idle.
    private static let longestAbsence = TimeAmount.seconds(20)

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
    private var answer: (bytes: ByteBuffer, status: Int, term: AnswerShelf.Term)?
    private var lastPassed = NIODeadline.now()

    init(_ shelf: AnswerShelf) { self.shelf = shelf }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard isPlain, let guardian, guardian.isAtRest else { return pass(data, context) }
        let bytes = unwrapInboundIn(data)
        // Order: an answer that nobody takes is not followed by another one from here.
        if context.channel.isWritable, NIODeadline.now() - lastPassed < ShelfGate.longestAbsence,
            let answer = shelf.answer(to: bytes, from: guardian.address)
        {
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(answer)), promise: nil)
            return
        }
        guard let request = PlainRequest(parsing: bytes) else { return pass(data, context) }
        let count = guardian.requestCount
        lastPassed = .now()
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
        let term: AnswerShelf.Term
        if head.status == .ok, head.headerFields[.cacheControl]?.contains("immutable") == true {
            term = .forEver
        } else if [.ok, .notModified].contains(head.status),
            LogDesk.answersFromLogs(question.path), let mark = question.mark
        {
            term = .untilChange(mark)
        } else {
            return
        }
        answer = (ByteBuffer(), Int(head.status.code), term)
    }

    /// The guardian has written the end of the answer.
    func ends() {
        defer { (question, answer) = (nil, nil) }
        guard let question, let answer else { return }
        shelf.keep(
            answer.bytes, to: question.bytes, path: question.path, status: answer.status,
            answer.term)
    }
}

@available(*, unavailable)
extension ShelfGate: Sendable {}
