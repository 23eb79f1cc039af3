import Encoding
import Registry

/// The statements as one question sees them: those that were known then, found by what they are
/// about, with the person who asks and the rules that hold.
///
/// A class, because every part of the engine holds it; nothing that it says changes once it is
/// made.
final class Situation {
    let question: RecognitionQuestion
    let statements: StatementSet
    let index: StatementIndex
    let versions: EquivalentVersions
    /// The evidence of the person that counts on the day asked, by kind.
    private(set) var evidence: [Evidence.Kind: [Evidence]] = [:]
    private(set) lazy var work = WorkHistory(evidence[.experience] ?? [], until: day)
    /// Tests, attestations and the like by kind and name.
    private(set) lazy var evidenceByName = evidence.mapValues { items in
        Dictionary(grouping: items) { $0.name ?? "" }
    }
    private(set) lazy var registrationsByOccupation = Dictionary(
        grouping: evidence[.registration] ?? []
    ) { $0.occupation ?? "" }
    private(set) var supersessions = Supersessions()
    private(set) var voidPremises = VoidPremises()
    let forks: Forks
    /// The awards that are asked about, usable or not.
    let shownAwards: [Award]
    /// The occupation that the question names, or those that stand for it.
    let askedOccupations: [String]
    /// The names of the versions that bear a title; seldom asked for.
    private(set) lazy var titles = statements.versionsByTitle
    /// Whether two of the versions that are known are different ones.
    private lazy var areVersionsDifferent = statements.qualifications.contains { known in
        statements.qualifications.first.map { !known.content.isSameVersion(as: $0.content) }
            ?? false
    }
    private let person: Person
    private let omitted: RuleSet

    /// - Parameter omitted: rules that are switched off, so that tests can show that each
    ///   matters; empty everywhere else.
    init(_ statements: StatementSet, _ question: RecognitionQuestion, omitting omitted: RuleSet) {
        self.question = question
        askedOccupations = question.target["occ"].map { [$0] } ?? question.occupations
        self.omitted = omitted
        let limit = omitted.contains(.r0) ? nil : question.knownAt
        let known = limit == nil ? statements : statements.known(on: limit)
        self.statements = known
        index = StatementIndex(known)
        person = Person(question.holder, known.links)
        let shown = Set(question.awards)
        shownAwards = known.awards.filter { shown.contains($0.id) }
        versions = EquivalentVersions(
            omitted.contains(.t1) ? [] : known.supersessions, of: shownAwards)
        forks = omitted.contains(.p6a) ? Forks() : Forks(known)
        evidence = Dictionary(grouping: known.evidence.filter(counts), by: \.kind)
        supersessions = Supersessions(self)
        voidPremises = VoidPremises(self)
    }

    var day: CalendarDate { question.day }

    func applies(_ rule: Rule) -> Bool { !omitted.contains(rule) }

    /// Whether a pseudonym is the person who asks.
    func isPerson(_ holder: String?) -> Bool { person.isNamed(holder) }

    /// Whether it binds the destination.
    func isBound(by place: String) -> Bool { Jurisdiction(place).covers(question.destination) }

    /// The occupations asked about; where nothing of that is known, the occupations of the qualification asked about,
    /// else of the awards.
    func occupations(of awards: [Award]) -> [String] {
        guard askedOccupations.isEmpty else { return askedOccupations }
        let asked = statements.qualifications
            .filter { $0.content.id == question.target["qual"] }.flatMap(\.content.isco08)
        return asked.isEmpty ? awards.flatMap(\.qualification.isco08) : asked
    }

    /// Whether it speaks to the target asked: by its own target; where that names no occupation,
    /// what it says of one is about no other.
    func isAsked(_ target: Target, occupation: String?) -> Bool {
        guard target.fits(question.target) || isAskedByOccupation(target) else { return false }
        guard target["occ"] == nil, let occupation else { return true }
        if let asked = question.target["occ"] { return occupation == asked }
        // What names the qualification asked about is about it, whatever its occupation.
        return question.occupations.isEmpty || !target.isEmpty
            || question.occupations.contains(occupation)
    }

    /// Where nobody named an occupation, one that stands for it will do.
    private func isAskedByOccupation(_ target: Target) -> Bool {
        guard question.target["occ"] == nil else { return false }
        return question.occupations.contains { occupation in
            var values = question.target.values
            values["occ"] = occupation
            return target.fits(Target(values))
        }
    }

    /// The framework whose level is asked for: the one named, or that of the qualification named.
    var namedFramework: String? {
        question.target["fw"]
            ?? statements.qualifications.filter { $0.content.id == question.target["qual"] }
            .compactMap(\.content.framework).min()
    }

    /// Whether another version than this one is known, of whatever qualification.
    func knowsVersions(besides own: Qualification) -> Bool {
        guard let first = statements.qualifications.first?.content else { return false }
        return areVersionsDifferent || !first.isSameVersion(as: own)
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
            let subjects = target.subjects(for: occupation)
            return (index.mandates[author] ?? []).contains { mandate in
                mandate.stands(on: day)
                    && subjects.contains { subject in
                        mandate.content.allows(
                            .recognise, about: subject, in: place, for: purposes, on: day)
                    }
            }
        }
    }

    /// Those whose mandate covers recognising the target at the destination, by id.
    var competentAuthorities: [String] {
        let subjects = question.target.subjects + question.occupations.map { "isco:\($0)" }
        let found = statements.mandates.filter { known in
            known.stands(on: day)
                && known.content.mayRecognise(
                    subjects, in: question.destination, for: question.purpose, on: day)
        }
        return Set(found.map(\.content.authority)).sorted()
    }
}

extension Mandate {
    /// Whether it covers recognising one of the subjects in a place; where nothing is named,
    /// anything.
    func mayRecognise(
        _ subjects: [String], in place: String, for purpose: Purpose, on day: CalendarDate
    ) -> Bool {
        guard period.contains(day), competences.contains(.recognise),
            Jurisdiction.anyCovers(territory, place),
            purposes.map(purpose.isServed(byOneOf:)) ?? true
        else { return false }
        return subjects.isEmpty || scope.contains { subjects.contains(where: $0.matches) }
    }
}

extension Qualification {
    fileprivate func isSameVersion(as other: Qualification) -> Bool {
        id == other.id && version == other.version
    }
}

extension StatementSet {
    fileprivate var versionsByTitle: [String: [String]] {
        var titles: [String: [String]] = [:]
        for known in qualifications {
            for title in Set(known.content.titles.byLanguage.values) {
                titles[title, default: []].append(known.content.versionName)
            }
        }
        return titles
    }

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
        set.awards.removeAll { award in
            guard let day, let recorded = award.recorded else { return false }
            return day < recorded
        }
        set.decisions.removeAll { !$0.authorship.isKnown(on: day) }
        set.evidence.removeAll { !$0.authorship.isKnown(on: day) }
        set.alerts.removeAll { !$0.authorship.isKnown(on: day) }
        set.links.removeAll { !$0.authorship.isKnown(on: day) }
        set.events.removeAll { !$0.authorship.isKnown(on: day) }
        return set
    }
}
