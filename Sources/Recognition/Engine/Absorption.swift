import Encoding
import Registry

/// A stricter condition absorbs a weaker one of the same kind and subject: B2 absorbs A2, three
/// years absorb one.
///
/// `Protocol/recognition.md § Conditions`. Only where the stricter is due no later; measures that
/// are spent (C7) add up and absorb nothing; alternatives stay alternatives.
struct Absorption {
    /// What two conditions must have in common: all but the measure.
    private struct Subject: Hashable {
        let kind: String
        let members: [String: JSONValue]
    }

    private struct Measured {
        let position: Int
        let measure: String
        let due: CalendarDate
    }

    /// The member that says how much is asked, by kind of predicate.
    private static let measures = [
        "language": "level", "experience": "min_months", "min-months": "n",
    ]

    /// The conditions that no other absorbs, in their order.
    static func remaining(_ conditions: [Condition]) -> [Condition] {
        guard conditions.count > 1 else { return conditions }
        var groups: [Subject: [Measured]] = [:]
        for (position, condition) in conditions.enumerated() {
            guard let (subject, measure) = measured(condition) else { continue }
            // What must be met before the right begins is due first.
            let due = condition.stage == .before ? .earliest : condition.deadline ?? .latest
            groups[subject, default: []].append(
                Measured(position: position, measure: measure, due: due))
        }
        var absorbed: Set<Int> = []
        for group in groups.values where group.count > 1 {
            absorbed.formUnion(absorbedPositions(group))
        }
        return conditions.enumerated().filter { !absorbed.contains($0.offset) }.map(\.element)
    }

    /// From the strictest down: what a strictly stricter one that is due no later makes needless.
    private static func absorbedPositions(_ group: [Measured]) -> [Int] {
        var absorbed: [Int] = []
        var dueOfStricter: CalendarDate?
        var dueOfEqual: CalendarDate?
        var measure: String?
        for item in group.sorted(by: { $0.measure > $1.measure }) {
            if item.measure != measure {
                dueOfStricter = [dueOfStricter, dueOfEqual].compactMap { $0 }.min()
                dueOfEqual = nil
                measure = item.measure
            }
            if let dueOfStricter, dueOfStricter <= item.due { absorbed.append(item.position) }
            dueOfEqual = dueOfEqual.map { min($0, item.due) } ?? item.due
        }
        return absorbed
    }

    private static func measured(_ condition: Condition) -> (Subject, String)? {
        guard condition.anyOf.count == 1, let predicate = condition.anyOf.first,
            PredicateForm.isUnderstood(predicate), let name = measures[predicate.kind],
            predicate.members["exclusive"]?.bool != true
        else { return nil }
        var members: [String: JSONValue] = [:]
        for member in predicate.members.members
        where member.name != name && !PredicateForm.ofConditions.contains(member.name) {
            members[member.name] = member.value
        }
        let measure: String
        switch predicate.members[name] {
        case .integer(let months)?:
            // As many digits for all, so that they compare as texts.
            let digits = String(months)
            measure = String(repeating: "0", count: max(0, 8 - digits.count)) + digits
        case .string(let level)? where LanguageLevel(rawValue: level) != nil: measure = level
        default: return nil
        }
        return (Subject(kind: predicate.kind, members: members), measure)
    }
}

/// The levels of the Common European Framework of Reference, which compare as text.
enum LanguageLevel: String { case a1 = "A1", a2 = "A2", b1 = "B1", b2 = "B2", c1 = "C1", c2 = "C2" }
