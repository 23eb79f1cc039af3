/// A set of rules as one machine word: the engine notes every rule that fires.
struct RuleSet: Hashable, Sendable, ExpressibleByArrayLiteral {
    private var bits: UInt64 = 0

    init() {}

    init(arrayLiteral rules: Rule...) { formUnion(rules) }

    mutating func insert(_ rule: Rule) { bits |= rule.bit }

    mutating func remove(_ rule: Rule) { bits &= ~rule.bit }

    func contains(_ rule: Rule) -> Bool { bits & rule.bit != 0 }

    mutating func formUnion(_ rules: some Sequence<Rule>) {
        for rule in rules { insert(rule) }
    }

    func union(_ rules: some Sequence<Rule>) -> RuleSet {
        var union = self
        union.formUnion(rules)
        return union
    }
}

extension Rule {
    /// Its own bit: a case without payload is one byte, numbered in the order of the cases.
    fileprivate var bit: UInt64 { withUnsafeBytes(of: self) { 1 << UInt64($0[0]) } }
}
