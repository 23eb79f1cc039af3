/// What somebody asks of the pages of a node, without anything that says who it is.
public struct PageRequest: Hashable, Sendable {
    /// `other`: none that an address of the pages takes.
    public enum Method: Hashable, Sendable { case get, post, other }

    public var method: Method
    /// As it stands in the request, percent-encoded.
    public var path: String
    /// Without the question mark; percent-encoded.
    public var query: String
    public var accept: String
    public var acceptLanguage: String
    public var contentType: String
    /// nil: it was larger than `byteLimit`, and was not read to its end.
    public var body: [UInt8]?

    /// The bytes of the largest body: a dossier of 4 MiB with what surrounds it, or a photo.
    public static let byteLimit = 8 << 20

    public init(
        _ method: Method, path: String, query: String = "", accept: String = "",
        acceptLanguage: String = "", contentType: String = "", body: [UInt8]? = []
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.accept = accept
        self.acceptLanguage = acceptLanguage
        self.contentType = contentType
        self.body = body
    }
}
