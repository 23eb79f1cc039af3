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
    /// What a form brings once more, so that the page can be had in another language; empty: what
    /// was handed over is no text, or too long for a page.
    private(set) var again: [(name: String, value: String)] = []
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

    /// The same with what somebody handed over for it, which stays in that somebody's own page.
    public func bringing(_ fields: [(name: String, value: String)]) -> Page {
        var page = self
        page.again = fields
        return page
    }
}
