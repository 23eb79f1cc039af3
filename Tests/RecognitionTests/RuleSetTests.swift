import Testing

@testable import Recognition

@Suite struct RuleSetTests {
    /// A word has 64 bits: a rule too many would be lost without a sound.
    @Test func keepsEveryRuleApart() {
        #expect(Rule.allCases.count <= 64)
        for rule in Rule.allCases {
            let alone: RuleSet = [rule]
            #expect(Rule.allCases.filter(alone.contains) == [rule])
            var others = RuleSet().union(Rule.allCases)
            others.remove(rule)
            #expect(Rule.allCases.filter(others.contains) == Rule.allCases.filter { $0 != rule })
        }
    }
}
