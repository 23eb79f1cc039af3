public import Encoding

/// One page: what people read, and the same for programs.
public struct Page: Sendable {
    let title: String
    let main: [HTML]
    /// The twin for programs.
    public let document: JSONValue
    /// Whether it answers what somebody handed over: it has no address of its own, and is never
    /// kept by a cache.
    public let isPrivate: Bool

    init(title: String, main: [HTML], document: JSONValue, isPrivate: Bool = false) {
        self.title = title
        self.main = main
        self.document = document
        self.isPrivate = isPrivate
    }
}
