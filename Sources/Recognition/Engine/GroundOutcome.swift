import Encoding
import Registry

/// What a general ground that applies gives: the word, its open conditions, its part.
///
/// `Protocol/recognition.md § Phase 3`.
struct GroundOutcome {
    let situation: Situation
    let ground: GeneralGround
    /// Whether its author was mandated for it (P1).
    let isCompetent: Bool
    /// The awards that fulfil its predicates.
    let used: [Award]
    /// All that can be used, for conditions.
    let awards: [Award]

    private var provision: Provision { ground.provision }
    private var question: RecognitionQuestion { situation.question }

    func verdict(_ trace: inout RuleSet) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.undetermined)
        verdict.grounds = [RecognitionVerdict.Ground(ground)]
        verdict.scope = provision.scope
        verdict.missing = provision.differences
        verdict.alternative = provision.alternative
        verdict.ask = [ground.authorship.author].compactMap { $0 }
        verdict.until = validity.until
        switch provision.effect {
        case .right, .alternative: right(&verdict, &trace)
        case .advice: verdict.word = situation.applies(.x2) ? .advisory : .granted
        case .assess:
            trace.insert(.r6)
            verdict.word = situation.applies(.r6) ? .assessable : .advisory
        case .refuse:
            verdict.word = .refused
            if provision.differences.isEmpty, situation.applies(.x10) {
                trace.insert(.x10)
                verdict.notes.append(.defectiveRefusal)
            }
        }
        if ground.isDeemed { trace.insert(.x11) }
        if provision.effect == .advice { trace.insert(.x2) }
        withholdWithoutMandate(&verdict, &trace)
        if verdict.until != provision.until { trace.insert(.c6) }
        return verdict
    }

    /// P1: outside its author's mandate it is advice at most.
    private func withholdWithoutMandate(
        _ verdict: inout RecognitionVerdict, _ trace: inout RuleSet
    ) {
        guard !isCompetent else { return }
        trace.formUnion([.p1, .x3])
        verdict.word = .advisory
        verdict.conditions = []
        // Who is competent can be asked; who is not, cannot help.
        verdict.ask = []
    }

    private func right(_ verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        if !provision.unitMap.isEmpty { mapUnits(&verdict, &trace) }
        var test = ConditionTest(situation, awards: awards, entry: provision.entry)
        let open = test.open(provision.conditions, &trace)
        verdict.conditions = open.map { condition in
            OpenCondition(
                id: condition.id, origin: .ground(ground.id), alternatives: condition.anyOf,
                stage: condition.stage, deadline: condition.deadline)
        }
        requireCurrentAward(&verdict, &trace)
        requireSuccessor(&verdict, &trace)
        if ground.carriesRestrictions { carryRestrictions(&verdict) }
        let isPartial = !verdict.missing.isEmpty || !provision.scope.isEmpty
        if isPartial { trace.insert(.c3) }
        if provision.effect == .alternative {
            verdict.word = .alternative
        } else if isPartial, situation.applies(.c3) {
            verdict.word = .partial
        } else {
            verdict.word = verdict.conditions.rightWord(situation, &trace)
        }
        limit(&verdict, test, open: Set(open.map(\.id)))
    }

    /// C3: units add up over awards, because the statement says so by mapping them.
    private func mapUnits(_ verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        trace.insert(.c3)
        let achieved = Set(used.flatMap(\.achievedUnits))
        let mapped = provision.unitMap.filter { achieved.isSuperset(of: $0.from) }.map(\.to)
        let needed = neededUnits
        verdict.missing = needed.filter { !mapped.contains($0) } + provision.differences
        verdict.scope = mapped + provision.scope
    }

    /// The units of the target as its current version needs them; where they are not known, those
    /// to which the statement maps.
    private var neededUnits: [String] {
        let versions = situation.statements.qualifications.filter {
            $0.content.id == provision.target["qual"]
        }
        let current = versions.filter { !situation.isReplaced($0) }
        let needed = Set(
            (current.isEmpty ? versions : current).flatMap(\.content.requiredUnits))
        return (needed.isEmpty ? Set(provision.unitMap.map(\.to)) : needed).sorted()
    }

    /// Whether its units map at all: without one of them it says nothing about these awards.
    var mapsNothing: Bool {
        guard !provision.unitMap.isEmpty, situation.applies(.c3) else { return false }
        let achieved = Set(used.flatMap(\.achievedUnits))
        return !provision.unitMap.contains { achieved.isSuperset(of: $0.from) }
    }

    /// G5: for a purpose that needs a current award, a lapsed one must be renewed, unless another
    /// that the ground can use is current.
    private func requireCurrentAward(
        _ verdict: inout RecognitionVerdict, _ trace: inout RuleSet
    ) {
        guard question.purpose.needsCurrentAward, !provision.needsNoAward, situation.applies(.g5)
        else { return }
        let isAdding = !provision.unitMap.isEmpty
        let lapsed = used.filter { situation.isLapsed($0) }
        guard !lapsed.isEmpty, isAdding || lapsed.count == used.count else { return }
        trace.insert(.g5)
        let newest = lapsed.max { left, right in
            (situation.currentUntil(left) ?? .latest, right.id)
                < (situation.currentUntil(right) ?? .latest, left.id)
        }
        let named = isAdding ? lapsed : [newest].compactMap { $0 }
        verdict.conditions += named.map {
            OpenCondition(id: "renew:\($0.id)", origin: .lapsed(award: $0.id))
        }
        verdict.notes += named.map { .lapsed($0.id) }
    }

    /// T6: the state that made the award is gone; its successor must attest it, unless the ground
    /// has seen to that itself.
    private func requireSuccessor(
        _ verdict: inout RecognitionVerdict, _ trace: inout RuleSet
    ) {
        let formers = used.filter { Jurisdiction($0.qualification.country).isFormerState }
        guard let former = formers.first, !provision.needsNoAward,
            formers.count == used.count || !provision.unitMap.isEmpty
        else { return }
        trace.insert(.t6)
        guard !provision.entry.contains(where: { $0.kind == "attestation" }),
            situation.applies(.t6),
            !(situation.evidence[.attestation] ?? []).contains(where: {
                $0.name == "successor-legal-validity"
            })
        else { return }
        verdict.conditions.append(
            OpenCondition(
                id: "successor-attestation", origin: .successorState(award: former.id)))
    }

    /// C6: the ground's own end, in force and binding.
    private var validity: Validity {
        var validity = Validity(provision.until)
        guard situation.applies(.c6) else { return validity }
        validity.limit(ground.end?.adding(days: -1))
        let place = question.destination
        for derogation in ground.derogations
        where Jurisdiction(derogation.jurisdiction).covers(place)
            && (derogation.occupation.map(situation.askedOccupations.contains) ?? true)
        {
            guard let from = derogation.from, situation.day < from else { continue }
            validity.limit(from.adding(days: -1))
        }
        return validity
    }

    /// C6: no longer than the awards, the evidence and the deadlines on which it rests.
    private func limit(
        _ verdict: inout RecognitionVerdict, _ test: ConditionTest, open: Set<String>
    ) {
        guard situation.applies(.c6) else { return }
        var validity = Validity(verdict.until)
        let onAward = provision.entry.filter(AwardPredicates.areAbout)
        let award = AwardPredicates(situation)
        let needsCurrent = question.purpose.needsCurrentAward && !provision.needsNoAward
        let ends = used.filter { !needsCurrent || !situation.isLapsed($0) }.map { item in
            var end = Validity(needsCurrent ? situation.currentUntil(item) : nil)
            for predicate in onAward { end.limit(award.end(predicate, of: item)) }
            return end.until
        }
        if provision.unitMap.isEmpty {
            validity.limit(byLongest: ends)
        } else {
            for end in ends { validity.limit(end) }
        }
        let person = PersonPredicates(situation: situation, awards: awards)
        for predicate in provision.entry where !AwardPredicates.areAbout(predicate) {
            validity.limit(person.end(predicate))
        }
        for condition in provision.conditions where !open.contains(condition.id) {
            validity.limit(test.end(condition))
        }
        if verdict.word == .provisional {
            for condition in verdict.conditions { validity.limit(condition.deadline) }
        }
        verdict.until = validity.until
    }

    private func carryRestrictions(_ verdict: inout RecognitionVerdict) {
        let person = PersonPredicates(situation: situation, awards: awards)
        let registrations = provision.entry.filter { $0.kind == "registration" }
            .flatMap(person.registrations)
        verdict.notes += Set(registrations.flatMap(\.restrictions)).sorted()
            .map { .restriction($0) }
    }
}

extension [OpenCondition] {
    /// The word of a right under these conditions: at once, provisionally until deadlines that
    /// have not passed, or only when they are met (X8).
    func rightWord(_ situation: Situation, _ trace: inout RuleSet) -> RecognitionWord {
        if isEmpty { return .granted }
        guard allSatisfy({ $0.stage == .after }) else { return .conditional }
        let isPassed = contains { $0.deadline.map { $0 < situation.day } ?? false }
        guard isPassed else { return .provisional }
        trace.insert(.x8)
        return situation.applies(.x8) ? .conditional : .provisional
    }
}
