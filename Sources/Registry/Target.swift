public import Encoding

/// What is asked for or granted: an occupation, a qualification, a title ...
///
/// `Protocol/recognition.md § Matching`.
public struct Target: Hashable, Sendable {
    public static let members = ["occ", "qual", "title", "fw", "scheme", "task", "sector", "grade"]

    private struct Member: Hashable {
        let name: String
        let value: String
    }

    /// Few, in the order of their names: found by comparing, without hashing.
    private let named: [Member]

    public init(_ values: [String: String] = [:]) {
        named = values.map { Member(name: $0.key, value: $0.value) }.sorted { $0.name < $1.name }
    }

    public init(reading reader: inout MemberReader) throws(ParsingError) {
        var named: [Member] = []
        for name in Target.members {
            if let value = try reader.optionalString(name) {
                named.append(Member(name: name, value: value))
            }
        }
        try reader.finish()
        self.named = named.sorted { $0.name < $1.name }
    }

    public var values: [String: String] {
        Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0.value) })
    }

    public var isEmpty: Bool { named.isEmpty }

    public subscript(_ member: String) -> String? { named.first { $0.name == member }?.value }

    /// Whether a statement about this target answers a question about that one: it names
    /// nothing, or of the members that both name (one at least) each is equal or `*`.
    public func fits(_ asked: Target) -> Bool {
        var isInCommon = named.isEmpty
        for member in named {
            guard let value = asked[member.name] else { continue }
            guard member.value == "*" || member.value == value else { return false }
            isInCommon = true
        }
        return isInCommon
    }

    /// What a mandate must cover for a statement about this target; `*` if it names nothing.
    public var scope: [String] {
        let ids = subjects + [self["fw"]].compactMap { $0 }
        guard ids.isEmpty else { return ids }
        let others = named.map { "\($0.name):\($0.value)" }.sorted()
        return others.isEmpty ? ["*"] : others
    }

    public var subjects: [String] {
        [self["qual"], self["occ"].map { "isco:\($0)" }].compactMap { $0 }
    }
}
