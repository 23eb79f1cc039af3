import Encoding
public import Registry

extension ProvisionFault {
    /// The first place where a provision says what nobody can fulfil or what it takes back itself:
    /// its author meant something else.
    ///
    /// `Protocol/entry.md § Admission`. In a log it stays as it is, and gives what it gives.
    public static func contradiction(in provision: Provision) -> ProvisionFault? {
        whole(provision) ?? predicates(provision) ?? conditions(provision)
    }

    private static func whole(_ provision: Provision) -> ProvisionFault? {
        if provision.purposes.isEmpty {
            return .contradictory("purposes", "one purpose at least", "none: it would serve nobody")
        }
        if provision.effect == .alternative, provision.alternative == nil {
            return .contradictory(
                "alternative", "as what it is recognised instead, for the effect alternative",
                "none")
        }
        if provision.effect == .refuse, provision.differences.isEmpty {
            return .contradictory(
                "differences", "what is missing, for the effect refuse (X10)", "none")
        }
        let both = Set(provision.scope).intersection(provision.differences)
        return both.min().map {
            .contradictory("differences", "parts that `scope` does not cover", $0)
        }
    }

    private static func predicates(_ provision: Provision) -> ProvisionFault? {
        for (index, predicate) in provision.entry.enumerated() {
            if let fault = fault(predicate, at: "entry[\(index)]") { return fault }
        }
        for (index, condition) in provision.conditions.enumerated() {
            for predicate in condition.anyOf {
                if let fault = fault(predicate, at: "conditions[\(index)]") { return fault }
            }
        }
        return nil
    }

    private static func conditions(_ provision: Provision) -> ProvisionFault? {
        var ids: Set<String> = []
        for (index, condition) in provision.conditions.enumerated() {
            let member = "conditions[\(index)]"
            guard ids.insert(condition.id).inserted else {
                return .contradictory("\(member).id", "an id of its own", condition.id)
            }
            if let deadline = condition.deadline, deadline < provision.since {
                return .contradictory(
                    "\(member).deadline", "a day not before `since`, \(provision.since)",
                    "\(deadline)")
            }
        }
        return nil
    }

    private static func fault(_ predicate: Predicate, at member: String) -> ProvisionFault? {
        if let (from, to) = window(predicate.members, "from", "to"), to < from {
            return .contradictory("\(member).to", "a day not before `from`, \(from)", "\(to)")
        }
        for party in predicate.members["also"]?.object?.members ?? [] {
            let times = party.value.object ?? JSONObject()
            if let (since, until) = window(times, "since", "until"), until < since {
                return .contradictory(
                    "\(member).also.\(party.name).until", "a day not before `since`, \(since)",
                    "\(until)")
            }
        }
        if let least = predicate.members["min_months"]?.integer,
            let within = predicate.members["within_months"]?.integer, within < least
        {
            return .contradictory(
                "\(member).min_months", "no more than `within_months`, \(within)", "\(least)")
        }
        if let level = predicate.members["level"]?.string, predicate.kind == "language",
            isLikeLanguageLevel(level), LanguageLevel(rawValue: level) == nil
        {
            return .contradictory("\(member).level", "a level out of A1 to C2", level)
        }
        return nil
    }

    private static func window(
        _ members: JSONObject, _ first: String, _ last: String
    ) -> (CalendarDate, CalendarDate)? {
        guard let from = members[first]?.string.flatMap(CalendarDate.init(parsing:)),
            let to = members[last]?.string.flatMap(CalendarDate.init(parsing:))
        else { return nil }
        return (from, to)
    }

    /// A letter and a digit, as the levels of the Common European Framework are written; other
    /// scales compare with themselves.
    private static func isLikeLanguageLevel(_ level: String) -> Bool {
        let bytes = Array(level.utf8)
        return bytes.count == 2 && (0x41...0x43).contains(bytes[0] & 0xDF)
            && (0x30...0x39).contains(bytes[1])
    }

    private static func contradictory(
        _ member: String, _ expected: String, _ found: String
    ) -> ProvisionFault {
        ProvisionFault(
            member: member, expected: expected, found: found, isContradictory: true)
    }
}
