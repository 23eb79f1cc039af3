import Encoding

/// Turns messages into the sentences of one language; what is missing there comes in English,
/// marked, never as a blank.
///
/// `Protocol/language.md § Fallback`.
public struct Catalogue: Sendable {
    public let translation: Translation
    /// The keys whose text is missing in the language.
    let missing: [MessageKey]

    public static let english = Catalogue(.english)

    init(_ translation: Translation) {
        self.translation = translation
        missing =
            translation.tag == "en"
            ? [] : MessageKey.allCases.filter { !translation.covers($0) }
    }

    /// The catalogue of a language by its tag (`de`, `de-AT`), or nil if there is none.
    public init?(tag: String) {
        guard let translation = LanguageTag(tag).translation else { return nil }
        self.init(translation)
    }

    /// What a page or a report must say before anything else: that nobody reviewed the texts,
    /// and that some are missing; in the language itself and in English.
    public var notices: [String] {
        var notices: [Message] = []
        if translation.review == .draft { notices.append(Message(.noticeDraft)) }
        if !missing.isEmpty {
            notices.append(Message(.noticeMissing, ["number": .number(Int64(missing.count))]))
        }
        return notices.flatMap { notice in
            let own = text(of: notice)
            let english = Catalogue.english.text(of: notice)
            return own == english || translation.covers(notice.key) == false
                ? [english] : [own, english]
        }
    }

    public func text(of message: Message) -> String {
        let count: Int64? =
            if case .number(let count)? = message.arguments["count"] {
                count
            } else {
                nil
            }
        if let text = translation.text(for: message.key, count: count) {
            return filled(text, message.arguments)
        }
        // A text that English lacks too is a fault of the program, and its key says which.
        let text = Translation.english.text(for: message.key, count: count) ?? message.key.rawValue
        return isolated("[en] " + Catalogue.english.filled(text, message.arguments))
    }

    public func text(_ key: MessageKey) -> String { text(of: Message(key)) }

    /// Names and numbers keep their own direction inside a text that runs from right to left.
    public func isolated(_ text: String) -> String {
        translation.direction == .rightToLeft ? "\u{2068}\(text)\u{2069}" : text
    }

    public func text(of argument: Message.Argument) -> String {
        switch argument {
        case .text(let text): isolated(text)
        case .number(let number): String(number)
        case .date(let date): isolated(date.description)
        case .time(let time): isolated(time.description)
        case .occupation(let code): isolated(titled(code))
        case .message(let message): text(of: message)
        case .list(let elements, let junction): joined(elements.map(text(of:)), by: junction)
        }
    }

    private func titled(_ code: String) -> String {
        OccupationTitles.title(of: code, in: translation.tag).map { "\($0) (\(code))" } ?? code
    }

    private func joined(_ texts: [String], by junction: Message.Junction) -> String {
        let key: MessageKey =
            switch junction {
            case .comma: .listComma
            case .and: .listAnd
            case .or: .listOr
            }
        guard var text = texts.first else { return "" }
        let pattern = translation.text(for: key, count: nil) ?? "{first}, {last}"
        for (position, next) in texts.enumerated().dropFirst() {
            // Of a list with "and" only the last two are joined by it.
            let isLast = position == texts.count - 1
            let joint =
                junction == .and && !isLast
                ? translation.text(for: .listComma, count: nil) ?? pattern : pattern
            text = Catalogue.replacing(joint) { $0 == "first" ? text : next }
        }
        return text
    }

    private func filled(_ text: String, _ arguments: [String: Message.Argument]) -> String {
        guard !arguments.isEmpty else { return text }
        return Catalogue.replacing(text) { name in
            arguments[name].map(self.text(of:)) ?? "{\(name)}"
        }
    }

    /// The text with what stands for each `{name}` in it.
    private static func replacing(_ text: String, with value: (String) -> String) -> String {
        var result = ""
        // Bytes, not characters: a brace is one byte wherever it stands.
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            result += Substring(rest[..<open])
            result += value(String(Substring(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        return result + Substring(rest)
    }
}
