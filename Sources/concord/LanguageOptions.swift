import ArgumentParser
import Language

/// In which language a person reads the answer.
struct LanguageOptions: ParsableArguments {
    @Option(
        help: """
            The language of the answer: \
            \(LanguageTag.known.map(\.description).joined(separator: ", ")). Default: that of \
            the locale, where it has texts, else en.
            """)
    var language: String?

    func validate() throws {
        if let language, LanguageTag(language).translation == nil {
            let known = LanguageTag.known.map(\.description).joined(separator: ", ")
            throw ValidationError("expected a language out of \(known), found \(language)")
        }
    }

    /// The language asked for, else that of the locale as POSIX finds it, else English.
    var catalogue: Catalogue {
        let environment = Environment.values
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .compactMap { environment[$0] }.first { !$0.isEmpty }
        return [language, locale].compactMap { $0 }.lazy
            .compactMap { Catalogue(tag: $0) }.first ?? .english
    }
}
