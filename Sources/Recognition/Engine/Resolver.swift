import Registry

/// The recognition engine: what awards are worth for a question, from a set of statements.
///
/// `Protocol/recognition.md`. A pure function of the set: the same set gives the same verdict,
/// whatever the order of the statements and whatever unrelated ones are among them.
public struct Resolver: Sendable {
    private let statements: StatementSet
    private let question: RecognitionQuestion
    private let omitted: RuleSet

    public init(_ statements: StatementSet, _ question: RecognitionQuestion) {
        self.init(statements, question, omitting: [])
    }

    /// - Parameter omitted: rules that are switched off; for tests that show that each matters.
    init(_ statements: StatementSet, _ question: RecognitionQuestion, omitting omitted: RuleSet) {
        self.statements = statements
        self.question = question
        self.omitted = omitted
    }

    public var verdict: RecognitionVerdict {
        let situation = Situation(statements, question, omitting: omitted)
        var trace: RuleSet = []
        var verdict = decide(situation, &trace)
        let rules = trace.union(verdict.rules)
        verdict.rules = Rule.allCases.filter(rules.contains)
        return verdict
    }

    /// The phases in their order.
    private func decide(_ situation: Situation, _ trace: inout RuleSet) -> RecognitionVerdict {
        // Phase 0: a fork before anything else.
        if let fork = ForkCheck(situation).verdict { return fork }
        // Phase 1: gates on each award.
        let gates = AwardGates(situation)
        if var refused = gates.verdict {
            Freshness(situation, gates.usable).apply(to: &refused, &trace)
            return refused
        }
        for (_, reason) in gates.ignored where reason == .identity { trace.insert(.g6) }
        // Phase 2: the person and the place.
        let place = PlaceRules(situation: situation, awards: gates.usable)
        if var barred = place.barred(&trace) {
            Freshness(situation, gates.usable).apply(to: &barred, &trace)
            return barred
        }
        if var free = place.free(&trace) {
            Comparison(situation: situation, awards: gates.usable).add(to: &free)
            free.notes += ignoredNotes(gates)
            LiveVerdict(situation, place).apply(to: &free, &trace)
            Freshness(situation, gates.usable).apply(to: &free, &trace)
            return free
        }
        // Phases 3 and 4: the grounds and their precedence.
        var verdict = Precedence(situation, awards: gates.usable).verdict(&trace)
        verdict.notes += place.restrictions + ignoredNotes(gates)
        let steps = NextSteps(situation)
        steps.nameAuthorities(&verdict)
        place.nameAuthority(&verdict, &trace)
        LiveVerdict(situation, place).apply(to: &verdict, &trace)
        Freshness(situation, gates.usable).apply(to: &verdict, &trace)
        steps.nameAuthorities(&verdict)
        steps.complete(&verdict)
        return verdict
    }

    private func ignoredNotes(_ gates: AwardGates) -> [RecognitionNote] {
        gates.ignored.map { .ignored(award: $0.award, $0.reason) }
    }
}
