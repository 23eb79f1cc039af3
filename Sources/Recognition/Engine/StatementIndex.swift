import Registry

/// The statements, found by what others say of them: by id, by author, by title.
///
/// Built once a question and linear in the statements, so that no rule has to search for what
/// another statement names.
struct StatementIndex {
    let events: StatementEvents
    let mandates: [String: [KnownAct<Mandate>]]
    let accreditations: [String: [KnownAccreditation]]
    /// By the version that they replace.
    let supersessions: [String: [Supersession]]
    let evidence: [String: Evidence]
    let decisions: [String: Decision]
    /// By their ids and by the names that others give them.
    let awards: [String: Award]

    init(_ statements: StatementSet) {
        events = StatementEvents(statements.events)
        mandates = Dictionary(grouping: statements.mandates) { $0.content.authority }
        accreditations = Dictionary(grouping: statements.accreditations) {
            $0.authorship.author ?? ""
        }
        supersessions = Dictionary(grouping: statements.supersessions, by: \.old)
        evidence = Dictionary(statements.evidence.map { ($0.id, $0) }) { first, _ in first }
        decisions = Dictionary(statements.decisions.map { ($0.id, $0) }) { first, _ in first }
        awards = Dictionary(
            statements.awards.flatMap { award in
                [award.id, award.reference].compactMap { $0 }.map { ($0, award) }
            }, uniquingKeysWith: { first, _ in first })
    }
}
