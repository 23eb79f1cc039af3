import Encoding
import Registry

/// Phase 3 for the decisions about the holder: those in force, by mandated authorities, and the
/// others.
struct Decisions {
    /// Of the competent authorities, in the order of their ids.
    private(set) var binding: [(decision: Decision, verdict: RecognitionVerdict)] = []
    /// By bodies without mandate: advice (P1).
    private(set) var advice: [RecognitionVerdict] = []
    private(set) var isAnySuspended = false
    /// Kinds of predicates in open conditions that this version does not understand.
    private(set) var notUnderstood: Set<String> = []
    private(set) var others: [RecognitionVerdict.Other] = []

    init(_ situation: Situation, awards: [Award], _ trace: inout RuleSet) {
        let question = situation.question
        for decision in situation.statements.decisions.sorted(by: { $0.id < $1.id }) {
            // C1: what another country decided is no ground here.
            guard situation.isPerson(decision.holder), decision.decided <= situation.day,
                situation.isBound(by: decision.jurisdiction) || !situation.applies(.c1),
                situation.isAsked(decision.target, occupation: decision.occupation)
            else { continue }
            if !question.purpose.isServed(byOneOf: decision.purposes) {
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
            // What gives advice at most holds nothing up while it is suspended.
            if standing.standing == .suspended, standing.isCompetent || !situation.applies(.p1) {
                isAnySuspended = true
            }
            guard standing.standing == .stands else {
                others.append(.init(id: decision.id, objection: .notInForce))
                continue
            }
            if standing.isPremiseVoid, !situation.applies(.t3) { continue }
            var verdict = DecisionOutcome(
                situation: situation, decision: decision, awards: awards
            ).verdict(&trace)
            guard standing.isCompetent || !situation.applies(.p1) else {
                trace.formUnion([.p1, .x3])
                verdict.word = .advisory
                verdict.conditions = []
                verdict.ask = []
                advice.append(verdict)
                continue
            }
            let strange = Set(
                verdict.conditions.flatMap(\.alternatives)
                    .filter { !PredicateForm.isUnderstood($0) }.map(\.kind))
            if !strange.isEmpty {
                notUnderstood.formUnion(strange)
                others.append(
                    .init(id: decision.id, objection: .notUnderstood(strange.sorted())))
            }
            binding.append((decision, verdict))
        }
    }
}
