import Encoding
import Registry

/// The predicates on one award: what it is of, where and when it was made, and how.
///
/// `Protocol/recognition.md § Predicates`. All of them that a ground asks must hold of one and
/// the same award: a mixture of several would be an award that nobody made.
struct AwardPredicates {
    static let kinds: Set<String> = [
        "award-qual", "award-jur", "award-type", "award-date", "study-start", "accredited",
        "min-months",
    ]

    /// Whether a predicate is one of these: the most frequent ones are told without hashing.
    static func areAbout(_ predicate: Predicate) -> Bool {
        predicate.kind == "award-qual" || kinds.contains(predicate.kind)
    }

    let situation: Situation
    /// Whether units add up, so that an award of some of them will do (C3).
    let isAdding: Bool

    init(_ situation: Situation, isAdding: Bool = false) {
        self.situation = situation
        self.isAdding = isAdding
    }

    func value(
        _ predicate: Predicate, of award: Award, _ trace: inout RuleSet
    ) -> PredicateValue {
        let qualification = award.qualification
        switch predicate.kind {
        case "award-qual": return isOf(predicate.names("in"), award, &trace)
        case "award-jur": return isFrom(predicate, award, &trace)
        case "award-type":
            return PredicateValue(
                qualification.type.map(predicate.names("in").contains) ?? false)
        case "award-date":
            return window(award.awarded, predicate, fact: "award-date", &trace)
        case "study-start":
            guard let started = award.started else { return .unknown("study-start") }
            return window(started, predicate, fact: "study-start", &trace)
        case "accredited": return isAccredited(predicate, award, &trace)
        case "min-months":
            guard let least = predicate.members["n"]?.integer,
                let months = qualification.months ?? qualification.hours.map({ $0 / 160 })
            else { return .unknown("min-months") }
            return PredicateValue(months >= least)
        default: return .unknown(predicate.kind)
        }
    }

    /// By id and version, or by a chain of equivalent supersessions; never by title (X9).
    private func isOf(
        _ names: [String], _ award: Award, _ trace: inout RuleSet
    ) -> PredicateValue {
        var isNamed = names.contains { Pattern($0).picks(award.qualification) }
        if !isNamed {
            let joined = situation.versions.joined(to: award.qualification)
            isNamed = names.contains(where: joined.arePicked)
            if isNamed { trace.insert(.t1) }
        }
        if !isNamed, hasSameTitle(names, award) {
            trace.insert(.x9)
            isNamed = !situation.applies(.x9)
        }
        guard isNamed else { return .fails }
        // A statement is about the whole qualification; units add up only where it says so.
        guard situation.applies(.c3), !isAdding else { return .holds }
        switch award.isWhole {
        case true?: return .holds
        case false?:
            trace.insert(.c3)
            return .fails
        case nil: return .unknown("units")
        }
    }

    private func hasSameTitle(_ names: [String], _ award: Award) -> Bool {
        guard situation.knowsVersions(besides: award.qualification) else { return false }
        let patterns = names.map(Pattern.init)
        let own = award.qualification.versionName
        return Set(award.qualification.titles.byLanguage.values).contains { title in
            (situation.titles[title] ?? []).contains { version in
                version != own && patterns.contains { $0.picks(version: version) }
            }
        }
    }

    private func isFrom(
        _ predicate: Predicate, _ award: Award, _ trace: inout RuleSet
    ) -> PredicateValue {
        let place = award.qualification.country
        if Jurisdiction.anyCovers(predicate.names("in"), place) { return .holds }
        for party in predicate.members["also"]?.object?.members ?? []
        where Jurisdiction(party.name).covers(place) {
            guard situation.applies(.t4) else { return .holds }
            trace.insert(.t4)
            var members = JSONObject()
            members["from"] = party.value.object?["since"]
            members["to"] = party.value.object?["until"]
            let value = PredicateValue(situation.day, within: members, fact: "award-jur")
            if value != .fails { return value }
        }
        return .fails
    }

    /// T4: windows of dates are part of the statement.
    private func window(
        _ day: CalendarDate, _ predicate: Predicate, fact: String, _ trace: inout RuleSet
    ) -> PredicateValue {
        guard situation.applies(.t4) else { return .holds }
        let value = PredicateValue(day, within: predicate.members, fact: fact)
        if value == .fails { trace.insert(.t4) }
        return value
    }

    /// G3: an accreditation by that body covered it on the day of award.
    private func isAccredited(
        _ predicate: Predicate, _ award: Award, _ trace: inout RuleSet
    ) -> PredicateValue {
        guard situation.applies(.g3) else { return .holds }
        trace.insert(.g3)
        let by = predicate.members["by"]?.string
        let tier = predicate.members["tier"]?.integer
        return PredicateValue(
            (situation.index.accreditations[by ?? ""] ?? []).contains { accreditation in
                (tier == nil || accreditation.tier == tier) && accreditation.covers(award)
                    && situation.standing(of: accreditation.authorship) != .void(.annulled)
            })
    }

    /// C6: the last day on which the predicate still holds of the award, as known.
    func end(_ predicate: Predicate, of award: Award) -> CalendarDate? {
        let place = award.qualification.country
        guard predicate.kind == "award-jur",
            !Jurisdiction.anyCovers(predicate.names("in"), place)
        else { return nil }
        var validity = Validity()
        validity.limit(
            byLongest: (predicate.members["also"]?.object?.members ?? [])
                .filter { Jurisdiction($0.name).covers(place) }
                .map { $0.value.object?["until"]?.string.flatMap(CalendarDate.init(parsing:)) })
        return validity.until
    }
}
