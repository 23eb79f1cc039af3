/// Kinds of entries, as a statement searches them: words between spaces, for no kind has one.
public struct KindList: Hashable, Sendable, ExpressibleByArrayLiteral {
    let words: String

    private init(words: String) { self.words = words }

    public init(arrayLiteral kinds: String...) {
        words = kinds.reduce(into: " ") { $0 += "\($1) " }
    }

    /// The kinds of both.
    public static func + (left: Self, right: Self) -> Self {
        Self(words: left.words + right.words.dropFirst())
    }

    /// The kinds of the first that are not among those of the second.
    static func - (left: Self, right: Self) -> Self {
        let kept = left.words.split(separator: " ").filter { !right.words.contains(" \($0) ") }
        return Self(words: kept.reduce(into: " ") { $0 += "\($1) " })
    }
}
