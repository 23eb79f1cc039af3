internal import Encoding
internal import Hummingbird
internal import NIOHTTP1
public import Sync

/// What a node answers to a request: status, type, bytes.
public struct NodeAnswer: Hashable, Sendable {
    public var status: Int
    public var contentType: String
    public var body: [UInt8]
    /// How long a cache may keep it.
    public var caching: Caching = .none

    public enum Caching: Hashable, Sendable {
        case none
        /// The bytes at this address never change.
        case immutable
        /// It answers one person's question: nobody keeps it.
        case never
    }

    /// Further headers, by their names.
    public var headers: [String: String] = [:]

    public init(_ status: Int, contentType: String, body: [UInt8], caching: Caching = .none) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.caching = caching
    }

    /// A refusal is a problem for programs; what C2SP says of a size stays as it says.
    public init(_ answer: Witness.Answer) {
        guard answer.status >= 400, answer.contentType == ContentType.text else {
            self.init(answer.status, contentType: answer.contentType, body: answer.body)
            return
        }
        let sentence = String(decoding: answer.body, as: UTF8.self)
        self = .problem(answer.status, String(sentence.prefix { $0 != "\n" }))
    }

    /// A sentence for people; ends in a newline on the wire.
    public static func text(_ status: Int, _ sentence: String) -> NodeAnswer {
        NodeAnswer(status, contentType: ContentType.text, body: Array("\(sentence)\n".utf8))
    }

    /// Why there is no answer (RFC 9457), in a sentence for people.
    public static func problem(_ status: Int, _ sentence: String) -> NodeAnswer {
        let document: JSONValue = [
            "type": "about:blank", "status": .integer(Int64(status)),
            "title": .string(title(of: status)),
            "detail": .string(sentence),
        ]
        var answer = NodeAnswer(
            status, contentType: ContentType.problem, body: document.serialized, caching: .never)
        answer.headers["Retry-After"] = retrySeconds[status].map { "\($0)" }
        return answer
    }

    /// The name of a status, which is the title of a problem without a type.
    public static func title(of status: Int) -> String {
        HTTPResponseStatus(statusCode: status).reasonPhrase
    }

    /// After how long asking again may help.
    private static let retrySeconds = [408: 60, 429: 60, 503: 10]

    public static func json(_ body: [UInt8], status: Int = 200) -> NodeAnswer {
        NodeAnswer(status, contentType: ContentType.json, body: body)
    }

    var response: Response {
        var headers = HTTPFields()
        headers[.contentType] = contentType
        headers[.cacheControl] =
            switch caching {
            case .none: "no-cache"
            case .immutable: "public, max-age=31536000, immutable"
            case .never: "no-store"
            }
        // Bytes are served as what they are, never as a page.
        headers[.xContentTypeOptions] = "nosniff"
        for (name, value) in self.headers {
            if let name = HTTPFields.Element.Name(name) { headers[name] = value }
        }
        return Response(
            status: .init(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// The types of what a node serves.
public enum ContentType {
    public static let text = "text/plain; charset=utf-8"
    public static let json = "application/json"
    public static let problem = "application/problem+json"
    public static let bytes = "application/octet-stream"
}
