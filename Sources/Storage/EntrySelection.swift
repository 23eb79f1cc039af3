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

/// The part of a statement that finds the positions of entries, as `found.position`, and what it
/// takes.
///
/// Two texts only, whatever is asked for, so that each is prepared once; and joins only, because a
/// set in a condition would be put into a table of its own at every question.
struct EntryQuery {
    enum Found {
        case byKind, bySubject
    }

    let found: Found
    /// The names as an array of JSON, then lists of words between spaces: no name has one.
    let arguments: [String?]

    fileprivate init(kinds: Set<String>) {
        found = .byKind
        arguments = [EntryQuery.array(kinds)]
    }

    fileprivate init(subjectsOf selection: EntrySelection) {
        found = .bySubject
        arguments = [
            EntryQuery.array(selection.subjects), EntryQuery.words(selection.excludedKinds),
            selection.onlyKinds.map(EntryQuery.words), EntryQuery.words(selection.places),
        ]
    }

    private static func words(_ names: Set<String>) -> String {
        names.reduce(into: " ") { $0 += "\($1) " }
    }

    private static func array(_ names: Set<String>) -> String {
        let array = JSONValue.array(names.map(JSONValue.string))
        return String(decoding: array.serialized, as: UTF8.self)
    }
}

extension EntryQuery.Found {
    /// In the order of reading: names, their topics, the entries that mention these.
    var tables: String {
        switch self {
        case .byKind:
            """
            json_each(?) AS asked
            CROSS JOIN term ON term.facet = 'kind' AND term.name = asked.value
            CROSS JOIN posting AS found ON found.term = term.id
            """
        case .bySubject:
            """
            json_each(?) AS asked
            CROSS JOIN term ON term.facet = 'subject' AND term.name = asked.value
            CROSS JOIN topic ON topic.subject = term.id
            CROSS JOIN term AS kind ON kind.id = topic.kind
                AND instr(?, ' ' || kind.name || ' ') = 0
                AND ifnull(instr(?, ' ' || kind.name || ' '), 1) > 0
                AND NOT (kind.name = 'regulation' AND instr(?, ' ' || term.name || ' ') > 0)
            CROSS JOIN mention AS found ON found.topic = topic.id
            """
        }
    }
}
