import Encoding
import Registry

/// Whether another country's decision can be a premise, where the destination wrote that it can
/// (C1).
///
/// `Protocol/recognition.md § Composition`: in force, unconditional, by a mandated authority,
/// for the purpose asked, its evidence not void, and itself resting on no third country.
struct PriorDecision {
    private let predicate: Predicate
    private let situation: Situation

    init(_ predicate: Predicate, _ situation: Situation) {
        self.predicate = predicate
        self.situation = situation
    }

    func value(_ trace: inout Set<Rule>) -> PredicateValue {
        let found = situation.statements.decisions.filter(isMeant)
        var isFound = false
        for decision in found where counts(decision, &trace) { isFound = true }
        return PredicateValue(isFound)
    }

    /// Whether it is one of those that the predicate speaks of.
    private func isMeant(_ decision: Decision) -> Bool {
        let results = predicate.members["result"] == nil ? ["granted"] : predicate.names("result")
        let occupation = predicate.members["occ"]?.string
        let via = predicate.members["via"]?.string
        return situation.isPerson(decision.holder) && decision.decided <= situation.day
            && Jurisdiction.anyCovers(predicate.names("in"), decision.jurisdiction)
            && results.contains(decision.result.rawValue)
            && (occupation == nil || decision.occupation == occupation
                || decision.target["occ"] == occupation)
            && (via == nil || decision.via == via)
    }

    private func counts(_ decision: Decision, _ trace: inout Set<Rule>) -> Bool {
        if situation.applies(.c5),
            situation.question.purpose.served(by: decision.purposes).isEmpty
        {
            trace.insert(.c5)
            return false
        }
        if situation.applies(.x3), !DecisionStanding(decision, situation).isCompetent {
            trace.insert(.x3)
            return false
        }
        let standing = DecisionStanding(decision, situation)
        let stands =
            standing.isInForce && !standing.hasOpenConditions && !standing.isPremiseVoid
            && hasExamThatStands(decision)
        if situation.applies(.c4), !stands {
            trace.insert(.c4)
            return false
        }
        if situation.applies(.c9), restsOnThirdCountry(decision) {
            trace.insert(.c9)
            return false
        }
        return true
    }

    /// `via: exam`: the test that was its premise must be among what stands.
    private func hasExamThatStands(_ decision: Decision) -> Bool {
        guard predicate.members["via"]?.string == "exam", let premise = decision.premise else {
            return true
        }
        return situation.statements.evidence.contains {
            $0.id == premise && situation.counts($0)
        }
    }

    /// C9: at most one country between the award and the destination.
    private func restsOnThirdCountry(_ decision: Decision) -> Bool {
        let premises = Set(decision.basedOn + [decision.premise].compactMap { $0 })
        return situation.statements.decisions.contains { other in
            premises.contains(other.id) && other.id != decision.id
                && !Jurisdiction(decision.jurisdiction).covers(other.jurisdiction)
                && !Jurisdiction(other.jurisdiction).covers(decision.jurisdiction)
        }
    }
}
