/// A sentence with the entries of logs that it names, for whoever makes links of them.
public struct Passage: Hashable, Sendable {
    public enum Part: Hashable, Sendable {
        case text(String)
        /// An entry by its index, in the words of the sentence.
        ///
        /// `origin` nil: the sentence does not say of which log.
        case entry(UInt64, origin: String?, String)

        var text: String {
            switch self {
            case .text(let text), .entry(_, _, let text): text
            }
        }
    }

    public private(set) var parts: [Part]

    /// The sentence alone.
    public var text: String { parts.map(\.text).joined() }
}

extension Passage: Wording {
    public init(_ text: String) { parts = text.isEmpty ? [] : [.text(text)] }

    mutating func append(_ other: Passage) { parts += other.parts }

    static func filling(_ value: Passage, _ name: String, of message: Message) -> Passage {
        guard name == "entry" else { return value }
        return value.naming(message)
    }

    static func whole(_ value: Passage, of message: Message) -> Passage {
        message.key == .placeEntry ? Passage(value.text).naming(message) : value
    }

    /// All of it as the name of the entry that the message speaks of.
    private func naming(_ message: Message) -> Passage {
        guard case .number(let number)? = message.arguments["entry"],
            let index = UInt64(exactly: number)
        else { return self }
        let origin: String? =
            if case .text(let origin)? = message.arguments["origin"] { origin } else { nil }
        var passage = self
        passage.parts = [.entry(index, origin: origin, text)]
        return passage
    }
}

/// What a message becomes in a language: a text, or one that remembers what it speaks of.
protocol Wording {
    init(_ text: String)
    mutating func append(_ other: Self)
    /// What stands for an argument of a message.
    static func filling(_ value: Self, _ name: String, of message: Message) -> Self
    /// What a whole message has become.
    static func whole(_ value: Self, of message: Message) -> Self
}

extension String: Wording {
    static func filling(_ value: String, _ name: String, of message: Message) -> String { value }

    static func whole(_ value: String, of message: Message) -> String { value }
}
