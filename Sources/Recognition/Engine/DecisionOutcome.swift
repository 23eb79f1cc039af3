import Encoding
import Registry

/// What an individual decision gives on the day asked.
///
/// `Protocol/recognition.md § Decisions`.
struct DecisionOutcome {
    let situation: Situation
    let decision: Decision
    let awards: [Award]

    func verdict(_ trace: inout Set<Rule>) -> RecognitionVerdict {
        let standing = DecisionStanding(decision, situation)
        var verdict = RecognitionVerdict(decision.result)
        verdict.grounds = [
            RecognitionVerdict.Ground(
                id: decision.id, kind: .decision, author: decision.authorship.author,
                basis: decision.basis, since: decision.decided,
                until: decision.expiry.end(for: situation.question.purpose))
        ]
        verdict.scope = decision.scope
        verdict.alternative = decision.alternative
        verdict.ask = [decision.authorship.author].compactMap { $0 }
        verdict.until = decision.expiry.end(for: situation.question.purpose)
        var test = ConditionTest(situation, awards: awards)
        let open = standing.openConditions(&test, &trace)
        verdict.conditions = open.map { condition in
            OpenCondition(
                id: condition.id, origin: .ground(decision.id), alternatives: condition.anyOf,
                stage: condition.stage, deadline: condition.deadline)
        }
        switch decision.result {
        case .granted, .provisional, .conditional:
            verdict.word = verdict.conditions.rightWord(situation, &trace)
            if !open.isEmpty { verdict.missing = decision.differences }
        case .refused:
            verdict.conditions = []
            verdict.missing = decision.differences
            noteDefect(&verdict, &trace)
        default: verdict.missing = decision.differences
        }
        noteAppeal(standing, &verdict)
        notePremise(standing, &verdict, &trace)
        if trace.contains(.c8), let author = decision.authorship.author {
            verdict.nextSteps.append(.followUpApplication(authority: author))
        }
        return verdict
    }

    /// X10: a refusal without differences binds, and is shown as defective.
    private func noteDefect(_ verdict: inout RecognitionVerdict, _ trace: inout Set<Rule>) {
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
        _ trace: inout Set<Rule>
    ) {
        guard standing.isPremiseVoid else { return }
        trace.insert(.t3)
        verdict.notes.append(.premiseVoid)
    }
}

/// Phase 3 for the decisions about the holder: those in force, by mandated authorities, and the
/// others.
struct Decisions {
    /// Of the competent authorities, in the order of their ids.
    private(set) var binding: [(decision: Decision, verdict: RecognitionVerdict)] = []
    /// By bodies without mandate: advice (P1).
    private(set) var advice: [RecognitionVerdict] = []
    private(set) var isAnySuspended = false
    private(set) var others: [RecognitionVerdict.Other] = []

    init(_ situation: Situation, awards: [Award], _ trace: inout Set<Rule>) {
        let question = situation.question
        for decision in situation.statements.decisions.sorted(by: { $0.id < $1.id }) {
            guard situation.isPerson(decision.holder), decision.decided <= situation.day,
                situation.isBound(by: decision.jurisdiction),
                decision.target.fits(question.target)
            else { continue }
            if question.purpose.served(by: decision.purposes).isEmpty {
                trace.insert(.x6)
                others.append(.init(id: decision.id, objection: .otherPurpose))
                if situation.applies(.x6) { continue }
            }
            let standing = DecisionStanding(decision, situation)
            if standing.isSuperseded {
                trace.insert(.p5)
                others.append(.init(id: decision.id, objection: .superseded))
                continue
            }
            if standing.isExpired {
                trace.insert(.g5)
                others.append(.init(id: decision.id, objection: .notInForce))
                continue
            }
            if standing.standing == .suspended { isAnySuspended = true }
            guard standing.standing == .stands else {
                others.append(.init(id: decision.id, objection: .notInForce))
                continue
            }
            if standing.isPremiseVoid, !situation.applies(.t3) { continue }
            var verdict = DecisionOutcome(
                situation: situation, decision: decision, awards: awards
            ).verdict(&trace)
            guard standing.isCompetent || !situation.applies(.p1) else {
                trace.insert(.p1)
                verdict.word = .advisory
                verdict.conditions = []
                verdict.ask = []
                advice.append(verdict)
                continue
            }
            binding.append((decision, verdict))
        }
    }
}
