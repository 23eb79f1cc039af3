public import Encoding

/// Something still to be met: a predicate with an id, a choice between several, or something
/// that only the authority can say is met.
///
/// `Protocol/recognition.md § Conditions`.
public struct Condition: Hashable, Sendable {
    /// Whether the right begins before or after it is met.
    public enum Stage: String, Hashable, Sendable { case before, after }

    public let id: String
    /// One of these suffices; empty: only the authority can say that it is met.
    public let anyOf: [Predicate]
    public let stage: Stage
    public let deadline: CalendarDate?
    /// Whether evidence closes it without a word of the authority (C8).
    public let isSelfExecuting: Bool

    init(reading reader: MemberReader, isDraft: Bool = false) throws(ParsingError) {
        var reader = reader
        id = try reader.string("id")
        let choices = try Predicate.list(&reader, "anyOf", isDraft: isDraft)
        let hasPredicate = reader.optionalValue("p") != nil
        anyOf =
            choices.isEmpty && hasPredicate
            ? [try Predicate(reading: reader, isDraft: isDraft)] : choices
        if let text = try reader.optionalString("stage") {
            guard let stage = Stage(rawValue: text) else {
                throw .wrongForm(path: reader.child("stage"), expected: "before or after")
            }
            self.stage = stage
        } else {
            stage = .before
        }
        deadline = try reader.optionalDate("deadline")
        isSelfExecuting = try reader.optionalBool("selfExecuting") ?? false
        // The members of a predicate that stands here itself are the engine's to read.
        if !hasPredicate { try reader.finish() }
    }

    public static func list(
        _ reader: inout MemberReader, _ name: String, isDraft: Bool = false
    ) throws(ParsingError) -> [Condition] {
        var conditions: [Condition] = []
        try reader.forEachReader(name) { element throws(ParsingError) in
            conditions.append(try Condition(reading: element, isDraft: isDraft))
        }
        return conditions
    }
}
