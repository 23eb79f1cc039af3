import Testing

@testable import Language

@Suite struct LanguageTagTests {
    @Test(arguments: [
        ("de", "de"), ("de-AT", "de"), ("DE", "de"), ("de_AT.UTF-8", "de"), ("ar_SA", "ar"),
        ("fil_PH", "fil"), ("tl_PH.UTF-8", "fil"), ("id@latin", "id"), ("in", "id"),
        ("en_US.UTF-8", "en"),
    ]) func findsTheTextsOfTheLanguage(_ text: String, _ tag: String) {
        #expect(LanguageTag(text).translation?.tag == tag)
    }

    @Test(arguments: ["", "C", "C.UTF-8", "POSIX", "xx", "deu", "-de", "german"])
    func findsNoTextsForOthers(_ text: String) {
        #expect(LanguageTag(text).translation == nil)
    }

    @Test func listsEachLanguageOnce() {
        #expect(Set(LanguageTag.known).count == LanguageTag.known.count)
        #expect(LanguageTag.known.first?.language == "en")
        for tag in LanguageTag.known {
            #expect(tag.translation?.tag == tag.language)
            #expect(PluralRule(tag: tag.language) != nil)
        }
    }
}
