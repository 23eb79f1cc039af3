public import Encoding

/// What is asked for or granted: an occupation, a qualification, a title ...
///
/// `Protocol/recognition.md § Matching`.
public struct Target: Hashable, Sendable {
    public static let members = ["occ", "qual", "title", "fw", "scheme", "task", "sector", "grade"]

    public let values: [String: String]

    public init(_ values: [String: String] = [:]) { self.values = values }

    public init(reading reader: inout MemberReader) throws(ParsingError) {
        var values: [String: String] = [:]
        for member in Target.members {
            if let value = try reader.optionalString(member) { values[member] = value }
        }
        try reader.finish()
        self.values = values
    }

    public subscript(_ member: String) -> String? { values[member] }

    /// Whether a statement about this target answers a question about that one: it names
    /// nothing, or of the members that both name (one at least) each is equal or `*`.
    public func fits(_ asked: Target) -> Bool {
        let shared = values.filter { asked.values[$0.key] != nil }
        return values.isEmpty
            || !shared.isEmpty
                && shared.allSatisfy { $0.value == "*" || $0.value == asked.values[$0.key] }
    }

    /// What a mandate must cover for a statement about this target; `*` if it names nothing.
    public var scope: [String] {
        let ids = subjects + [values["fw"]].compactMap { $0 }
        guard ids.isEmpty else { return ids }
        let others = values.map { "\($0.key):\($0.value)" }.sorted()
        return others.isEmpty ? ["*"] : others
    }

    public var subjects: [String] {
        [values["qual"], values["occ"].map { "isco:\($0)" }].compactMap { $0 }
    }
}
