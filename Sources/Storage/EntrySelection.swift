internal import GRDB

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

    /// What finds the positions of the entries: a query for the kinds, and one for each run of
    /// subjects.
    var queries: [EntryQuery] {
        var queries: [EntryQuery] = []
        if !kinds.isEmpty { queries.append(EntryQuery(kinds: kinds)) }
        let limit = 256
        if !subjects.isEmpty, subjects.count <= limit {
            queries.append(EntryQuery(subjects: subjects, self))
        } else {
            let all = Array(subjects)
            for start in stride(from: 0, to: all.count, by: limit) {
                let run = Set(all[start..<min(start + limit, all.count)])
                queries.append(EntryQuery(subjects: run, self))
            }
        }
        return queries
    }
}

/// The part of a statement that finds the positions of entries, as `found.position`.
struct EntryQuery {
    let tables: String
    let condition: String
    let arguments: StatementArguments

    fileprivate init(kinds: Set<String>) {
        let kinds = BoundNames(kinds)
        tables = "term CROSS JOIN posting AS found ON found.term = term.id"
        condition = "facet = 'kind' AND name IN \(kinds.marks)"
        arguments = kinds.arguments
    }

    /// - Precondition: there is a subject.
    fileprivate init(subjects: Set<String>, _ selection: EntrySelection) {
        // In the order of reading: names, their topics, the entries that mention these.
        tables = """
            term CROSS JOIN topic ON topic.subject = term.id
            CROSS JOIN mention AS found ON found.topic = topic.id
            """
        let subjects = BoundNames(subjects)
        var condition = "facet = 'subject' AND name IN \(subjects.marks)"
        var arguments = subjects.arguments
        func kinds(_ names: BoundNames) -> String {
            arguments += names.arguments
            return "(SELECT id FROM term WHERE facet = 'kind' AND name IN \(names.marks))"
        }
        if !selection.excludedKinds.isEmpty {
            condition += " AND topic.kind NOT IN " + kinds(BoundNames(selection.excludedKinds))
        }
        if let only = selection.onlyKinds {
            condition += " AND topic.kind IN " + kinds(BoundNames(only))
        }
        if !selection.places.isEmpty {
            let places = BoundNames(selection.places)
            arguments += places.arguments
            condition += " AND (name NOT IN \(places.marks) OR topic.kind NOT IN "
            condition += kinds(BoundNames(["regulation"])) + ")"
        }
        self.condition = condition
        self.arguments = arguments
    }
}

/// Names as a statement takes them. Their number is rounded up, so that few statements have to
/// be prepared; what is one too many repeats a name.
struct BoundNames {
    let marks: String
    let arguments: StatementArguments

    /// - Precondition: there is one at least.
    init(_ names: Set<String>) {
        var count = 1
        while count < names.count { count *= 2 }
        let padding = repeatElement(names.first ?? "", count: count - names.count)
        marks = "(?" + String(repeating: ", ?", count: count - 1) + ")"
        arguments = StatementArguments(Array(names) + padding)
    }
}
