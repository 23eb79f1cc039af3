public import Encoding

/// What a statement about recognition grants, for whom, for what and under which conditions: the
/// part that an equivalence and an instrument share.
///
/// `Protocol/recognition.md § Grounds`. A class, because provisions are large and handed on often;
/// nothing in one changes.
public final class Provision: Sendable {
    public enum Effect: String, Hashable, Sendable {
        case right, assess, advice, refuse, alternative
    }

    /// Units of an award that together count as one unit of the target.
    public struct UnitMapping: Hashable, Sendable {
        public let from: [String]
        public let to: String
    }

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
    /// Where it is there, units add up over awards towards the target.
    public let unitMap: [UnitMapping]
    /// As what it is recognised instead.
    public let alternative: String?
    /// Whether it asks for no award, so that a lapsed one does not matter.
    public let needsNoAward: Bool
    public let since: CalendarDate
    public let until: CalendarDate?
    /// The more special statement of one author beats its more general one; nil: as the
    /// predicates say.
    public let specificity: Int64?
    public let basis: Basis?

    init(reading reader: inout MemberReader, isDraft: Bool = false) throws(ParsingError) {
        purposes = try reader.strings("purposes")
        if var targetReader = try reader.optionalReader("target") {
            target = try Target(reading: &targetReader)
        } else {
            target = Target()
        }
        entry = try Predicate.list(&reader, "entry", isDraft: isDraft)
        conditions = try Condition.list(&reader, "conditions", isDraft: isDraft)
        guard let effect = Effect(rawValue: try reader.string("effect")) else {
            throw .wrongForm(
                path: reader.child("effect"),
                expected: "right, assess, advice, refuse or alternative")
        }
        self.effect = effect
        isExhaustive = try reader.optionalBool("exhaustive") ?? false
        scope = try reader.optionalStrings("scope") ?? []
        differences = try reader.optionalStrings("differences") ?? []
        unitMap = try Provision.unitMap(&reader)
        alternative = try reader.optionalString("alternative")
        needsNoAward = try reader.optionalBool("noAward") ?? false
        since = try reader.date("since")
        until = try reader.optionalDate("until")
        if let until, until < since {
            throw .wrongForm(path: reader.child("until"), expected: "a date not before `since`")
        }
        let hasSpecificity = reader.optionalValue("specificity") != nil
        specificity = hasSpecificity ? try reader.integer("specificity") : nil
        basis = try Basis(optional: &reader)
    }

    private static func unitMap(
        _ reader: inout MemberReader
    ) throws(ParsingError) -> [UnitMapping] {
        guard reader.optionalValue("unitMap") != nil else { return [] }
        var mappings: [UnitMapping] = []
        for var mapping in try reader.readers("unitMap") {
            let from = try mapping.strings("from")
            guard !from.isEmpty else {
                throw .wrongForm(path: mapping.child("from"), expected: "one unit at least")
            }
            mappings.append(UnitMapping(from: from, to: try mapping.string("to")))
            try mapping.finish()
        }
        return mappings
    }

    public func isInForce(on day: CalendarDate) -> Bool {
        since <= day && until.map { day <= $0 } ?? true
    }

    /// Whether it can only give something, so that its withdrawal is bad news.
    var onlyGives: Bool { effect != .refuse && !isExhaustive }

    /// The qualifications that its predicates name, without version; a pattern is kept.
    public var qualifications: [String] {
        entry.filter { $0.kind == "award-qual" }.flatMap { $0.names("in") }.map { name in
            String(Substring(name.utf8.prefix { $0 != UInt8(ascii: "@") }))
        }
    }

    /// By what it is found: its qualifications and its target; its place where those are open.
    func subjects(in jurisdiction: String) -> [String] {
        let named = qualifications
        let star = UInt8(ascii: "*")
        let subjects = (named + target.subjects).filter { !$0.utf8.contains(star) }
        let isOpen = named.isEmpty || named.contains { $0.utf8.contains(star) }
        let all =
            subjects.isEmpty || isOpen && target.subjects.isEmpty
            ? subjects + [jurisdiction] : subjects
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }
}

extension Provision: Hashable {
    public static func == (left: Provision, right: Provision) -> Bool {
        left === right
            || left.purposes == right.purposes && left.target == right.target
                && left.entry == right.entry && left.conditions == right.conditions
                && left.effect == right.effect && left.isExhaustive == right.isExhaustive
                && left.scope == right.scope && left.differences == right.differences
                && left.unitMap == right.unitMap && left.alternative == right.alternative
                && left.needsNoAward == right.needsNoAward && left.since == right.since
                && left.until == right.until && left.specificity == right.specificity
                && left.basis == right.basis
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(purposes)
        hasher.combine(target)
        hasher.combine(entry)
        hasher.combine(effect)
        hasher.combine(since)
    }
}
