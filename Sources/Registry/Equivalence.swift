public import Encoding

/// A one-way statement of an authority: what a foreign qualification counts as here, for which
/// purposes, and what is missing.
///
/// `Protocol/entry.md § Kinds`, `recognition.md` § 2.
public struct Equivalence: Hashable, Sendable {
    public enum Effect: String, Sendable {
        case right, assess, advice, refuse, alternative
    }

    public let jurisdiction: String
    public let purposes: [String]
    public let target: Target
    /// All must hold for the statement to apply.
    public let entry: [Predicate]
    /// What must also be met for the effect.
    public let conditions: [Condition]
    public let effect: Effect
    /// Whether not meeting the entry predicates is itself a refusal.
    public let isExhaustive: Bool
    /// The part that is covered; empty: all of it.
    public let scope: [String]
    /// What is missing, part by part.
    public let differences: [String]
    public let since: CalendarDate
    public let until: CalendarDate?
    public let specificity: Int64
    public let basis: Basis?

    init(reading reader: inout MemberReader) throws(ParsingError) {
        jurisdiction = try reader.string("jurisdiction")
        purposes = try reader.strings("purposes")
        var targetReader = try reader.reader("target")
        target = try Target(reading: &targetReader)
        entry = try Predicate.list(&reader, "entry")
        conditions = try Condition.list(&reader, "conditions")
        guard let effect = Effect(rawValue: try reader.string("effect")) else {
            throw .wrongForm(
                path: reader.child("effect"),
                expected: "right, assess, advice, refuse or alternative")
        }
        self.effect = effect
        isExhaustive = try reader.optionalBool("exhaustive") ?? false
        scope = try reader.optionalStrings("scope") ?? []
        differences = try reader.optionalStrings("differences") ?? []
        since = try reader.date("since")
        until = try reader.optionalDate("until")
        specificity = try reader.optionalInteger("specificity") ?? 0
        basis = try Basis(optional: &reader)
    }

    public func isInForce(on day: CalendarDate) -> Bool {
        since <= day && until.map { day <= $0 } ?? true
    }

    /// By what it is found: its qualifications and its target; its place where those are open.
    var subjects: [String] {
        let named = entry.filter { $0.kind == "award-qual" }.flatMap { $0.names("in") }
        let subjects = (named + target.subjects).filter { !$0.contains("*") }
        let isOpen = named.isEmpty || named.contains { $0.contains("*") }
        return subjects.isEmpty || isOpen && target.subjects.isEmpty
            ? subjects + [jurisdiction] : subjects
    }
}

/// What is asked for or granted: an occupation, a qualification, a title ...
public struct Target: Hashable, Sendable {
    public static let members = ["occ", "qual", "title", "fw", "scheme", "task", "sector", "grade"]

    public let values: [String: String]

    public init(_ values: [String: String]) { self.values = values }

    init(reading reader: inout MemberReader) throws(ParsingError) {
        var values: [String: String] = [:]
        for member in Target.members {
            if let value = try reader.optionalString(member) { values[member] = value }
        }
        try reader.finish()
        self.values = values
    }

    /// Whether a statement about this target answers a question about that one: it names
    /// nothing, or of the members that both name (one at least) each is equal or `*`.
    public func fits(_ asked: Target) -> Bool {
        let shared = values.filter { asked.values[$0.key] != nil }
        return values.isEmpty
            || !shared.isEmpty
                && shared.allSatisfy { $0.value == "*" || $0.value == asked.values[$0.key] }
    }

    /// What a mandate must cover for a statement about this target; `*` if it names nothing.
    var scope: [String] {
        let ids = subjects + [values["fw"]].compactMap { $0 }
        guard ids.isEmpty else { return ids }
        let others = values.map { "\($0.key):\($0.value)" }.sorted()
        return others.isEmpty ? ["*"] : others
    }

    public var subjects: [String] {
        [values["qual"], values["occ"].map { "isco:\($0)" }].compactMap { $0 }
    }
}

/// A test on an award, a person or their evidence: one of the twenty kinds of the model.
public struct Predicate: Hashable, Sendable {
    public static let kinds: Set<String> = [
        "award-qual", "award-jur", "award-type", "not-type", "award-date", "study-start",
        "accredited", "mode-not", "nationality", "status", "min-months", "registration",
        "experience", "test", "language", "attestation", "good-standing", "adaptation",
        "confirmation", "prior-decision",
    ]

    public let kind: String
    public let members: JSONObject

    init(_ value: JSONValue, at path: String) throws(ParsingError) {
        var reader = try MemberReader(value, at: path)
        kind = try reader.string("p")
        // SPEC: a statement with a predicate that nobody knows is an unknown statement.
        guard Predicate.kinds.contains(kind) else { throw .unknownMember(path: "\(path).p") }
        members = value.object ?? JSONObject()
    }

    /// The names in a member that is a list or a single name.
    public func names(_ member: String) -> [String] {
        switch members[member] {
        case .string(let name): [name]
        case .array(let elements): elements.compactMap(\.string)
        default: []
        }
    }

    static func list(
        _ reader: inout MemberReader, _ name: String
    ) throws(ParsingError) -> [Predicate] {
        let path = reader.child(name)
        guard let value = reader.optionalValue(name) else { return [] }
        guard case .array(let elements) = value else {
            throw .wrongType(path: path, expected: "an array", found: value.kind)
        }
        var predicates: [Predicate] = []
        for (index, element) in elements.enumerated() {
            predicates.append(try Predicate(element, at: "\(path)[\(index)]"))
        }
        return predicates
    }
}

/// Something still to be met: a predicate with an id, or a choice between several.
public struct Condition: Hashable, Sendable {
    public let id: String
    public let anyOf: [Predicate]

    static func list(
        _ reader: inout MemberReader, _ name: String
    ) throws(ParsingError) -> [Condition] {
        let path = reader.child(name)
        guard let value = reader.optionalValue(name) else { return [] }
        guard case .array(let elements) = value else {
            throw .wrongType(path: path, expected: "an array", found: value.kind)
        }
        var conditions: [Condition] = []
        for (index, element) in elements.enumerated() {
            var condition = try MemberReader(element, at: "\(path)[\(index)]")
            let id = try condition.string("id")
            let choices = try Predicate.list(&condition, "anyOf")
            let all =
                choices.isEmpty ? [try Predicate(element, at: condition.path)] : choices
            conditions.append(Condition(id: id, anyOf: all))
        }
        return conditions
    }
}
