import Testing

/// `concord verify --language`: the choice of a language, before any file is read.
@Suite struct LanguageOptionTests {
    @Test func refusesALanguageWithoutTextsAndNamesTheKnown() throws {
        let outcome = try ConcordProcess.run(["verify", "x.json", "--language", "xx"])
        let expected = """
            concord: expected a language out of en, ar, bn, de, es, fil, fr, hi, id, sw, \
            found xx; see --help
            """
        #expect(outcome.code == 64)
        #expect(outcome.complaintLines == [expected[...]])
    }

    @Test(arguments: ["de", "de-AT", "tl", "en"]) func takesALanguageThatHasTexts(
        _ language: String
    ) throws {
        let outcome = try ConcordProcess.run(
            ["verify", "absent.json", "--language", language, "--anchor", "absent.json"])
        #expect(outcome.code == 66)
    }
}
