import Encoding
import Registry

/// Which members each kind of predicate knows, and in which form.
///
/// `Protocol/recognition.md § Predicates`. A member that is not understood could narrow a
/// statement: a predicate with one is never evaluated, and what it touches is undetermined.
enum PredicateForm {
    private enum Form { case names, name, day, months, flag, parties, any }

    private static let members: [String: [String: Form]] = [
        "award-qual": ["in": .names],
        "award-jur": ["in": .names, "also": .parties],
        "award-type": ["in": .names],
        "not-type": ["in": .names],
        "award-date": ["from": .day, "to": .day],
        "study-start": ["from": .day, "to": .day],
        "accredited": ["by": .name, "tier": .months],
        "mode-not": ["in": .names],
        "nationality": ["in": .names],
        "status": ["key": .name, "value": .any],
        "min-months": ["n": .months],
        "registration": ["in": .names, "occ": .name, "unrestricted": .flag],
        "experience": [
            "min_months": .months, "occ": .name, "jur": .names, "since": .day,
            "within_months": .months, "lawful": .flag, "exclusive": .flag,
        ],
        "test": attested, "language": attested, "attestation": attested,
        "good-standing": attested, "adaptation": attested, "confirmation": attested,
        "prior-decision": ["in": .names, "result": .names, "occ": .name, "via": .name],
    ]

    private static let attested: [String: Form] = [
        "name": .name, "jur": .names, "lang": .name, "level": .name, "valid_months": .months,
        "from": .day,
    ]

    private static let needed: [String: [String]] = [
        "award-qual": ["in"], "award-jur": ["in"], "award-type": ["in"], "not-type": ["in"],
        "mode-not": ["in"], "nationality": ["in"], "status": ["key", "value"],
        "min-months": ["n"], "registration": ["in"], "experience": ["min_months"],
        "prior-decision": ["in"], "language": ["lang"], "accredited": ["by"],
    ]

    /// Members that belong to the condition in which the predicate stands.
    static let ofConditions: Set<String> = [
        "p", "id", "stage", "deadline", "selfExecuting", "imposedBy",
    ]

    /// Whether every member is one that this version knows, in the form that it expects, and
    /// none that it needs is missing.
    static func isUnderstood(_ predicate: Predicate) -> Bool {
        guard let known = members[predicate.kind] else { return false }
        for member in predicate.members.members {
            if ofConditions.contains(member.name) || member.name.utf8.starts(with: "x-".utf8) {
                continue
            }
            guard let form = known[member.name], fits(member.value, form) else { return false }
        }
        let isWindow = predicate.kind == "award-date" || predicate.kind == "study-start"
        if isWindow, predicate.members["from"] == nil, predicate.members["to"] == nil {
            return false
        }
        return (needed[predicate.kind] ?? []).allSatisfy { predicate.members[$0] != nil }
    }

    private static func fits(_ value: JSONValue, _ form: Form) -> Bool {
        switch form {
        case .names:
            value.string != nil || (value.array?.allSatisfy { $0.string != nil } ?? false)
        case .name: value.string != nil
        case .day: value.string.flatMap(CalendarDate.init(parsing:)) != nil
        case .months: value.integer.map { (0...12_000).contains($0) } ?? false
        case .flag: value.bool != nil
        case .parties: value.object?.members.allSatisfy { $0.value.object != nil } ?? false
        case .any: true
        }
    }
}
