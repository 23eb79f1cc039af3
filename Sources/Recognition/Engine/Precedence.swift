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

    func verdict(_ trace: inout RuleSet) -> RecognitionVerdict {
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
        _ decisions: Decisions, _ general: GeneralGrounds, _ trace: inout RuleSet
    ) -> RecognitionVerdict {
        let rights = general.outcomes.filter(\.verdict.word.isRight).sorted { $0.rank < $1.rank }
        // A right that a fact nobody has shown could take away is not given (X7).
        let safe = rights.filter { !general.open.endanger($0, situation) }
        // A decision whose conditions are not understood could give less than it seems to.
        if !decisions.notUnderstood.isEmpty {
            return notUnderstood(decisions.notUnderstood, [.p3, .x7])
        }
        if let verdict = individual(decisions, general, safe.first?.verdict, &trace) {
            return verdict
        }
        if decisions.isAnySuspended {
            return RecognitionVerdict(.undetermined, reason: .suspended, rules: [.p3])
        }
        if let conflict = Contradiction.verdict(among: general.outcomes, situation) {
            return conflict
        }
        // What is not understood could refuse as well as grant.
        if !general.notUnderstood.isEmpty {
            return notUnderstood(general.notUnderstood, [.x7])
        }
        if let best = safe.first {
            trace.insert(.p4)
            let chosen = situation.applies(.p4) ? best : safe.last ?? best
            var right = chosen.verdict
            right.others = rights.filter { $0.ground.id != chosen.ground.id }.map {
                .init(id: $0.ground.id, objection: .outranked)
            }
            return right
        }
        if let task = taskOrNothing(&trace) { return task }
        return withoutRight(
            decisions, general, couldGiveRight: general.open.couldGiveRight || !rights.isEmpty,
            &trace)
    }

    /// Nobody but a newer version, or the author, can say what it asks for.
    private func notUnderstood(_ kinds: Set<String>, _ rules: [Rule]) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(
            .undetermined, reason: .notUnderstood(kinds.sorted()), rules: rules)
        verdict.nextSteps = [.update]
        return verdict
    }

    /// P3: an individual decision of the competent authority beats all general grounds, both
    /// ways; P3b: a better general ground is named.
    private func individual(
        _ decisions: Decisions, _ general: GeneralGrounds, _ best: RecognitionVerdict?,
        _ trace: inout RuleSet
    ) -> RecognitionVerdict? {
        guard !decisions.binding.isEmpty, situation.applies(.p3) else {
            // Without P3 a decision is one ground among others.
            return situation.applies(.p3)
                ? nil
                : (decisions.binding.map(\.verdict) + [best].compactMap { $0 })
                    .min { Rank($0) < Rank($1) }
        }
        trace.insert(.p3)
        if let conflict = Contradiction.verdict(among: decisions.binding, situation) {
            return conflict
        }
        let sorted = decisions.binding.map { ($0, Rank($0.verdict)) }.sorted { $0.1 < $1.1 }
            .map(\.0)
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

    private func taskOrNothing(_ trace: inout RuleSet) -> RecognitionVerdict? {
        guard situation.question.purpose == .task else { return nil }
        return TaskRange(situation: situation, awards: awards).verdict(&trace)
    }

    /// Refusals, assessment, advice, and nothing, in that order.
    private func withoutRight(
        _ decisions: Decisions, _ general: GeneralGrounds, couldGiveRight: Bool,
        _ trace: inout RuleSet
    ) -> RecognitionVerdict {
        let needs = general.open.facts.sorted()
        let refusals = (general.outcomes.filter { $0.verdict.word == .refused } + general.refusals)
            .filter { !general.open.endanger($0, situation) }
        // Where a fact that nobody has shown may still give a right, nothing is refused.
        if let refusal = refusals.min(by: { $0.rank < $1.rank }), !couldGiveRight {
            trace.formUnion(refusal.verdict.rules)
            return refusal.verdict
        }
        let assessable = general.outcomes.filter { $0.verdict.word == .assessable }
        if let best = assessable.min(by: { $0.rank < $1.rank }) {
            return asking(for: needs, best.verdict, &trace)
        }
        let level = levels(&trace)
        let advice =
            general.outcomes.filter { $0.verdict.word == .advisory }.map { ($0.verdict, $0.rank) }
            + decisions.advice.map { ($0, Rank($0)) }
        if let best = advice.min(by: { $0.1 < $1.1 }) {
            trace.insert(.x2)
            return asking(for: needs, best.0, &trace)
        }
        if !needs.isEmpty {
            return asking(
                for: needs, RecognitionVerdict(.undetermined, reason: .need(needs)), &trace)
        }
        if let level { return level }
        return nothing(general, &trace)
    }

    /// X7: the facts that nobody has shown are asked for.
    private func asking(
        for needs: [String], _ verdict: RecognitionVerdict, _ trace: inout RuleSet
    ) -> RecognitionVerdict {
        guard !needs.isEmpty else { return verdict }
        trace.insert(.x7)
        var verdict = verdict
        verdict.nextSteps.append(.show(facts: needs))
        return verdict
    }

    /// X1: nothing found is not a refusal.
    private func nothing(
        _ general: GeneralGrounds, _ trace: inout RuleSet
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
    private func levels(_ trace: inout RuleSet) -> RecognitionVerdict? {
        guard situation.question.purpose == .level, !awards.isEmpty else { return nil }
        switch LevelComposition(situation).best(awards, &trace) {
        case .levels(let levels, let framework, let grounds)?:
            var verdict = RecognitionVerdict(.advisory, rules: [.x2])
            verdict.level = levels
            verdict.framework = framework
            verdict.grounds = grounds
            if situation.applies(.c6) {
                var validity = Validity()
                for ground in grounds { validity.limit(ground.until) }
                verdict.until = validity.until
            }
            return verdict
        case .unlevelled?: return RecognitionVerdict(.undetermined, reason: .unlevelled)
        case .noPath?: return RecognitionVerdict(.undetermined, reason: .noEndorsedPath)
        case nil: return nil
        }
    }

    /// C1: a third country's recognition is no ground of its own.
    private func noteThirdCountries(_ trace: inout RuleSet) {
        let isThere = situation.statements.decisions.contains { decision in
            situation.isPerson(decision.holder) && decision.decided <= situation.day
                && !situation.isBound(by: decision.jurisdiction)
        }
        if isThere { trace.insert(.c1) }
    }
}
