import Cryptography
import Encoding
public import Registry

/// The recognition engine: what an award is worth for a question, from the statements of the
/// destination's log.
///
/// `Protocol/recognition.md`. A pure function of a set of statements: their order does not
/// matter, nor do unrelated ones. What it cannot decide yet (individual decisions, instruments,
/// evidence of a person) is undetermined, never a refusal.
public struct Resolver: Sendable {
    private let statements: LogState
    private let award: Award
    private let question: RecognitionQuestion

    /// - Parameter statements: the destination's log, with every act about the award's
    ///   qualification and about the target.
    public init(statements: LogState, award: Award, question: RecognitionQuestion) {
        self.statements = statements
        self.award = award
        self.question = question
    }

    public var verdict: RecognitionVerdict {
        let regulation = mostSpecificRegulation
        if question.purpose.isActivity, let (regulation, ground) = regulation,
            !regulation.isRegulated
        {
            return free(ground)
        }
        var verdict = decided
        if let (regulation, _) = regulation, regulation.isRegulated {
            verdict.rules.append(.r11)
            if let authority = regulation.authority, !verdict.ask.contains(authority) {
                verdict.ask.insert(authority, at: 0)
            }
            requireGoodStanding(&verdict)
        }
        if verdict.word.favour > 0 { verdict.notes.append("not-searched") }
        return verdict
    }

    // MARK: Phase 2: the place

    private var mostSpecificRegulation: (Regulation, RecognitionVerdict.Ground)? {
        let sector = question.target.values["sector"]
        let fitting = statements.acts.compactMap { standing -> (Regulation, StandingAct)? in
            guard case .regulation(let regulation) = standing.act, standing.isMandated,
                standing.stands(on: question.day), question.isBound(by: regulation.jurisdiction),
                regulation.occupation == question.target.values["occ"],
                regulation.sector == nil || regulation.sector == sector
            else { return nil }
            return (regulation, standing)
        }
        let specific = fitting.max { left, right in
            let leftRank = (left.0.jurisdiction.utf8.count, left.0.sector == nil ? 0 : 1)
            let rightRank = (right.0.jurisdiction.utf8.count, right.0.sector == nil ? 0 : 1)
            return leftRank == rightRank
                ? left.1.logged.index < right.1.logged.index : leftRank < rightRank
        }
        return specific.map { ($0.0, ground($0.1, basis: $0.0.basis)) }
    }

