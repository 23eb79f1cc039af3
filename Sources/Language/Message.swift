public import Encoding

/// Something to be said to a person, before a language is chosen: a key and what fills its text.
///
/// `Protocol/language.md § Messages`.
public struct Message: Hashable, Sendable {
    /// How the parts of a list are joined.
    public enum Junction: Hashable, Sendable {
        case comma, and, or
    }

    public indirect enum Argument: Hashable, Sendable {
        /// A name, an id, a code: the same in every language.
        case text(String)
        /// A number; under the name `count` it chooses the plural form.
        case number(Int64)
        case date(CalendarDate)
        case time(Timestamp)
        /// A code of ISCO-08, said with its title.
        case occupation(String)
        case message(Message)
        case list([Argument], Junction)
    }

    public let key: MessageKey
    public let arguments: [String: Argument]

    public init(_ key: MessageKey, _ arguments: [String: Argument] = [:]) {
        self.key = key
        self.arguments = arguments
    }
}

extension Message.Argument {
    public static func number(_ number: UInt64) -> Self {
        .number(Int64(clamping: number))
    }

    public static func message(_ key: MessageKey) -> Self { .message(Message(key)) }
}

/// In English, as machines and logs get it.
extension Message: CustomStringConvertible {
    public var description: String { Catalogue.english.text(of: self) }
}
