import Testing

@testable import Language

@Suite struct PassageTests {
    private let english = Catalogue.english
    private let place = Message(
        .placeEntry, ["entry": .number(UInt64(25)), "origin": .text("sample.example/de/1")])

    @Test func namesTheEntryOfALogInsideAList() {
        let ground = Message.Argument.list(
            [.text("Chamber"), .message(place), .text("entry 3 of nowhere")], .comma)
        let passage = english.passage(of: ground)
        #expect(
            passage.parts.filter { if case .entry = $0 { true } else { false } } == [
                .entry(25, origin: "sample.example/de/1", "entry 25 of sample.example/de/1")
            ])
        #expect(passage.text == english.text(of: ground))
    }

    @Test func namesTheNumberWhereTheSentenceSaysNoLog() {
        let message = Message(.checkCredentialPassed, ["entry": .number(UInt64(45))])
        let passage = english.passage(of: message)
        #expect(passage.parts.contains(.entry(45, origin: nil, "45")))
        #expect(passage.text == english.text(of: message))
    }

    /// Whatever the language, the parts together are the sentence.
    @Test(arguments: LanguageTag.known) func saysTheSameAsTheText(_ tag: LanguageTag) throws {
        let catalogue = try #require(Catalogue(tag: tag.language))
        for message in [place, Message(.noteNewerGround, ["id": .message(place)])] {
            #expect(catalogue.passage(of: message).text == catalogue.text(of: message))
        }
    }
}
