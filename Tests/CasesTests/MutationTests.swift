import Cases
import Testing

@testable import Recognition

/// Each rule matters: the engine without it gives another answer to a case of
/// `Protocol/Vectors/recognition`, and not only another list of rules.
@Suite struct MutationTests {
    @Test(arguments: Rule.allCases)
    func withoutARuleACaseEndsOtherwise(_ rule: Rule) throws {
        let file = try OwnCases.file()
        let failing = file.cases.filter { item in
            let verdict = Resolver(
                file.statements(of: item), item.question, omitting: [rule]
            ).verdict
            return CaseOutcome(item, verdict).differences.contains { !$0.hasPrefix("rules:") }
        }
        #expect(!failing.isEmpty, "no case needs \(rule.rawValue)")
    }
}
