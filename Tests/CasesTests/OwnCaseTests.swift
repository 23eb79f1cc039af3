import Cases
import Recognition
import Testing

/// `Protocol/Vectors/recognition/cases.json`: every rule in both directions.
@Suite struct OwnCaseTests {
    @Test func everyCaseEndsAsExpected() throws {
        let file = try OwnCases.file()
        for item in file.cases {
            let outcome = CaseOutcome(item, file.verdict(on: item))
            #expect(outcome.isPassed, "\(item.id) \(item.title): \(outcome.differences)")
        }
        #expect(file.ignoredMembers.isEmpty)
    }

    @Test func everyRuleFiresSomewhereAndNotEverywhere() throws {
        let file = try OwnCases.file()
        let fired = file.cases.map { Set(file.verdict(on: $0).rules) }
        for rule in Rule.allCases {
            #expect(fired.contains { $0.contains(rule) }, "\(rule.rawValue) fires nowhere")
            #expect(fired.contains { !$0.contains(rule) }, "\(rule.rawValue) fires everywhere")
        }
    }

    @Test func everyWordComesOut() throws {
        let file = try OwnCases.file()
        let words = Set(file.cases.map { file.verdict(on: $0).word })
        #expect(words == Set(RecognitionWord.allCases))
    }
}
