internal import Hummingbird
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

    public init(_ answer: Witness.Answer) {
        self.init(answer.status, contentType: answer.contentType, body: answer.body)
    }

    /// A sentence for people; ends in a newline on the wire.
    public static func text(_ status: Int, _ sentence: String) -> NodeAnswer {
        NodeAnswer(status, contentType: ContentType.text, body: Array("\(sentence)\n".utf8))
    }

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
    public static let bytes = "application/octet-stream"
}
