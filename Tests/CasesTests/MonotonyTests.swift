import Encoding
import Recognition
import Registry
import TestSupport
import Testing

/// What knowing less can do, and what it cannot: `Protocol/recognition.md § Knowing less`.
@Suite struct MonotonyTests {
    /// What only ever speaks for the holder: facts, evidence of authors who have not forked,
    /// links, equivalent supersessions, accreditations, referencings.
    private static func withoutOne(
        _ item: WorkedCase
    ) -> [(what: String, question: RecognitionQuestion, statements: StatementSet)] {
        var less: [(what: String, question: RecognitionQuestion, statements: StatementSet)] = []
        for member in item.question.facts.members {
            var question = item.question
            question.facts[member.name] = nil
            less.append((member.name, question, item.statements))
        }
        func remove<Statement>(
            _ list: WritableKeyPath<StatementSet, [Statement]>, _ id: (Statement) -> String,
            where isChosen: (Statement) -> Bool = { _ in true }
        ) {
            for (index, statement) in item.statements[keyPath: list].enumerated()
            where isChosen(statement) {
                var statements = item.statements
                statements[keyPath: list].remove(at: index)
                less.append((id(statement), item.question, statements))
            }
        }
        remove(\.evidence, \.id) { $0.authorship.sequence == nil }
        remove(\.links, \.authorship.id)
        remove(\.supersessions, \.authorship.id) { $0.isEquivalent == true }
        remove(\.accreditations, \.authorship.id)
        remove(\.referencings, \.id)
        return less
    }

    @Test func knowingLessNeverGivesMore() throws {
        var tried = 0
        for item in try OwnCases.all() {
            let word = item.verdict.word
            for less in Self.withoutOne(item) {
                tried += 1
                let after = Resolver(less.statements, less.question).verdict.word
                #expect(
                    after.favour <= word.favour,
                    "\(item.id) without \(less.what): \(word) became \(after)")
            }
        }
        #expect(tried > 100)
    }

    @Test func undeterminedIsNotRefusedForWantOfKnowledge() throws {
        for item in try OwnCases.all() where item.verdict.word == .undetermined {
            for less in Self.withoutOne(item)
            where !item.statements.evidence.contains(where: { $0.id == less.what }) {
                let after = Resolver(less.statements, less.question).verdict.word
                #expect(after != .refused, "\(item.id) without \(less.what)")
            }
        }
    }

    /// Over random parts of what each case knows.
    @Test func noVerdictIsBetterThanItsBestGround() throws {
        var generator = SeededGenerator(seed: 43)
        for item in try OwnCases.all() {
            for round in 0..<10 {
                var statements = item.statements
                if round > 0 { statements.thin(using: &generator) }
                let verdict = Resolver(statements, item.question).verdict
                let best = verdict.grounds.map { statements.limit(of: $0) }.max() ?? 0
                #expect(
                    verdict.word.favour <= best,
                    "\(item.id), round \(round): \(verdict.word) from \(verdict.grounds)")
            }
        }
    }
}

extension RecognitionWord {
    /// The order of `Protocol/recognition.md § Words`, written down a second time.
    fileprivate var favour: Int {
        let order: [RecognitionWord] = [
            .advisory, .assessable, .alternative, .partial, .conditional, .provisional, .granted,
        ]
        return (order.firstIndex(of: self) ?? -1) + 1
    }
}

extension StatementSet {
    /// The most that a ground gives by its own words.
    fileprivate func limit(of ground: RecognitionVerdict.Ground) -> Int {
        if let decision = decisions.first(where: { $0.id == ground.id }) {
            switch decision.result {
            case .refused: return 0
            case .partial, .alternative: return decision.result.favour
            case let word where decision.conditions.isEmpty: return word.favour
            default: return RecognitionWord.granted.favour
            }
        }
        if let general = grounds.first(where: { $0.id == ground.id }) {
            switch general.provision.effect {
            case .right:
                let isPart =
                    !general.provision.scope.isEmpty || !general.provision.differences.isEmpty
                return (isPart ? RecognitionWord.partial : .granted).favour
            case .alternative: return RecognitionWord.alternative.favour
            case .assess: return RecognitionWord.assessable.favour
            case .advice: return RecognitionWord.advisory.favour
            case .refuse: return 0
            }
        }
        if referencings.contains(where: { $0.id == ground.id }) {
            return RecognitionWord.advisory.favour
        }
        return awards.contains { $0.id == ground.id } ? RecognitionWord.granted.favour : 0
    }

    /// Without about a third of everything.
    fileprivate mutating func thin(using generator: inout some RandomNumberGenerator) {
        func isLost() -> Bool { Int.random(in: 0..<3, using: &generator) == 0 }
        mandates.removeAll { _ in isLost() }
        supersessions.removeAll { _ in isLost() }
        accreditations.removeAll { _ in isLost() }
        regulations.removeAll { _ in isLost() }
        referencings.removeAll { _ in isLost() }
        grounds.removeAll { _ in isLost() }
        decisions.removeAll { _ in isLost() }
        evidence.removeAll { _ in isLost() }
        events.removeAll { _ in isLost() }
        links.removeAll { _ in isLost() }
    }
}
