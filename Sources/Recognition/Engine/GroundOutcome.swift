import Encoding
import Registry

/// What a general ground that applies gives: the word, its open conditions, its part.
///
/// `Protocol/recognition.md § Phase 3`.
struct GroundOutcome {
    let situation: Situation
    let ground: GeneralGround
    /// The awards that fulfil its predicates.
    let used: [Award]
    /// All that can be used, for units and conditions.
    let awards: [Award]

    private var provision: Provision { ground.provision }
    private var question: RecognitionQuestion { situation.question }

    func verdict(_ trace: inout Set<Rule>) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.undetermined)
        verdict.grounds = [
            RecognitionVerdict.Ground(
                id: ground.id, kind: ground.kind == .instrument ? .instrument : .equivalence,
                author: ground.authorship.author, basis: provision.basis?.text,
                since: provision.since, until: provision.until)
        ]
        verdict.scope = provision.scope
        verdict.missing = provision.differences
        verdict.alternative = provision.alternative
        verdict.ask = [ground.authorship.author].compactMap { $0 }
        verdict.until = provision.until
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
        return verdict
    }

    /// P1: outside its author's mandate it is advice at most.
    private func withholdWithoutMandate(
        _ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>
    ) {
        let isCompetent = situation.isCompetent(
            ground.authorship, for: ground.occupation, provision.target,
            in: ground.binds.first?.code ?? question.destination,
            purposes: question.purpose.served(by: provision.purposes), on: provision.since)
        guard !isCompetent else { return }
        trace.insert(.p1)
        guard situation.applies(.p1) else { return }
        verdict.word = .advisory
        verdict.conditions = []
        // Who is competent can be asked; who is not, cannot help.
        verdict.ask = []
    }

    private func right(_ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>) {
        if !provision.unitMap.isEmpty { mapUnits(&verdict, &trace) }
        var test = ConditionTest(situation, awards: awards)
        verdict.conditions = test.open(provision.conditions, &trace).map { condition in
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
    }

    /// C3: units add up over awards, because the statement says so by mapping them.
    private func mapUnits(_ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>) {
        trace.insert(.c3)
        let achieved = Set(awards.flatMap(\.achievedUnits))
        let mapped = provision.unitMap.filter { achieved.isSuperset(of: $0.from) }.map(\.to)
        let target = situation.statements.qualifications.first {
            $0.content.id == provision.target["qual"]
        }
        let needed = target?.content.requiredUnits ?? provision.unitMap.map(\.to)
        verdict.missing = needed.filter { !mapped.contains($0) } + provision.differences
        if !verdict.missing.isEmpty { verdict.scope = mapped + provision.scope }
    }

    /// Whether its units map at all: without one of them it says nothing about these awards.
    var mapsNothing: Bool {
        guard !provision.unitMap.isEmpty, situation.applies(.c3) else { return false }
        let achieved = Set(awards.flatMap(\.achievedUnits))
        return !provision.unitMap.contains { achieved.isSuperset(of: $0.from) }
    }

    /// G5: for a purpose that needs a current award, a lapsed one must be renewed, unless another
    /// that the ground can use is current.
    private func requireCurrentAward(
        _ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>
    ) {
        guard question.purpose.needsCurrentAward, !provision.needsNoAward, situation.applies(.g5)
        else { return }
        let isAdding = !provision.unitMap.isEmpty
        let lapsed = used.filter { situation.isLapsed($0) }
        guard !lapsed.isEmpty, isAdding || lapsed.count == used.count else {
            limit(&verdict, by: used.filter { !situation.isLapsed($0) })
            return
        }
        trace.insert(.g5)
        let newest = lapsed.max { left, right in
            (situation.currentUntil(left), right.id) < (situation.currentUntil(right), left.id)
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
        _ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>
    ) {
        let former = used.first { Jurisdiction($0.qualification.country).isFormerState }
        guard let former, !provision.needsNoAward else { return }
        trace.insert(.t6)
        guard !provision.entry.contains(where: { $0.kind == "attestation" }),
            situation.applies(.t6),
            !situation.statements.evidence.contains(where: { evidence in
                evidence.kind == .attestation && evidence.name == "successor-legal-validity"
                    && situation.counts(evidence)
            })
        else { return }
        verdict.conditions.append(
            OpenCondition(
                id: "successor-attestation", origin: .successorState(award: former.id)))
    }

    /// C6: no longer than the award on which it rests.
    private func limit(_ verdict: inout RecognitionVerdict, by awards: [Award]) {
        guard situation.applies(.c6) else { return }
        let ends = awards.map { $0.currentUntil(on: situation.day) }
        guard !ends.isEmpty, !ends.contains(nil), let last = ends.compactMap({ $0 }).max()
        else { return }
        verdict.until = verdict.until.map { min($0, last) } ?? last
    }

    private func carryRestrictions(_ verdict: inout RecognitionVerdict) {
        let person = PersonPredicates(situation: situation, awards: awards)
        let registrations = provision.entry.filter { $0.kind == "registration" }
            .flatMap(person.registrations)
        verdict.notes += Set(registrations.flatMap(\.restrictions)).sorted()
            .map { .restriction($0) }
    }
}

extension Situation {
    func isLapsed(_ award: Award) -> Bool {
        award.currentUntil(on: day).map { $0 < day } ?? false
    }

    fileprivate func currentUntil(_ award: Award) -> CalendarDate {
        award.currentUntil(on: day) ?? .latest
    }
}

extension [OpenCondition] {
    /// The word of a right under these conditions: at once, provisionally until deadlines that
    /// have not passed, or only when they are met (X8).
    func rightWord(_ situation: Situation, _ trace: inout Set<Rule>) -> RecognitionWord {
        if isEmpty { return .granted }
        guard allSatisfy({ $0.stage == .after }) else { return .conditional }
        let isPassed = contains { $0.deadline.map { $0 < situation.day } ?? false }
        guard isPassed else { return .provisional }
        trace.insert(.x8)
        return situation.applies(.x8) ? .conditional : .provisional
    }
}
