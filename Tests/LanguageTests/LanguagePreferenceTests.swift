import Testing

@testable import Language

@Suite struct LanguagePreferenceTests {
    @Test(arguments: [
        ("de-AT,de;q=0.9,en;q=0.8", "de"), ("en;q=0.5, fil ; q=0.9", "fil"), ("tl", "fil"),
        ("ja, ko;q=0.9, ar;q=0.1", "ar"), ("ja", "en"), ("", "en"), ("*", "en"),
        ("de;q=0, fr", "fr"), ("de;q=x, fr;q=0.1", "fr"), (";;,,;q=1,sw", "sw"),
        ("es;q=0.7,fr;q=0.7", "es"),
    ])
    func choosesTheMostWantedThatHasTexts(_ header: String, _ tag: String) {
        #expect(LanguagePreference(parsing: header).catalogue.translation.tag == tag)
    }

    @Test func readsNoMoreThanItMust() {
        let header = String(repeating: "ja,", count: 10_000) + "de"
        #expect(LanguagePreference(parsing: header).tags.count == 32)
    }
}
