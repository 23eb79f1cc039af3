import Encoding
import Registry

/// What an individual decision gives on the day asked.
///
/// `Protocol/recognition.md § Decisions`.
struct DecisionOutcome {
    let situation: Situation
    let decision: Decision
    let awards: [Award]

    func verdict(_ trace: inout RuleSet) -> RecognitionVerdict {
        let standing = DecisionStanding(decision, situation)
        var verdict = RecognitionVerdict(decision.result)
        verdict.grounds = [
            RecognitionVerdict.Ground(
                id: decision.id, kind: .decision, author: decision.authorship.author,
                basis: decision.basis, since: decision.decided,
                until: decision.end(for: situation.question.purpose))
        ]
        verdict.scope = decision.scope
        verdict.alternative = decision.alternative
        verdict.ask = [decision.authorship.author].compactMap { $0 }
        var test = ConditionTest(situation, awards: awards)
        let (open, areShown) = standing.conditions(&test, &trace)
        verdict.conditions = open.map { condition in
            OpenCondition(
                id: condition.id, origin: .ground(decision.id), alternatives: condition.anyOf,
                stage: condition.stage, deadline: condition.deadline)
        }
        switch decision.result {
        case .granted, .provisional, .conditional:
            verdict.word = word(verdict.conditions, &trace)
            if !open.isEmpty { verdict.missing = decision.differences }
        case .refused:
            verdict.conditions = []
            verdict.missing = decision.differences
            noteDefect(&verdict, &trace)
        // What is missing of a part only a new decision gives.
        default: verdict.missing = decision.differences
        }
        var validity = Validity(decision.end(for: situation.question.purpose))
        if situation.applies(.c6) { limit(&validity, verdict, open) }
        if verdict.grounds.first?.until != validity.until { trace.insert(.c6) }
        verdict.until = validity.until
        noteAppeal(standing, &verdict)
        notePremise(standing, &verdict, &trace)
        if areShown, let author = decision.authorship.author {
            verdict.nextSteps.append(.followUpApplication(authority: author))
        }
        return verdict
    }

    /// What is granted under these conditions; never more than its authority said while some are
    /// open, or where it named none.
    private func word(_ open: [OpenCondition], _ trace: inout RuleSet) -> RecognitionWord {
        let word = open.rightWord(situation, &trace)
        let isStated = !open.isEmpty || decision.conditions.isEmpty
        guard isStated, decision.result.favour < word.favour else { return word }
        return decision.result
    }

    /// C6: evidence that closed a condition, and deadlines until which it is provisional.
    private func limit(
        _ validity: inout Validity, _ verdict: RecognitionVerdict, _ open: [Condition]
    ) {
        let openIDs = Set(open.map(\.id))
        let test = ConditionTest(situation, awards: awards)
        for condition in decision.conditions
        where condition.isSelfExecuting && !openIDs.contains(condition.id) {
            validity.limit(test.end(condition))
        }
        if verdict.word == .provisional {
            for condition in verdict.conditions { validity.limit(condition.deadline) }
        }
    }

    /// X10: a refusal without differences binds, and is shown as defective.
    private func noteDefect(_ verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        if decision.differences.isEmpty, situation.applies(.x10) {
            trace.insert(.x10)
            verdict.notes.append(.defectiveRefusal)
        }
        verdict.nextSteps.append(
            .appeal(body: decision.remedy?.body, days: decision.remedy?.days))
    }

    private func noteAppeal(
        _ standing: DecisionStanding, _ verdict: inout RecognitionVerdict
    ) {
        if standing.isAppealPending { verdict.notes.append(.appealPending) }
    }

    /// T3: it outlives the voiding of its evidence, with a warning.
    private func notePremise(
        _ standing: DecisionStanding, _ verdict: inout RecognitionVerdict,
        _ trace: inout RuleSet
    ) {
        let unwatched = standing.unwatchedBodies.sorted()
        if !unwatched.isEmpty {
            trace.insert(.t3)
            verdict.notes += unwatched.map { .premiseUnwatched(body: $0) }
            verdict.nextSteps += Set(unwatched.compactMap { OwnedName($0).country }).sorted()
                .map { .sync(country: $0) }
        }
        guard standing.isPremiseVoid else { return }
        trace.insert(.t3)
        verdict.notes.append(.premiseVoid)
    }
}
