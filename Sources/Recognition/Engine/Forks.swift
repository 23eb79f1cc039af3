import Registry

/// The forks: two statements of one author under one number.
///
/// In logs the number is a position, and the fork a split view.
struct Forks {
    struct Fork: Hashable, Comparable {
        let author: String
        let sequence: Int64

        static func < (left: Self, right: Self) -> Bool {
            (left.author, left.sequence) < (right.author, right.sequence)
        }
    }

    /// The statements under the number, in the order of their ids.
    private(set) var statements: [Fork: [String]] = [:]
    /// Those whose statements nobody can believe.
    private(set) var authors: Set<String> = []

    init() {}

    init(_ set: StatementSet) {
        var ids: [Fork: Set<String>] = [:]
        func note(_ authorships: some Sequence<Authorship>) {
            for authorship in authorships {
                guard let sequence = authorship.sequence, let author = authorship.author else {
                    continue
                }
                ids[Fork(author: author, sequence: sequence), default: []].insert(authorship.id)
            }
        }
        note(set.mandates.lazy.map(\.authorship))
        note(set.qualifications.lazy.map(\.authorship))
        note(set.supersessions.lazy.map(\.authorship))
        note(set.accreditations.lazy.map(\.authorship))
        note(set.regulations.lazy.map(\.authorship))
        note(set.referencings.lazy.map(\.authorship))
        note(set.grounds.lazy.map(\.authorship))
        note(set.decisions.lazy.map(\.authorship))
        note(set.evidence.lazy.map(\.authorship))
        note(set.alerts.lazy.map(\.authorship))
        note(set.links.lazy.map(\.authorship))
        note(set.events.lazy.map(\.authorship))
        guard !ids.isEmpty else { return }
        statements = ids.filter { $0.value.count > 1 }.mapValues { $0.sorted() }
        authors = Set(statements.keys.map(\.author))
    }
}
