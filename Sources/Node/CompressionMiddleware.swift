internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Sync

/// Answers in gzip where whoever asks takes it and it makes the answer smaller, and takes bodies
/// in gzip.
///
/// `Protocol/sync.md § Compression`. For every address alike. No answer holds a secret that its
/// length could give away: there is no password, token or session. A body expands while its
/// address reads it, which stops at the address's limit.
struct CompressionMiddleware: RouterMiddleware {
    typealias Context = NodeRequestContext

    /// A shorter body does not pay for the header.
    static let leastByteCount = 256

    /// What is compressed already.
    private static let compressedTypes = [
        "image/png", "image/jpeg", "image/webp", "font/woff2", "application/pdf",
        "application/zip", "application/gzip",
    ]

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var request = request
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "identity": break
        case Gzip.coding:
            // From here on it is a body of no known length.
            var head = request.head
            head.headerFields[.contentEncoding] = nil
            head.headerFields[.contentLength] = nil
            request = Request(
                head: head, body: RequestBody(asyncSequence: ExpandedBody(request.body)))
        default:
            var refusal = NodeAnswer.problem(415, "expected a body in gzip, or as it is").response
            refusal.headers[.acceptEncoding] = Gzip.coding
            return refusal
        }
        do {
            return try await compressed(next(request, context), for: request)
        } catch let error as NodeError {
            return NodeAnswer(failure: error).response
        }
    }

    private func compressed(
        _ response: Response, for request: Request
    ) async throws -> Response {
        let asks = AcceptedCodings(request.headers[.acceptEncoding] ?? "").includes(Gzip.coding)
        var response = response
        if response.status == .notModified, asks {
            // The mark of the answer that the reader has.
            response.headers[.eTag] = response.headers[.eTag].map { mark in
                EntityMark.weakened(mark, asIn: request.headers[.ifNoneMatch])
            }
            return response
        }
        guard gains(response) else { return response }
        response.headers[.vary] =
            (response.headers[.vary].map { $0 + ", " } ?? "") + "Accept-Encoding"
        guard asks, request.method != .head else { return response }
        let collector = BodyCollector()
        try await response.body.write(collector)
        let whole = collector.bytes
        // What never changes may cost more: peers fetch it from far away.
        let isImmutable = response.headers[.cacheControl]?.contains("immutable") == true
        let bytes = Gzip.compressed(whole, effort: isImmutable ? .most : .usual)
        guard bytes.count + 32 < whole.count else {
            response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: whole))
            return response
        }
        response.body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        response.headers[.contentLength] = "\(bytes.count)"
        response.headers[.contentEncoding] = Gzip.coding
        // Two codings of one answer are not the same bytes (RFC 9110 § 8.8.1).
        response.headers[.eTag] = response.headers[.eTag].map(EntityMark.weakened)
        return response
    }

    /// Whether it is worth trying. A part of bytes stays as it is: its range counts them so.
    private func gains(_ response: Response) -> Bool {
        guard let count = response.body.contentLength, count >= Self.leastByteCount,
            response.status != .partialContent, response.headers[.contentEncoding] == nil
        else { return false }
        let type = response.headers[.contentType] ?? ""
        return !Self.compressedTypes.contains { type.hasPrefix($0) }
    }
}

/// The whole of a body that an address made.
private final class BodyCollector: ResponseBodyWriter {
    private(set) var bytes: [UInt8] = []

    func write(_ buffer: ByteBuffer) { bytes.append(contentsOf: buffer.readableBytesView) }

    func finish(_ trailingHeaders: HTTPFields?) {}
}

/// A body in gzip as what it expands to, no further ahead than it is read.
private struct ExpandedBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    private let body: RequestBody

    init(_ body: RequestBody) { self.body = body }

    struct AsyncIterator: AsyncIteratorProtocol {
        var parts: RequestBody.AsyncIterator
        let expansion = GzipExpansion()

        mutating func next() async throws -> ByteBuffer? {
            while true {
                switch expansion.next() {
                case .content(let bytes): return ByteBuffer(bytes: bytes)
                case .complete:
                    guard let part = try await parts.next() else { return nil }
                    expansion.give(Array(part.readableBytesView))
                case .needsMore:
                    guard let part = try await parts.next() else { throw NodeError.damagedBody }
                    expansion.give(Array(part.readableBytesView))
                case .damaged: throw NodeError.damagedBody
                }
            }
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(parts: body.makeAsyncIterator()) }
}
