import Encoding
import Registry

/// The statements as one question sees them: those that were known then, found by what they are
/// about, with the person who asks and the rules that hold.
struct Situation {
    let question: RecognitionQuestion
    let statements: StatementSet
    /// The pseudonyms that are one person; nil: all documents are known to be of one person.
    let person: Set<String>?
    private let omitted: Set<Rule>
    private let eventsByTarget: [String: [StatementEvent]]
    private let selections: [StatementEvent]

    /// - Parameter omitted: rules that are switched off, so that tests can show that each
    ///   matters; empty everywhere else.
    init(_ statements: StatementSet, _ question: RecognitionQuestion, omitting omitted: Set<Rule>) {
        self.question = question
        self.omitted = omitted
        let limit = omitted.contains(.r0) ? nil : question.knownAt
        let known = limit == nil ? statements : statements.known(on: limit)
        self.statements = known
        person = question.holder.map(known.links.person)
        var byTarget: [String: [StatementEvent]] = [:]
        var selections: [StatementEvent] = []
        for event in known.events {
            switch event.target {
            case .statement(let id): byTarget[id, default: []].append(event)
            case .selector: selections.append(event)
            }
        }
        eventsByTarget = byTarget
        self.selections = selections
    }

    var day: CalendarDate { question.day }

    func applies(_ rule: Rule) -> Bool { !omitted.contains(rule) }

    /// Whether a pseudonym is the person who asks.
    func isPerson(_ holder: String?) -> Bool {
        guard let person else { return true }
        return holder.map(person.contains) ?? true
    }

    /// Whether it binds the destination.
    func isBound(by place: String) -> Bool { Jurisdiction(place).covers(question.destination) }

    // MARK: Events

    /// The events about one statement by its id.
    func events(on id: String) -> [StatementEvent] { eventsByTarget[id] ?? [] }

    /// The events that select something of a body, at a site, of a qualification, of a day.
    func selections(
        body: String?, site: String?, qualification: String? = nil, on day: CalendarDate
    ) -> [StatementEvent] {
        selections.filter { event in
            guard case .selector(let selector) = event.target else { return false }
            return selector.selects(
                body: body, site: site, qualification: qualification, on: day)
        }
    }

    // MARK: Competence

    /// P1: whether the author of a recognition was mandated for it on that day.
    func isCompetent(
        _ authorship: Authorship, for occupation: String?, _ target: Target, in place: String,
        purposes: [String], on day: CalendarDate
    ) -> Bool {
        switch authorship.competence {
        case .mandated, .notNeeded: return true
        case .outsideMandate: return false
        case .toBeJudged:
            guard let author = authorship.author else { return false }
            let subjects = [occupation.map { ["isco:\($0)"] }, target.scope].compactMap { $0 }
            return statements.mandates.contains { mandate in
                mandate.content.authority == author && mandate.stands(on: day)
                    && subjects.contains { subject in
                        mandate.content.allows(
                            .recognise, about: subject, in: place, for: purposes, on: day)
                    }
            }
        }
    }

    /// Those whose mandate covers recognising the target at the destination, by id.
    var competentAuthorities: [String] {
        let subjects = question.target.subjects
        let found = statements.mandates.filter { known in
            let mandate = known.content
            guard known.stands(on: day), mandate.period.contains(day),
                mandate.competences.contains(.recognise),
                Jurisdiction.anyCovers(mandate.territory, question.destination),
                mandate.purposes.map({ !question.purpose.served(by: $0).isEmpty }) ?? true
            else { return false }
            return subjects.isEmpty
                || mandate.scope.contains { subjects.contains(where: $0.matches) }
        }
        return Set(found.map(\.content.authority)).sorted()
    }
}

extension StatementSet {
    /// R0: only what was known on that day.
    fileprivate func known(on day: CalendarDate?) -> StatementSet {
        var set = self
        set.mandates.removeAll { !$0.authorship.isKnown(on: day) }
        set.qualifications.removeAll { !$0.authorship.isKnown(on: day) }
        set.supersessions.removeAll { !$0.authorship.isKnown(on: day) }
        set.accreditations.removeAll { !$0.authorship.isKnown(on: day) }
        set.regulations.removeAll { !$0.authorship.isKnown(on: day) }
        set.referencings.removeAll { !$0.authorship.isKnown(on: day) }
        set.grounds.removeAll { !$0.authorship.isKnown(on: day) }
        set.decisions.removeAll { !$0.authorship.isKnown(on: day) }
        set.evidence.removeAll { !$0.authorship.isKnown(on: day) }
        set.alerts.removeAll { !$0.authorship.isKnown(on: day) }
        set.links.removeAll { !$0.authorship.isKnown(on: day) }
        set.events.removeAll { !$0.authorship.isKnown(on: day) }
        return set
    }
}

extension [IdentityLink] {
    /// Every pseudonym that links join to one, itself included.
    fileprivate func person(_ holder: String) -> Set<String> {
        var neighbours: [String: Set<String>] = [:]
        for link in self {
            for name in link.holders { neighbours[name, default: []].formUnion(link.holders) }
        }
        var person: Set<String> = [holder]
        var pending = [holder]
        while let name = pending.popLast() {
            for other in neighbours[name] ?? [] where person.insert(other).inserted {
                pending.append(other)
            }
        }
        return person
    }
}
