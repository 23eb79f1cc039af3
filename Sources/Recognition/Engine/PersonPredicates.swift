import Encoding
import Registry

/// The predicates on the person: what they state, what others attest about them, what was
/// decided elsewhere.
///
/// `Protocol/recognition.md § Predicates`.
struct PersonPredicates {
    let situation: Situation
    let awards: [Award]

    /// - Parameter spent: months that exclusive measures have taken.
    func value(
        _ predicate: Predicate, spent: Set<Int64> = [], _ trace: inout Set<Rule>
    ) -> PredicateValue {
        switch predicate.kind {
        case "not-type":
            return PredicateValue(
                !awards.contains { award in
                    award.qualification.type.map(predicate.names("in").contains) ?? false
                })
        case "mode-not":
            return PredicateValue(!awards.contains { predicate.names("in").contains($0.mode) })
        case "nationality":
            guard let stated = situation.question.facts["nationality"] else {
                return .unknown("nationality")
            }
            let nationalities = stated.array?.compactMap(\.string) ?? [stated.string ?? ""]
            return PredicateValue(
                nationalities.contains { Jurisdiction.anyCovers(predicate.names("in"), $0) })
        case "status":
            guard let key = predicate.members["key"]?.string,
                let stated = situation.question.facts[key]
            else { return .unknown(predicate.members["key"]?.string ?? "status") }
            return PredicateValue(stated == predicate.members["value"])
        case "registration": return registration(predicate)
        case "experience":
            let experience = Experience(predicate, situation, spent: spent)
            return PredicateValue(experience.isEnough)
        case "test", "language", "attestation", "good-standing", "adaptation":
            return attested(predicate, &trace)
        case "confirmation":
            // X11: silence counts only where receipt and lapse are confirmed.
            guard situation.applies(.x11) else { return .holds }
            return attested(predicate, &trace)
        case "prior-decision":
            return PriorDecision(predicate, situation).value(&trace)
        default: return .unknown(predicate.kind)
        }
    }

    /// The registrations that fulfil a predicate: their restrictions may travel.
    func registrations(_ predicate: Predicate) -> [Evidence] {
        let occupation = predicate.members["occ"]?.string
        let isUnrestricted = predicate.members["unrestricted"]?.bool ?? false
        return situation.statements.evidence.filter { evidence in
            evidence.kind == .registration && situation.counts(evidence)
                && evidence.isInForce(on: situation.day)
                && (occupation == nil || evidence.occupation == occupation)
                && (evidence.jurisdiction.map {
                    Jurisdiction.anyCovers(predicate.names("in"), $0)
                } ?? false)
                && (evidence.restrictions.isEmpty || !isUnrestricted)
        }
    }

    private func registration(_ predicate: Predicate) -> PredicateValue {
        PredicateValue(!registrations(predicate).isEmpty)
    }

    /// Evidence of the kind that the predicate names; what is older than it allows has lapsed.
    private func attested(_ predicate: Predicate, _ trace: inout Set<Rule>) -> PredicateValue {
        let fitting = situation.statements.evidence.filter { evidence in
            evidence.kind.rawValue == predicate.kind && situation.counts(evidence)
                && fits(predicate, evidence)
        }
        guard let months = predicate.members["valid_months"]?.integer, situation.applies(.g5)
        else { return PredicateValue(!fitting.isEmpty) }
        let current = fitting.contains { $0.begins.adding(months: months) >= situation.day }
        if !current, !fitting.isEmpty { trace.insert(.g5) }
        return PredicateValue(current)
    }

    private func fits(_ predicate: Predicate, _ evidence: Evidence) -> Bool {
        if let name = predicate.members["name"]?.string, name != evidence.name { return false }
        if let language = predicate.members["lang"]?.string, language != evidence.language {
            return false
        }
        if let level = predicate.members["level"]?.string {
            // A1 to C2 compare as text.
            guard let shown = evidence.level, shown >= level else { return false }
        }
        if let from = predicate.members["from"]?.string.flatMap(CalendarDate.init(parsing:)),
            evidence.begins < from
        {
            return false
        }
        let places = predicate.names("jur")
        return places.isEmpty
            || evidence.jurisdiction.map { Jurisdiction.anyCovers(places, $0) } ?? false
    }
}
