internal import Encoding

/// Which entries of a log are wanted: those of one of the kinds, and those about one of the
/// subjects.
public struct EntrySelection: Hashable, Sendable {
    public var kinds: Set<String>
    public var subjects: Set<String>
    /// Kinds of which no entry is selected for its subjects.
    public var excludedKinds: Set<String>
    /// The only kinds of which entries are selected for their subjects; nil: all.
    public var onlyKinds: Set<String>?
    /// Among the subjects, codes of places: a regulation is not selected for these, but for its
    /// occupation. A country has thousands of them.
    public var places: Set<String>

    public init(
        kinds: Set<String> = [], subjects: Set<String> = [], excludedKinds: Set<String> = [],
        onlyKinds: Set<String>? = nil, places: Set<String> = []
    ) {
        self.kinds = kinds
        self.subjects = subjects
        self.excludedKinds = excludedKinds
        self.onlyKinds = onlyKinds
        self.places = places
    }

    /// What finds the positions of the entries.
    var queries: [EntryQuery] {
        var queries: [EntryQuery] = []
        if !kinds.isEmpty { queries.append(EntryQuery(kinds: kinds)) }
        if !subjects.isEmpty { queries.append(EntryQuery(subjectsOf: self)) }
        return queries
    }
}

/// The part of a statement that finds the positions of entries, as `found.position`.
///
/// Its text depends on the kinds that are excluded, or are the only ones, which the program itself
/// names: few statements have to be prepared.
struct EntryQuery {
    let tables: String
    let condition: String
    /// Names that the condition takes, as arrays of JSON.
    let arguments: [String]

    fileprivate init(kinds: Set<String>) {
        tables = "term CROSS JOIN posting AS found ON found.term = term.id"
        condition = "facet = 'kind' AND name IN (SELECT value FROM json_each(?))"
        arguments = [EntryQuery.list(kinds)]
    }

    fileprivate init(subjectsOf selection: EntrySelection) {
        // In the order of reading: names, their topics, the entries that mention these.
        tables = """
            term CROSS JOIN topic ON topic.subject = term.id
            CROSS JOIN mention AS found ON found.topic = topic.id
            """
        var condition = "facet = 'subject' AND name IN (SELECT value FROM json_each(?))"
        var arguments = [EntryQuery.list(selection.subjects)]
        func isOf(_ kinds: Set<String>) -> String {
            """
            topic.kind IN (SELECT id FROM term WHERE facet = 'kind'
                AND name IN (\(EntryQuery.literals(kinds))))
            """
        }
        if !selection.excludedKinds.isEmpty {
            condition += " AND NOT \(isOf(selection.excludedKinds))"
        }
        if let only = selection.onlyKinds { condition += " AND \(isOf(only))" }
        if !selection.places.isEmpty {
            arguments.append(EntryQuery.list(selection.places))
            condition += " AND NOT (\(isOf(["regulation"]))"
            condition += " AND name IN (SELECT value FROM json_each(?)))"
        }
        self.condition = condition
        self.arguments = arguments
    }

    private static func literals(_ kinds: Set<String>) -> String {
        kinds.sorted().map { kind in
            precondition(!kind.utf8.contains(UInt8(ascii: "'")), "a kind of the program")
            return "'\(kind)'"
        }.joined(separator: ", ")
    }

    private static func list(_ names: Set<String>) -> String {
        let array = JSONValue.array(names.map(JSONValue.string))
        return String(decoding: array.serialized, as: UTF8.self)
    }
}
