import Registry

/// The statements, found by what others say of them: by id, by author, by title.
///
/// Linear in the statements, so that no rule has to search for what another statement names. Each
/// table is made when a rule first asks for it: most questions need few.
final class StatementIndex {
    private let statements: StatementSet

    init(_ statements: StatementSet) { self.statements = statements }

    private(set) lazy var events = StatementEvents(statements.events)
    private(set) lazy var mandates = Dictionary(grouping: statements.mandates) {
        $0.content.authority
    }
    private(set) lazy var accreditations = Dictionary(grouping: statements.accreditations) {
        $0.authorship.author ?? ""
    }
    /// By the version that they replace.
    private(set) lazy var supersessions = Dictionary(
        grouping: statements.supersessions, by: \.old)
    private(set) lazy var evidence = Dictionary(
        statements.evidence.map { ($0.id, $0) }
    ) { first, _ in first }
    private(set) lazy var decisions = Dictionary(
        statements.decisions.map { ($0.id, $0) }
    ) { first, _ in first }
    /// By their ids and by the names that others give them.
    private(set) lazy var awards = Dictionary(
        statements.awards.flatMap { award in
            [award.id, award.reference].compactMap { $0 }.map { ($0, award) }
        }, uniquingKeysWith: { first, _ in first })
}
