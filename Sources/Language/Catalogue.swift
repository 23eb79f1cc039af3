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

    public func text(of message: Message) -> String { wording(of: message) }

    public func text(of argument: Message.Argument) -> String { wording(of: argument) }

    public func passage(of message: Message) -> Passage { wording(of: message) }

    public func passage(of argument: Message.Argument) -> Passage { wording(of: argument) }

    private func wording<Form: Wording>(of message: Message) -> Form {
        let count: Int64? =
            if case .number(let count)? = message.arguments["count"] {
                count
            } else {
                nil
            }
        if let text = translation.text(for: message.key, count: count) {
            return Form.whole(filled(text, message), of: message)
        }
        // A text that English lacks too is a fault of the program, and its key says which.
        let text = Translation.english.text(for: message.key, count: count) ?? message.key.rawValue
        let english: String = Catalogue.english.filled(text, message)
        return Form.whole(Form(isolated("[en] " + english)), of: message)
    }

    public func text(_ key: MessageKey) -> String { text(of: Message(key)) }

    /// Names and numbers keep their own direction inside a text that runs from right to left.
    public func isolated(_ text: String) -> String {
        translation.direction == .rightToLeft ? "\u{2068}\(text)\u{2069}" : text
    }

    private func wording<Form: Wording>(of argument: Message.Argument) -> Form {
        switch argument {
        case .text(let text): Form(isolated(text))
        case .number(let number): Form(String(number))
        case .date(let date): Form(isolated(date.description))
        case .time(let time): Form(isolated(time.description))
        case .occupation(let code): Form(isolated(titled(code)))
        case .message(let message): wording(of: message)
        case .list(let elements, let junction):
            joined(elements.map { wording(of: $0) }, by: junction)
        }
    }

    private func titled(_ code: String) -> String {
        OccupationTitles.title(of: code, in: translation.tag).map { "\($0) (\(code))" } ?? code
    }

    private func joined<Form: Wording>(
        _ forms: [Form], by junction: Message.Junction
    ) -> Form {
        let key: MessageKey =
            switch junction {
            case .comma: .listComma
            case .and: .listAnd
            case .or: .listOr
            }
        guard var whole = forms.first else { return Form("") }
        let pattern = translation.text(for: key, count: nil) ?? "{first}, {last}"
        for (position, next) in forms.enumerated().dropFirst() {
            // Of a list with "and" only the last two are joined by it.
            let isLast = position == forms.count - 1
            let joint =
                junction == .and && !isLast
                ? translation.text(for: .listComma, count: nil) ?? pattern : pattern
            whole = Catalogue.replacing(joint) { $0 == "first" ? whole : next }
        }
        return whole
    }

    private func filled<Form: Wording>(_ text: String, _ message: Message) -> Form {
        guard !message.arguments.isEmpty else { return Form(text) }
        return Catalogue.replacing(text) { name in
            guard let argument = message.arguments[name] else { return Form("{\(name)}") }
            return Form.filling(wording(of: argument), name, of: message)
        }
    }

    /// The text with what stands for each `{name}` in it.
    private static func replacing<Form: Wording>(
        _ text: String, with value: (String) -> Form
    ) -> Form {
        var result = Form("")
        // Bytes, not characters: a brace is one byte wherever it stands.
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")),
            let close = rest[open...].firstIndex(of: UInt8(ascii: "}"))
        {
            result.append(Form(String(Substring(rest[..<open]))))
            result.append(value(String(Substring(rest[rest.index(after: open)..<close]))))
            rest = rest[rest.index(after: close)...]
        }
        result.append(Form(String(Substring(rest))))
        return result
    }
}
