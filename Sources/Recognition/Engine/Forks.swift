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
        let all =
            set.mandates.map(\.authorship) + set.qualifications.map(\.authorship)
            + set.supersessions.map(\.authorship) + set.accreditations.map(\.authorship)
            + set.regulations.map(\.authorship) + set.referencings.map(\.authorship)
            + set.grounds.map(\.authorship) + set.decisions.map(\.authorship)
            + set.evidence.map(\.authorship) + set.alerts.map(\.authorship)
            + set.links.map(\.authorship) + set.events.map(\.authorship)
        var ids: [Fork: Set<String>] = [:]
        for authorship in all {
            guard let author = authorship.author, let sequence = authorship.sequence else {
                continue
            }
            ids[Fork(author: author, sequence: sequence), default: []].insert(authorship.id)
        }
        statements = ids.filter { $0.value.count > 1 }.mapValues { $0.sorted() }
        authors = Set(statements.keys.map(\.author))
    }
}
