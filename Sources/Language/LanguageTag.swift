/// The name of a language as people and machines give it: a tag of BCP 47 or a locale of POSIX.
///
/// `Protocol/language.md § Choice`.
public struct LanguageTag: Hashable, Sendable {
    /// The primary language, in lower case and by its present code.
    public let language: String

    /// Takes `de`, `de-AT`, `de_AT.UTF-8`, `fil@latin`; script and region choose nothing.
    public init(_ text: String) {
        let primary = text.prefix { !"-_.@".contains($0) }.lowercased()
        // Tagalog speaks the Filipino of the catalogue; `in` was Indonesian until 1989.
        let present = ["tl": "fil", "in": "id"]
        language = present[primary] ?? primary
    }

    /// The texts in this language, or nil if there are none. Only this language is read.
    public var translation: Translation? {
        switch language {
        case "en": .english
        case "ar": .arabic
        case "bn": .bengali
        case "de": .german
        case "es": .spanish
        case "fil": .filipino
        case "fr": .french
        case "hi": .hindi
        case "id": .indonesian
        case "sw": .swahili
        default: nil
        }
    }

    /// The languages that have texts, English first.
    public static let known = [
        "en", "ar", "bn", "de", "es", "fil", "fr", "hi", "id", "sw",
    ].map(LanguageTag.init)
}

extension LanguageTag: CustomStringConvertible {
    public var description: String { language }
}
