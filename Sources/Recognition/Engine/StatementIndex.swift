import Registry

/// The statements, found by what others say of them: by id, by author, by title.
///
/// Built once a question and linear in the statements, so that no rule has to search for what
/// another statement names.
struct StatementIndex {
    let events: StatementEvents
    let mandates: [String: [KnownAct<Mandate>]]
    let accreditations: [String: [KnownAccreditation]]
    let evidence: [String: Evidence]
    let decisions: [String: Decision]
    let awards: Set<String>
    /// The names of the versions that bear a title.
    let titles: [String: [String]]

    init(_ statements: StatementSet) {
        events = StatementEvents(statements.events)
        mandates = Dictionary(grouping: statements.mandates) { $0.content.authority }
        accreditations = Dictionary(grouping: statements.accreditations) {
            $0.authorship.author ?? ""
        }
        evidence = Dictionary(statements.evidence.map { ($0.id, $0) }) { first, _ in first }
        decisions = Dictionary(statements.decisions.map { ($0.id, $0) }) { first, _ in first }
        awards = Set(statements.awards.map(\.id))
        var titles: [String: [String]] = [:]
        for known in statements.qualifications {
            for title in Set(known.content.titles.byLanguage.values) {
                titles[title, default: []].append(known.content.versionName)
            }
        }
        self.titles = titles
    }
}