    private func free(_ ground: RecognitionVerdict.Ground) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.free, rules: [.r10])
        verdict.grounds = [ground]
        verdict.notes = ["employer-judges"]
        if isLapsed {
            verdict.conditions.append("renew:\(award.id)")
            verdict.notes.append("lapsed:\(award.id)")
            verdict.rules.append(.g5)
        }
        return verdict
    }

    /// R12: no right to practise a regulated occupation without good standing shown.
    private func requireGoodStanding(_ verdict: inout RecognitionVerdict) {
        guard verdict.word == .granted || verdict.word == .provisional,
            [.practise, .practiseTemporary, .visaSkill].contains(question.purpose)
        else { return }
        verdict.word = .conditional
        verdict.conditions.append("good-standing")
        verdict.rules.append(.r12)
    }

    // MARK: Phases 3 and 4: the grounds and their precedence

    private var decided: RecognitionVerdict {
        // Statements are about whole qualifications; how units add up is not decided yet.
        guard award.isWhole else { return undetermined("partial-award", .c3) }
        var outcomes: [RecognitionVerdict] = []
        var needs: [String] = []
        var failedCriteria: [RecognitionVerdict] = []
        let grounds = fittingEquivalences
        for (equivalence, standing) in grounds {
            switch PredicateValue(all: equivalence.entry, on: award) {
            case .unknown(let fact): needs.append(fact)
            case .holds: outcomes.append(outcome(of: equivalence, standing))
            case .fails where equivalence.isExhaustive && standing.isMandated:
                var refusal = RecognitionVerdict(.refused, reason: "criteria", rules: [.x12])
                refusal.grounds = [ground(standing, equivalence)]
                refusal.missing = equivalence.entry
                    .filter { PredicateValue($0, on: award) == .fails }.map(\.kind)
                failedCriteria.append(refusal)
            case .fails: break
            }
        }
        if let conflict = contradiction(among: outcomes) { return conflict }
        let best = outcomes.filter { $0.word != .refused }.sorted(by: isBetter).first
        if var best {
            best.rules.append(.p4)
            best.ask = best.word == .advisory ? competentAuthorities : best.ask
            return best
        }
        if let refusal = outcomes.first { return refusal }
        if !needs.isEmpty {
            return undetermined("need:\(Set(needs).sorted().joined(separator: ","))", .x7)
        }
        return failedCriteria.min { $0.groundKey < $1.groundKey }
            ?? undetermined("no-ground", .x1)
    }

    private var fittingEquivalences: [(Equivalence, StandingAct)] {
        statements.acts.compactMap { standing in
            guard case .equivalence(let equivalence) = standing.act,
                standing.stands(on: question.day), equivalence.isInForce(on: question.day),
                question.isBound(by: equivalence.jurisdiction),
                question.purpose.isServed(by: equivalence.purposes),
                equivalence.target.fits(question.target)
            else { return nil }
            return (equivalence, standing)
        }
    }

    private func outcome(
        of equivalence: Equivalence, _ standing: StandingAct
    ) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.undetermined, rules: [.t1, .t2])
        verdict.grounds = [ground(standing, equivalence)]
        verdict.conditions = equivalence.conditions.map(\.id).sorted()
        verdict.scope = equivalence.scope
        verdict.missing = equivalence.differences
        verdict.ask = [standing.logged.entry.envelope.author]
        if isLapsed, question.purpose.needsCurrentAward {
            verdict.conditions.append("renew:\(award.id)")
            verdict.rules.append(.g5)
        }
        switch equivalence.effect {
        case .right where !equivalence.differences.isEmpty || !equivalence.scope.isEmpty:
            verdict.word = .partial
            verdict.rules.append(.c3)
        case .right: verdict.word = verdict.conditions.isEmpty ? .granted : .conditional
        case .alternative: verdict.word = .alternative
        case .advice: verdict.word = .advisory
        case .assess:
            verdict.word = .assessable
            verdict.rules.append(.r6)
        case .refuse:
            verdict.word = .refused
            if equivalence.differences.isEmpty {
                verdict.notes.append("defective-refusal:no-reasons")
                verdict.rules.append(.x10)
            }
        }
        if !standing.isMandated {
            verdict.word = .advisory
            verdict.rules.append(.p1)
        }
        return verdict
    }

    /// P6: one authority that grants and refuses the same thing.
    private func contradiction(among outcomes: [RecognitionVerdict]) -> RecognitionVerdict? {
        let refusing = outcomes.filter { $0.word == .refused }
        for refusal in refusing {
            let opposite = outcomes.first {
                $0.word.favour >= RecognitionWord.partial.favour
                    && $0.grounds.first?.author == refusal.grounds.first?.author
            }
            guard let opposite else { continue }
            var verdict = RecognitionVerdict(.conflict, reason: "contradiction", rules: [.p6])
            verdict.grounds = refusal.grounds + opposite.grounds
            verdict.ask = refusal.ask
            return verdict
        }
        return nil
    }

    private func isBetter(_ left: RecognitionVerdict, _ right: RecognitionVerdict) -> Bool {
        if left.word.favour != right.word.favour { return left.word.favour > right.word.favour }
        return left.groundKey < right.groundKey
    }

    private func undetermined(_ reason: String, _ rule: Rule) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.undetermined, reason: reason, rules: [rule])
        verdict.ask = competentAuthorities
        return verdict
    }

    /// Those whose mandate covers recognising the target or the qualification there.
    private var competentAuthorities: [String] {
        let subjects = question.target.subjects
        let authorities = statements.acts.compactMap { standing -> String? in
            guard case .mandate(let mandate) = standing.act, standing.end == nil,
                mandate.competences.contains(.recognise), mandate.period.contains(question.day)
            else { return nil }
            let isCompetent = mandate.scope.contains { pattern in
                subjects.contains(where: pattern.matches)
            }
            return isCompetent ? mandate.authority : nil
        }
        return Set(authorities).sorted()
    }

    private var isLapsed: Bool { award.currentUntil.map { $0 < question.day } ?? false }

    private func ground(
        _ standing: StandingAct, _ equivalence: Equivalence
    ) -> RecognitionVerdict.Ground {
        RecognitionVerdict.Ground(
            entry: standing.logged, author: standing.logged.entry.envelope.author,
            basis: equivalence.basis, since: equivalence.since, until: equivalence.until)
    }

    private func ground(_ standing: StandingAct, basis: Basis?) -> RecognitionVerdict.Ground {
        RecognitionVerdict.Ground(
            entry: standing.logged, author: standing.logged.entry.envelope.author, basis: basis,
            since: nil, until: nil)
    }
}

extension RecognitionVerdict {
    /// Orders equally favourable verdicts the same way everywhere.
    fileprivate var groundKey: String { grounds.first?.entry.entry.identity.hexadecimal ?? "" }
}
