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

    /// What forked is called what it is.
    @Test func namesTheKindOfWhatForked() throws {
        let file = try OwnCases.file()
        func kinds(_ id: String) throws -> [RecognitionVerdict.Ground.Kind] {
            let item = try #require(file.cases.first { $0.id == id })
            return file.verdict(on: item).grounds.map(\.kind)
        }
        #expect(try kinds("P6a-1") == [.equivalence, .equivalence])
        #expect(try kinds("P6a-root") == [.statement, .statement])
    }

    @Test func everyWordComesOut() throws {
        let file = try OwnCases.file()
        let words = Set(file.cases.map { file.verdict(on: $0).word })
        #expect(words == Set(RecognitionWord.allCases))
    }
}
