import Encoding
import Registry

/// Which conditions the evidence meets; measured experience is spent once (C7).
struct ConditionTest {
    private let situation: Situation
    private let person: PersonPredicates
    private let award: AwardPredicates
    private let awards: [Award]
    private var budget = MonthBudget()

    /// - Parameter entry: the predicates of the ground itself, whose measures are spent first.
    init(_ situation: Situation, awards: [Award], entry: [Predicate] = []) {
        self.situation = situation
        self.awards = awards
        person = PersonPredicates(situation: situation, awards: awards)
        award = AwardPredicates(situation)
        for predicate in entry { spend(predicate) }
    }

    /// Those of the conditions that are still open, in the order of their ids, so that the
    /// order in which they stand decides nothing.
    mutating func open(_ conditions: [Condition], _ trace: inout RuleSet) -> [Condition] {
        var open: [Condition] = []
        for condition in Absorption.remaining(conditions).sorted(by: { $0.id < $1.id })
        where !isMet(condition, &trace) {
            open.append(condition)
        }
        return open
    }

    /// Whether one of its alternatives holds; one that spends nothing is tried first.
    mutating func isMet(_ condition: Condition, _ trace: inout RuleSet) -> Bool {
        let free = condition.anyOf.filter { !$0.isExclusive }
        for predicate in free + condition.anyOf.filter(\.isExclusive)
        where holds(predicate, &trace) {
            if predicate.isExclusive, situation.applies(.c7) { trace.insert(.c7) }
            spend(predicate)
            return true
        }
        return false
    }

    /// C6: the last day on which what was shown still meets the condition, as known.
    func end(_ condition: Condition) -> CalendarDate? {
        var trace: RuleSet = []
        var validity = Validity()
        validity.limit(
            byLongest: condition.anyOf.filter { holds($0, &trace) }.map(person.end))
        return validity.until
    }

    private mutating func spend(_ predicate: Predicate) {
        guard predicate.isExclusive, situation.applies(.c7) else { return }
        budget.take(Experience(predicate, situation))
    }

    private func holds(_ predicate: Predicate, _ trace: inout RuleSet) -> Bool {
        guard PredicateForm.isUnderstood(predicate) else { return false }
        if AwardPredicates.areAbout(predicate) {
            return awards.contains { award.value(predicate, of: $0, &trace) == .holds }
        }
        if predicate.isExclusive, situation.applies(.c7) {
            return budget.admits(Experience(predicate, situation))
        }
        return person.value(predicate, &trace) == .holds
    }
}

extension Predicate {
    /// Whether it is a measure that is spent once (C7).
    var isExclusive: Bool { kind == "experience" && members["exclusive"]?.bool == true }
}
