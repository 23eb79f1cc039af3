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

extension MonotonyTests {
    /// One kind of knowledge at a time, all of it and statement by statement: what is lost decides
    /// nothing any more, and no word is better than what is left gives.
    @Test(arguments: KnowledgeKind.allCases)
    func whatIsLostDecidesNothing(_ kind: KnowledgeKind) throws {
        var changed = 0
        for item in try OwnCases.all() {
            for statements in kind.thinned(item.statements) {
                let verdict = Resolver(statements, item.question).verdict
                if verdict != item.verdict { changed += 1 }
                let known = statements.ids
                #expect(
                    verdict.grounds.allSatisfy { known.contains($0.id) },
                    "\(item.id) without \(kind): \(verdict.grounds.map(\.id))")
                let best = verdict.grounds.map { statements.limit(of: $0) }.max() ?? 0
                #expect(
                    verdict.word.favour <= best,
                    "\(item.id) without \(kind): \(verdict.word) from \(verdict.grounds)")
            }
        }
        #expect(changed > 0, "no case rests on \(kind)")
    }
}

/// The kinds of statements that a copy may lack.
enum KnowledgeKind: CaseIterable {
    case mandates, qualifications, supersessions, accreditations, regulations, referencings
    case grounds, awards, decisions, evidence, alerts, links, events

    /// Without any of them, and without each one of them.
    func thinned(_ set: StatementSet) -> [StatementSet] {
        switch self {
        case .mandates: thinned(set, \.mandates)
        case .qualifications: thinned(set, \.qualifications)
        case .supersessions: thinned(set, \.supersessions)
        case .accreditations: thinned(set, \.accreditations)
        case .regulations: thinned(set, \.regulations)
        case .referencings: thinned(set, \.referencings)
        case .grounds: thinned(set, \.grounds)
        case .awards: thinned(set, \.awards)
        case .decisions: thinned(set, \.decisions)
        case .evidence: thinned(set, \.evidence)
        case .alerts: thinned(set, \.alerts)
        case .links: thinned(set, \.links)
        case .events: thinned(set, \.events)
        }
    }

    private func thinned<Statement>(
        _ set: StatementSet, _ list: WritableKeyPath<StatementSet, [Statement]>
    ) -> [StatementSet] {
        guard !set[keyPath: list].isEmpty else { return [] }
        var none = set
        none[keyPath: list] = []
        return [none]
            + set[keyPath: list].indices.map { index in
                var less = set
                less[keyPath: list].remove(at: index)
                return less
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
            // Outside its author's mandate it is advice (P1).
            case .refused: return RecognitionWord.advisory.favour
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
            case .advice, .refuse: return RecognitionWord.advisory.favour
            }
        }
        if referencings.contains(where: { $0.id == ground.id }) {
            return RecognitionWord.advisory.favour
        }
        return awards.contains { $0.id == ground.id } ? RecognitionWord.granted.favour : 0
    }

    /// The ids of all statements.
    fileprivate var ids: Set<String> {
        Set(mandates.map(\.id) + qualifications.map(\.id) + regulations.map(\.id))
            .union(referencings.map(\.id) + grounds.map(\.id) + awards.map(\.id))
            .union(decisions.map(\.id) + evidence.map(\.id) + alerts.map(\.id))
            .union(supersessions.map(\.authorship.id) + accreditations.map(\.authorship.id))
            .union(links.map(\.authorship.id) + events.map(\.authorship.id))
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
        qualifications.removeAll { _ in isLost() }
        awards.removeAll { _ in isLost() }
        alerts.removeAll { _ in isLost() }
        evidence.removeAll { _ in isLost() }
        events.removeAll { _ in isLost() }
        links.removeAll { _ in isLost() }
    }
}
