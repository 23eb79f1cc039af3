public import Encoding

/// A test on an award, a person or their evidence: one of the twenty kinds of the model.
///
/// `Protocol/recognition.md § Predicates`. The members are kept as they stand: the engine reads
/// them when it asks, and finds a member that it does not understand unknown.
public struct Predicate: Hashable, Sendable {
    public static let kinds: Set<String> = [
        "award-qual", "award-jur", "award-type", "not-type", "award-date", "study-start",
        "accredited", "mode-not", "nationality", "status", "min-months", "registration",
        "experience", "test", "language", "attestation", "good-standing", "adaptation",
        "confirmation", "prior-decision",
    ]

    public let kind: String
    public let members: JSONObject

    /// - Parameter isDraft: whether a kind that nobody knows may stand there, as in a file of
    ///   cases, where the answers that it touches are undetermined.
    init(reading reader: MemberReader, isDraft: Bool = false) throws(ParsingError) {
        var reader = reader
        kind = try reader.string("p")
        // SPEC: a statement with a predicate that nobody knows is an unknown statement.
        guard isDraft || Predicate.kinds.contains(kind) else {
            throw .unknownMember(path: reader.child("p"))
        }
        members = reader.object
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
        _ reader: inout MemberReader, _ name: String, isDraft: Bool = false
    ) throws(ParsingError) -> [Predicate] {
        var predicates: [Predicate] = []
        try reader.forEachReader(name) { element throws(ParsingError) in
            predicates.append(try Predicate(reading: element, isDraft: isDraft))
        }
        return predicates
    }
}
