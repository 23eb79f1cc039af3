import Encoding
import Registry

/// The predicates on the person: what they state, what others attest about them, what was
/// decided elsewhere.
///
/// `Protocol/recognition.md § Predicates`.
struct PersonPredicates {
    /// The kinds about what others attest: a holder may have it and not have shown it.
    static let attestedKinds: Set<String> = [
        "registration", "experience", "test", "language", "attestation", "good-standing",
        "adaptation", "confirmation", "prior-decision",
    ]

    let situation: Situation
    let awards: [Award]

    /// A measure of months is judged by itself here, exclusive or not.
    func value(_ predicate: Predicate, _ trace: inout RuleSet) -> PredicateValue {
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
            let nationalities = stated.array?.map(\.string) ?? [stated.string]
            guard !nationalities.contains(nil) else { return .unknown("nationality") }
            return PredicateValue(
                nationalities.compactMap { $0 }.contains {
                    Jurisdiction.anyCovers(predicate.names("in"), $0)
                })
        case "status":
            guard let key = predicate.members["key"]?.string,
                let stated = situation.question.facts[key]
            else { return .unknown(predicate.members["key"]?.string ?? "status") }
            return PredicateValue(stated == predicate.members["value"])
        case "registration": return registration(predicate)
        case "experience":
            return PredicateValue(Experience(predicate, situation).isEnough)
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
        let known =
            occupation.map { situation.registrationsByOccupation[$0] ?? [] }
            ?? situation.evidence[.registration] ?? []
        return known.filter { evidence in
            evidence.isInForce(on: situation.day)
                && (evidence.jurisdiction.map {
                    Jurisdiction.anyCovers(predicate.names("in"), $0)
                } ?? false)
                && (evidence.restrictions.isEmpty || !isUnrestricted)
        }
    }

    private func registration(_ predicate: Predicate) -> PredicateValue {
        PredicateValue(!registrations(predicate).isEmpty)
    }

    /// Evidence of the kind that the predicate names; what has run out, or is older than it
    /// allows, has lapsed (G5).
    private func attested(_ predicate: Predicate, _ trace: inout RuleSet) -> PredicateValue {
        let fitting = fitting(predicate)
        guard situation.applies(.g5) else { return PredicateValue(!fitting.isEmpty) }
        let isCurrent = fitting.contains { evidence in
            end(evidence, predicate).map { situation.day <= $0 } ?? true
        }
        if !isCurrent, !fitting.isEmpty { trace.insert(.g5) }
        return PredicateValue(isCurrent)
    }

    /// C6: the last day on which what was shown still fulfils the predicate, as known; a measure
    /// of months is judged on the day asked alone.
    func end(_ predicate: Predicate) -> CalendarDate? {
        var validity = Validity()
        switch predicate.kind {
        case "registration":
            validity.limit(byLongest: registrations(predicate).map(\.until))
        case "prior-decision": validity.limit(PriorDecision(predicate, situation).end)
        case "test", "language", "attestation", "good-standing", "adaptation", "confirmation":
            validity.limit(byLongest: fitting(predicate).map { end($0, predicate) })
        default: break
        }
        return validity.until
    }

    private func end(_ evidence: Evidence, _ predicate: Predicate) -> CalendarDate? {
        var validity = Validity(evidence.until)
        validity.limit(
            predicate.members["valid_months"]?.integer.map { evidence.begins.adding(months: $0) })
        return validity.until
    }

    private func fitting(_ predicate: Predicate) -> [Evidence] {
        guard let kind = Evidence.Kind(rawValue: predicate.kind) else { return [] }
        let known =
            predicate.members["name"]?.string.map { situation.evidenceByName[kind]?[$0] ?? [] }
            ?? situation.evidence[kind] ?? []
        return known.filter { fits(predicate, $0) }
    }

    private func fits(_ predicate: Predicate, _ evidence: Evidence) -> Bool {
        if let name = predicate.members["name"]?.string, name != evidence.name { return false }
        if let language = predicate.members["lang"]?.string, language != evidence.language {
            return false
        }
        if let level = predicate.members["level"]?.string {
            guard let shown = evidence.level else { return false }
            // A1 to C2 compare as text; whether another scale rises or falls nobody knows here.
            let areComparable = [level, shown].allSatisfy { LanguageLevel(rawValue: $0) != nil }
            guard areComparable ? shown >= level : shown == level else { return false }
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
