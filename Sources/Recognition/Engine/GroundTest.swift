import Encoding
import Registry

/// Whether a general ground applies to the holder and the awards shown.
///
/// `Protocol/recognition.md § Phase 3`. False: it does not apply; unknown: somebody must be
/// asked (X7); not understood: nothing that it touches can be decided.
struct GroundTest {
    enum Finding: Hashable {
        /// With the awards that fulfil its predicates.
        case applies([Award])
        /// The kinds of the predicates that are not met.
        case notMet([String])
        /// The facts that nobody has shown, with the awards that could fulfil it.
        case unknown([String], [Award])
        /// Kinds of predicates that this version does not know, or not in that form.
        case notUnderstood([String])
    }

    let situation: Situation
    let awards: [Award]
    private let personPredicates: PersonPredicates

    init(_ situation: Situation, awards: [Award]) {
        self.situation = situation
        self.awards = awards
        personPredicates = PersonPredicates(situation: situation, awards: awards)
    }

    func finding(_ provision: Provision, _ trace: inout RuleSet) -> Finding {
        var (strange, onAward, onPerson): ([Predicate], [Predicate], [Predicate]) = ([], [], [])
        for predicate in provision.entry {
            if !PredicateForm.isUnderstood(predicate) {
                strange.append(predicate)
            } else if AwardPredicates.areAbout(predicate) {
                onAward.append(predicate)
            } else {
                onPerson.append(predicate)
            }
        }

        let onOne = AwardPredicates(situation, isAdding: !provision.unitMap.isEmpty)
        let (used, awardValue, failedOnAward) = best(onAward, onOne, &trace)
        let personValues = values(onPerson, &trace)
        let failedOnPerson = zip(onPerson, personValues).filter { $1 == .fails }.map(\.0.kind)
        let failed = failedOnAward + failedOnPerson
        if !failed.isEmpty { return .notMet(failed) }

        let strangeConditions = provision.conditions.flatMap(\.anyOf).filter {
            !PredicateForm.isUnderstood($0)
        }
        let notUnderstood = Set((strange + strangeConditions).map(\.kind)).sorted()
        if !notUnderstood.isEmpty { return .notUnderstood(notUnderstood) }

        let facts = ([awardValue] + personValues).compactMap(\.missingFact)
        guard facts.isEmpty else {
            // Without X7 what is not known is guessed away.
            return situation.applies(.x7) ? .unknown(Set(facts).sorted(), used) : .notMet(facts)
        }
        return .applies(used)
    }

    /// Of measures that are spent once each needs months of its own (C7).
    private func values(
        _ predicates: [Predicate], _ trace: inout RuleSet
    ) -> [PredicateValue] {
        var budget = MonthBudget()
        return predicates.map { predicate in
            guard predicate.isExclusive, situation.applies(.c7) else {
                return personPredicates.value(predicate, &trace)
            }
            let experience = Experience(predicate, situation)
            if !budget.isEmpty { trace.insert(.c7) }
            guard budget.admits(experience) else { return .fails }
            budget.take(experience)
            return .holds
        }
    }

    /// The awards of which all the predicates hold; where there are none, those of which they
    /// may; else how the nearest award stands. Without predicates on awards, all are used.
    private func best(
        _ predicates: [Predicate], _ award: AwardPredicates, _ trace: inout RuleSet
    ) -> (used: [Award], value: PredicateValue, failed: [String]) {
        guard !predicates.isEmpty else { return (awards, .holds, []) }
        var used: [Award] = []
        var possible: [(award: Award, value: PredicateValue)] = []
        var nearest: [String]?
        for item in awards {
            let values = predicates.map { award.value($0, of: item, &trace) }
            switch PredicateValue(all: values) {
            case .holds: used.append(item)
            case .unknown(let fact): possible.append((item, .unknown(fact)))
            case .fails:
                let failed = zip(predicates, values).filter { $1 == .fails }.map(\.0.kind)
                if nearest.map({ failed.count < $0.count }) ?? true { nearest = failed }
            }
        }
        if !used.isEmpty { return (used, .holds, []) }
        if let first = possible.first { return (possible.map(\.award), first.value, []) }
        return ([], .fails, nearest ?? predicates.map(\.kind))
    }
}
