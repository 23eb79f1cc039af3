import Encoding
import Registry

/// Which members each kind of predicate knows, and in which form.
///
/// `Protocol/recognition.md § Predicates`. A member that is not understood could narrow a
/// statement: a predicate with one is never evaluated, and what it touches is undetermined.
enum PredicateForm {
    private enum Form { case names, name, day, months, flag, parties, any }

    private struct Member {
        let name: String
        let form: Form
        let isNeeded: Bool

        init(_ name: String, _ form: Form, isNeeded: Bool = false) {
            self.name = name
            self.form = form
            self.isNeeded = isNeeded
        }
    }

    private static let places = [Member("in", .names, isNeeded: true)]

    private static let window = [Member("from", .day), Member("to", .day)]

    private static let members: [String: [Member]] = [
        "award-qual": places,
        "award-jur": places + [Member("also", .parties)],
        "award-type": places,
        "not-type": places,
        "award-date": window,
        "study-start": window,
        "accredited": [Member("by", .name, isNeeded: true), Member("tier", .months)],
        "mode-not": places,
        "nationality": places,
        "status": [Member("key", .name, isNeeded: true), Member("value", .any, isNeeded: true)],
        "min-months": [Member("n", .months, isNeeded: true)],
        "registration": places + [Member("occ", .name), Member("unrestricted", .flag)],
        "experience": [
            Member("min_months", .months, isNeeded: true), Member("occ", .name),
            Member("jur", .names), Member("since", .day), Member("within_months", .months),
            Member("lawful", .flag), Member("exclusive", .flag),
        ],
        "test": attested(), "language": attested(isLanguageNeeded: true),
        "attestation": attested(), "good-standing": attested(), "adaptation": attested(),
        "confirmation": attested(),
        "prior-decision": places + [
            Member("result", .names), Member("occ", .name), Member("via", .name),
        ],
    ]

    private static func attested(isLanguageNeeded: Bool = false) -> [Member] {
        [
            Member("name", .name), Member("jur", .names),
            Member("lang", .name, isNeeded: isLanguageNeeded), Member("level", .name),
            Member("valid_months", .months), Member("from", .day),
        ]
    }

    /// Members that belong to the condition in which the predicate stands.
    static let ofConditions = ["p", "id", "stage", "deadline", "selfExecuting", "imposedBy"]

    /// Whether every member is one that this version knows, in the form that it expects, and
    /// none that it needs is missing.
    static func isUnderstood(_ predicate: Predicate) -> Bool {
        guard let known = members[predicate.kind] else { return false }
        for member in predicate.members.members {
            if ofConditions.contains(member.name) || member.name.utf8.starts(with: "x-".utf8) {
                continue
            }
            guard let form = known.first(where: { $0.name == member.name })?.form,
                fits(member.value, form)
            else { return false }
        }
        let isWindow = predicate.kind == "award-date" || predicate.kind == "study-start"
        if isWindow, predicate.members["from"] == nil, predicate.members["to"] == nil {
            return false
        }
        return known.allSatisfy { !$0.isNeeded || predicate.members[$0.name] != nil }
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
