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

    func value(_ trace: inout RuleSet) -> PredicateValue {
        var value = PredicateValue.fails
        for decision in meant {
            switch counts(decision, &trace) {
            case .holds: value = .holds
            case .unknown(let fact): if value == .fails { value = .unknown(fact) }
            case .fails: break
            }
        }
        return value
    }

    /// C6: the last day on which one of them still counts, as known.
    var end: CalendarDate? {
        var trace: RuleSet = []
        var validity = Validity()
        validity.limit(
            byLongest: meant.filter { counts($0, &trace) == .holds }.map {
                $0.end(for: situation.question.purpose)
            })
        return validity.until
    }

    private var meant: [Decision] {
        situation.statements.decisions.filter(isMeant)
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

    private func counts(_ decision: Decision, _ trace: inout RuleSet) -> PredicateValue {
        if situation.applies(.c5),
            situation.question.purpose.served(by: decision.purposes).isEmpty
        {
            trace.insert(.c5)
            return .fails
        }
        let standing = DecisionStanding(decision, situation)
        if situation.applies(.x3), !standing.isCompetent {
            trace.insert(.x3)
            return .fails
        }
        let stands =
            standing.isInForce && standing.unmet.isEmpty && !standing.isPremiseVoid
            && hasExamThatStands(decision)
        if situation.applies(.c4), !stands {
            trace.insert(.c4)
            return .fails
        }
        // Nor of one that rests on results which may be void without anybody here knowing.
        if situation.applies(.c4), !standing.unwatchedBodies.isEmpty {
            trace.insert(.c4)
            return .unknown("premise")
        }
        guard situation.applies(.c9) else { return .holds }
        if standing.restsOnThirdCountry {
            trace.insert(.c9)
            return .fails
        }
        // Nobody can tell what stands behind a premise that was not shown.
        return standing.arePremisesShown ? .holds : .unknown("premise")
    }

    /// `via: exam`: the test that was its premise must be among what stands.
    private func hasExamThatStands(_ decision: Decision) -> Bool {
        guard predicate.members["via"]?.string == "exam", let premise = decision.premise else {
            return true
        }
        return situation.index.evidence[premise].map(situation.counts) ?? false
    }
}
