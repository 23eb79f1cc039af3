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
    /// What came of it, which a window's title says first.
    let outcome: String?

    init(
        title: String, main: [HTML], document: JSONValue, isPrivate: Bool = false,
        outcome: String? = nil
    ) {
        self.title = title
        self.outcome = outcome
        self.main = main
        self.document = document
        self.isPrivate = isPrivate
    }
}
