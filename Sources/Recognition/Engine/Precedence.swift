import Encoding
import Registry

/// Phase 4: which of the grounds decides.
///
/// `Protocol/recognition.md § Phase 4`: decisions before general grounds, the most favourable of
/// the general ones, then refusals, assessment, advice, and nothing.
struct Precedence {
    private let situation: Situation
    private let awards: [Award]

    init(_ situation: Situation, awards: [Award]) {
        self.situation = situation
        self.awards = awards
    }

    func verdict(_ trace: inout Set<Rule>) -> RecognitionVerdict {
        let decisions = Decisions(situation, awards: awards, &trace)
        let general = GeneralGrounds(situation, awards: awards, &trace)
        noteThirdCountries(&trace)
        var verdict = decided(decisions, general, &trace)
        // That another purpose was not borrowed matters where nothing else gave a right.
        if verdict.word.isRight { trace.remove(.x6) }
        verdict.others = decisions.others + general.others + verdict.others
        return verdict
    }

    private func decided(
        _ decisions: Decisions, _ general: GeneralGrounds, _ trace: inout Set<Rule>
    ) -> RecognitionVerdict {
        let best = general.outcomes.map(\.verdict).filter(\.word.isRight).sorted(by: isBetter)
        if let verdict = individual(decisions, general, best.first, &trace) { return verdict }
        if decisions.isAnySuspended {
            return RecognitionVerdict(.undetermined, reason: .suspended, rules: [.p3])
        }
        if let conflict = Contradiction.verdict(among: general.outcomes, situation) {
            return conflict
        }
        // What is not understood could refuse as well as grant.
        if !general.notUnderstood.isEmpty {
            return RecognitionVerdict(
                .undetermined, reason: .need(general.notUnderstood.sorted()), rules: [.x7])
        }
        if var right = best.first {
            trace.insert(.p4)
            if !situation.applies(.p4), let least = best.last { right = least }
            right.others = best.dropFirst().flatMap(\.grounds).map {
                .init(id: $0.id, objection: .outranked)
            }
            return right
        }
        if let task = taskOrNothing(&trace) { return task }
        return withoutRight(decisions, general, &trace)
    }

    /// P3: an individual decision of the competent authority beats all general grounds, both
    /// ways; P3b: a better general ground is named.
    private func individual(
        _ decisions: Decisions, _ general: GeneralGrounds, _ best: RecognitionVerdict?,
        _ trace: inout Set<Rule>
    ) -> RecognitionVerdict? {
        guard !decisions.binding.isEmpty, situation.applies(.p3) else {
            // Without P3 a decision is one ground among others.
            return situation.applies(.p3)
                ? nil
                : (decisions.binding.map(\.verdict) + [best].compactMap { $0 })
                    .sorted(by: isBetter).first
        }
        trace.insert(.p3)
        if let conflict = Contradiction.verdict(among: decisions.binding, situation) {
            return conflict
        }
        let sorted = decisions.binding.sorted { isBetter($0.verdict, $1.verdict) }
        guard let (decision, decided) = sorted.first else { return nil }
        var verdict = decided
        verdict.others = sorted.dropFirst().map {
            .init(id: $0.decision.id, objection: .outranked)
        }
        guard let best, best.word.favour > verdict.word.favour, situation.applies(.p3b),
            let ground = best.grounds.first
        else { return verdict }
        trace.insert(.p3b)
        let isNewer = ground.since.map { decision.decided < $0 } ?? false
        // Statements that began before the decision were in force when it was made, unless they
        // came to be known only later.
        let isMadeLater = isNewer || isMade(ground.id, after: decision.decided)
        verdict.notes.append(
            .moreFavourable(ground: ground.id, isMadeLater ? .newer : .wasInForce))
        verdict.nextSteps.append(
            isMadeLater
                ? .applyAgain(authority: decision.authorship.author)
                : .appeal(body: decision.remedy?.body, days: decision.remedy?.days))
        return verdict
    }

    private func isMade(_ id: String, after day: CalendarDate) -> Bool {
        situation.statements.grounds.first { $0.id == id }?.authorship.recorded
            .map { day < $0 } ?? false
    }

    private func taskOrNothing(_ trace: inout Set<Rule>) -> RecognitionVerdict? {
        guard situation.question.purpose == .task else { return nil }
        return TaskRange(situation: situation, awards: awards).verdict(&trace)
    }

