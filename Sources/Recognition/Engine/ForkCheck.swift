import Registry

/// P6a: where an author who speaks to the question has forked, nothing is decided.
///
/// `Protocol/recognition.md § Phase 0`. A fork of an author who says nothing about the question
/// changes nothing; evidence of an author who forked does not count.
struct ForkCheck {
    let verdict: RecognitionVerdict?

    init(_ situation: Situation) {
        let forks = situation.forks
        guard !forks.authors.isEmpty else {
            verdict = nil
            return
        }
        let speaking = ForkCheck.authors(situation)
        let fork = forks.statements.keys.filter { speaking.contains($0.author) }.min()
        verdict = fork.map { fork in
            var verdict = RecognitionVerdict(
                .conflict, reason: .equivocation(author: fork.author, sequence: fork.sequence),
                rules: [.p6, .p6a, .x4])
            verdict.grounds = (forks.statements[fork] ?? []).map {
                RecognitionVerdict.Ground(
                    id: $0, kind: ForkCheck.kind(of: $0, situation), author: fork.author)
            }
            verdict.ask = [fork.author]
            return verdict
        }
    }

    private static func kind(
        of id: String, _ situation: Situation
    ) -> RecognitionVerdict.Ground.Kind {
        let set = situation.statements
        if let ground = set.grounds.first(where: { $0.id == id }) {
            return ground.kind == .instrument ? .instrument : .equivalence
        }
        if situation.index.decisions[id] != nil { return .decision }
        if set.regulations.contains(where: { $0.id == id }) { return .regulation }
        if set.referencings.contains(where: { $0.id == id }) { return .referencing }
        return set.alerts.contains { $0.id == id } ? .alert : .statement
    }

    /// The authors who speak to the question: about its place, its awards, its person.
    private static func authors(_ situation: Situation) -> Set<String> {
        let set = situation.statements
        let question = situation.question
        let shown = Set(question.awards)
        var authors = Set(set.awards.filter { shown.contains($0.id) }.map(\.body))
        authors.formUnion(
            set.grounds.filter { ground in
                ground.binds.contains { $0.covers(question.destination) }
                    && situation.isAsked(ground.provision.target, occupation: ground.occupation)
                    && question.purpose.isServed(byOneOf: ground.provision.purposes)
            }.compactMap(\.authorship.author))
        authors.formUnion(
            set.decisions.filter { decision in
                situation.isPerson(decision.holder)
                    && question.purpose.isServed(byOneOf: decision.purposes)
            }.compactMap(\.authorship.author))
        let occupations = situation.occupations(of: set.awards.filter { shown.contains($0.id) })
        authors.formUnion(
            set.regulations.filter { known in
                question.purpose.isActivity && occupations.contains(known.content.occupation)
                    && situation.isBound(by: known.content.jurisdiction)
            }.compactMap(\.authorship.author))
        if question.purpose.isActivity {
            authors.formUnion(
                set.alerts.filter { situation.isPerson($0.holder) }
                    .compactMap(\.authorship.author))
        }
        if question.purpose == .level {
            let frameworks = Set(
                set.awards.filter { shown.contains($0.id) }
                    .compactMap(\.qualification.framework)
                    + [question.target["fw"]].compactMap { $0 })
            authors.formUnion(
                set.referencings.filter {
                    frameworks.contains($0.content.from) || frameworks.contains($0.content.to)
                }.compactMap(\.authorship.author))
        }
        return authors.union(premises(of: authors, situation))
    }

    /// Those on whom they rest: who gave their mandates, who accredited, what carries a statement
    /// from one version to another, who joined the names.
    private static func premises(
        of authors: Set<String>, _ situation: Situation
    ) -> Set<String> {
        let set = situation.statements
        let shown = Set(situation.question.awards)
        let awards = set.awards.filter { shown.contains($0.id) }
        let versions = Set(awards.map(\.qualification.versionName))
        var premises = Set(
            set.mandates.filter { authors.contains($0.content.authority) }
                .compactMap(\.authorship.author))
        premises.formUnion(
            set.accreditations.filter { accreditation in
                awards.contains(where: accreditation.covers)
            }
            .compactMap(\.authorship.author))
        premises.formUnion(
            set.supersessions.filter { versions.contains($0.old) || versions.contains($0.new) }
                .compactMap(\.authorship.author))
        premises.formUnion(
            set.links.filter { $0.holders.contains(where: situation.isPerson) }
                .compactMap(\.authorship.author))
        return premises
    }
}
