import Encoding
import Registry

/// Which conditions the evidence meets; measured experience is spent once (C7).
struct ConditionTest {
    private let situation: Situation
    private let person: PersonPredicates
    private let award: AwardPredicates
    private let awards: [Award]
    private var spent: Set<Int64> = []

    init(_ situation: Situation, awards: [Award]) {
        self.situation = situation
        self.awards = awards
        person = PersonPredicates(situation: situation, awards: awards)
        award = AwardPredicates(situation)
    }

    /// Those of the conditions that are still open, in the order of their ids, so that the
    /// order in which they stand decides nothing.
    mutating func open(_ conditions: [Condition], _ trace: inout Set<Rule>) -> [Condition] {
        var open: [Condition] = []
        for condition in conditions.sorted(by: { $0.id < $1.id })
        where !isMet(condition, &trace) {
            open.append(condition)
        }
        return open
    }

    /// Whether one of its alternatives holds.
    mutating func isMet(_ condition: Condition, _ trace: inout Set<Rule>) -> Bool {
        for predicate in condition.anyOf where holds(predicate, &trace) {
            if predicate.kind == "experience", predicate.members["exclusive"]?.bool == true,
                situation.applies(.c7)
            {
                spent.formUnion(Experience(predicate, situation, spent: spent).taken)
                trace.insert(.c7)
            }
            return true
        }
        return false
    }

    private func holds(_ predicate: Predicate, _ trace: inout Set<Rule>) -> Bool {
        guard PredicateForm.isUnderstood(predicate) else { return false }
        if AwardPredicates.kinds.contains(predicate.kind) {
            return awards.contains { award.value(predicate, of: $0, &trace) == .holds }
        }
        let isExclusive = predicate.members["exclusive"]?.bool == true
        return person.value(predicate, spent: isExclusive ? spent : [], &trace) == .holds
    }
}