    /// Refusals, assessment, advice, and nothing, in that order.
    private func withoutRight(
        _ decisions: Decisions, _ general: GeneralGrounds, _ trace: inout Set<Rule>
    ) -> RecognitionVerdict {
        let outcomes = general.outcomes.map(\.verdict)
        let refusals = outcomes.filter { $0.word == .refused } + general.refusals
        // Where a fact that nobody has shown may still give a right, nothing is refused.
        if let refusal = refusals.min(by: isBetter), general.needs.isEmpty {
            trace.formUnion(refusal.rules)
            return refusal
        }
        if let assessable = outcomes.filter({ $0.word == .assessable }).min(by: isBetter) {
            var verdict = assessable
            if !general.needs.isEmpty {
                trace.insert(.x7)
                verdict.nextSteps.append(.show(facts: general.needs.sorted()))
            }
            return verdict
        }
        let level = levels(&trace)
        let advice = outcomes.filter { $0.word == .advisory } + decisions.advice
        if let best = advice.min(by: isBetter) {
            trace.insert(.x2)
            return best
        }
        if !general.needs.isEmpty {
            trace.insert(.x7)
            var verdict = RecognitionVerdict(
                .undetermined, reason: .need(general.needs.sorted()))
            verdict.nextSteps = [.show(facts: general.needs.sorted())]
            return verdict
        }
        if let level { return level }
        return nothing(general, &trace)
    }

    /// X1: nothing found is not a refusal.
    private func nothing(
        _ general: GeneralGrounds, _ trace: inout Set<Rule>
    ) -> RecognitionVerdict {
        if general.isAnySuspended {
            return RecognitionVerdict(.undetermined, reason: .suspended, rules: [.t2])
        }
        trace.insert(.x1)
        let isAboutAwards =
            situation.question.purpose == .level
            || situation.question.purpose == .task
        let reason: RecognitionReason =
            isAboutAwards && situation.question.awards.isEmpty ? .noAward : .noGround
        return RecognitionVerdict(
            situation.applies(.x1) ? .undetermined : .refused, reason: reason)
    }

    /// C2: the level, where that is what was asked.
    private func levels(_ trace: inout Set<Rule>) -> RecognitionVerdict? {
        guard situation.question.purpose == .level, !awards.isEmpty else { return nil }
        let composition = LevelComposition(situation)
        let findings = awards.map { composition.finding($0, &trace) }
        let best = findings.max { $0.rank < $1.rank }
        switch best {
        case .levels(let levels, let grounds)?:
            var verdict = RecognitionVerdict(.advisory, rules: [.x2])
            verdict.level = levels
            verdict.grounds = grounds
            return verdict
        case .unlevelled?: return RecognitionVerdict(.undetermined, reason: .unlevelled)
        case .noPath?: return RecognitionVerdict(.undetermined, reason: .noEndorsedPath)
        case nil: return nil
        }
    }

    /// C1: a third country's recognition is no ground of its own.
    private func noteThirdCountries(_ trace: inout Set<Rule>) {
        let isThere = situation.statements.decisions.contains { decision in
            situation.isPerson(decision.holder) && decision.decided <= situation.day
                && !situation.isBound(by: decision.jurisdiction)
        }
        if isThere { trace.insert(.c1) }
    }

    /// The more favourable; of equals an instrument before a statement, the more special, by id.
    private func isBetter(_ left: RecognitionVerdict, _ right: RecognitionVerdict) -> Bool {
        key(left).lexicographicallyPrecedes(key(right))
            || key(left) == key(right)
                && (left.grounds.first?.id ?? "") < (right.grounds.first?.id ?? "")
    }

    private func key(_ verdict: RecognitionVerdict) -> [Int64] {
        let ground = verdict.grounds.first
        let special = situation.statements.grounds.first { $0.id == ground?.id }?.specificity
        return [
            -Int64(verdict.word.favour), Int64(verdict.missing.count),
            Int64(verdict.conditions.count), ground?.kind == .instrument ? 0 : 1, -(special ?? 0),
        ]
    }
}

extension LevelComposition.Finding {
    /// A level before none, and the higher before the lower.
    fileprivate var rank: Int {
        switch self {
        case .levels(let levels, _): 2 + (levels.compactMap { Int($0) }.max() ?? 0)
        case .unlevelled: 1
        case .noPath: 0
        }
    }
}
