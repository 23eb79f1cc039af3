import Encoding
import Registry

/// Whether a predicate holds: true, false, or not known from what was shown (X7).
enum PredicateValue: Hashable {
    case holds, fails
    case unknown(String)

    /// Evaluates a predicate on one award; what needs facts about the person is unknown.
    init(_ predicate: Predicate, on award: Award) {
        let qualification = award.qualification
        // A member that is not understood could narrow the statement: it is never passed over.
        guard PredicateValue.isUnderstood(predicate) else {
            self = .unknown(predicate.kind)
            return
        }
        switch predicate.kind {
        case "award-qual":
            self.init(predicate.names("in").contains { Pattern($0).matches(qualification.id) })
        case "award-jur":
            self.init(predicate.names("in").contains(qualification.country))
        case "award-date":
            self.init(
                within: award.awarded, predicate.members["from"], predicate.members["to"])
        case "study-start":
            guard let started = award.started else {
                self = .unknown("study-start")
                return
            }
            self.init(within: started, predicate.members["from"], predicate.members["to"])
        case "mode-not":
            self.init(!predicate.names("in").contains(award.mode))
        case "min-months":
            guard let least = predicate.members["n"]?.integer,
                let months = qualification.months ?? qualification.hours.map({ $0 / 160 })
            else {
                self = .unknown("min-months")
                return
            }
            self.init(months >= least)
        default:
            self = .unknown(predicate.kind)
        }
    }

    private static let members: [String: Set<String>] = [
        "award-qual": ["in"], "award-jur": ["in"], "mode-not": ["in"],
        "award-date": ["from", "to"], "study-start": ["from", "to"], "min-months": ["n"],
    ]

    /// Whether every member is one that this version knows, in the form that it expects.
    private static func isUnderstood(_ predicate: Predicate) -> Bool {
        guard let known = members[predicate.kind] else { return false }
        let stated = predicate.members.members.filter {
            !["p", "id"].contains($0.name) && !$0.name.utf8.starts(with: "x-".utf8)
        }
        guard !stated.isEmpty, stated.allSatisfy({ known.contains($0.name) }) else { return false }
        return stated.allSatisfy { member in
            switch member.name {
            case "in": member.value.array?.allSatisfy { $0.string != nil } ?? false
            case "n": member.value.integer != nil
            default: member.value.string.flatMap(CalendarDate.init(parsing:)) != nil
            }
        }
    }

    private init(_ truth: Bool) { self = truth ? .holds : .fails }

    private init(within day: CalendarDate, _ from: JSONValue?, _ to: JSONValue?) {
        let from = from?.string.flatMap(CalendarDate.init(parsing:))
        let to = to?.string.flatMap(CalendarDate.init(parsing:))
        self.init((from.map { $0 <= day } ?? true) && (to.map { day <= $0 } ?? true))
    }

    /// All of several: false beats unknown, unknown beats true.
    init(all predicates: [Predicate], on award: Award) {
        let values = predicates.map { PredicateValue($0, on: award) }
        if values.contains(.fails) {
            self = .fails
        } else {
            self = values.first { $0 != .holds } ?? .holds
        }
    }
}
