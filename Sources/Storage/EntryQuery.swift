/// The part of a statement that finds the positions of entries by one name, as `found.position`.
///
/// Two texts only, whatever is asked for, so that each is prepared once.
struct EntryQuery {
    private enum Found {
        case byKind, bySubject
    }

    private let found: Found
    private let name: String
    /// Of which entries are found by a subject, or are not.
    private let kinds: KindList
    private let areWanted: Bool

    init(kind: String) {
        found = .byKind
        name = kind
        kinds = []
        areWanted = false
    }

    init(subject: String, kinds: KindList, areWanted: Bool) {
        found = .bySubject
        name = subject
        self.kinds = kinds
        self.areWanted = areWanted
    }

    /// The texts of a statement that finds entries, written once.
    struct Texts {
        fileprivate let byKind: String
        fileprivate let bySubject: String

        /// - Parameters:
        ///   - columns: what is read of each entry.
        ///   - joined: the tables beside `found` in which that stands.
        init(_ columns: String, joined: String = "") {
            // In the order of reading: the name, its topics, the entries that mention these. Joins
            // only: a set in a condition would be put into a table of its own at every question.
            let range = "found.position BETWEEN ?4 AND ?5"
            byKind = """
                SELECT \(columns) FROM term
                CROSS JOIN posting AS found ON found.term = term.id
                \(joined)
                WHERE term.facet = 'kind' AND term.name = ?1 AND \(range)
                """
            bySubject = """
                SELECT \(columns) FROM term
                CROSS JOIN topic ON topic.subject = term.id
                CROSS JOIN term AS kind ON kind.id = topic.kind
                    AND (instr(?2, ' ' || kind.name || ' ') > 0) = ?3
                CROSS JOIN mention AS found ON found.topic = topic.id
                \(joined)
                WHERE term.facet = 'subject' AND term.name = ?1 AND \(range)
                """
        }
    }

    func text(_ texts: Texts) -> String {
        switch found {
        case .byKind: texts.byKind
        case .bySubject: texts.bySubject
        }
    }

    /// Gives the statement what it takes: the name, the kinds and the positions between which
    /// entries are found.
    func bind(to statement: BulkStatement, _ first: Int64, _ last: Int64) {
        statement.bind(name, at: 1)
        if found == .bySubject {
            statement.bind(kinds.words, at: 2)
            statement.bind(areWanted ? 1 : 0, at: 3)
        }
        statement.bind(first, at: 4)
        statement.bind(last, at: 5)
    }
}
