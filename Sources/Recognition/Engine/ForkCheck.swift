import Registry

/// P6a: two statements of one author under one number: nothing that author says is believed.
///
/// `Protocol/recognition.md § Phase 0`. In logs the number is a position, and the fork a split
/// view. A fork of an author who says nothing about the question changes nothing.
struct ForkCheck {
    let verdict: RecognitionVerdict?

    init(_ situation: Situation) {
        guard situation.applies(.p6a) else {
            verdict = nil
            return
        }
        let relevant = ForkCheck.relevantStatements(situation)
        var seen: [String: [Int64: String]] = [:]
        var forks: [(author: String, sequence: Int64)] = []
        for authorship in relevant.sorted(by: { $0.id < $1.id }) {
            guard let author = authorship.author, let sequence = authorship.sequence else {
                continue
            }
            let first = seen[author, default: [:]][sequence]
            if let first, first != authorship.id { forks.append((author, sequence)) }
            seen[author, default: [:]][sequence] = first ?? authorship.id
        }
        let found = forks.min { ($0.author, $0.sequence) < ($1.author, $1.sequence) }
        verdict = found.map { fork in
            var verdict = RecognitionVerdict(
                .conflict, reason: .equivocation(author: fork.author, sequence: fork.sequence),
                rules: [.p6, .p6a, .x4])
            verdict.grounds = relevant.filter {
                $0.author == fork.author && $0.sequence == fork.sequence
            }.map(\.id).sorted().map {
                RecognitionVerdict.Ground(id: $0, kind: .equivalence, author: fork.author)
            }
            verdict.ask = [fork.author]
            return verdict
        }
    }

    /// All statements of the authors who speak to the question: about its place, its awards, its
    /// person.
    private static func relevantStatements(_ situation: Situation) -> [Authorship] {
        let set = situation.statements
        let shown = Set(situation.question.awards)
        var authors = Set(
            set.awards.filter { shown.contains($0.id) }.map { Optional($0.body) })
        authors.formUnion(
            set.grounds.filter { ground in
                ground.binds.contains { $0.covers(situation.question.destination) }
                    && ground.provision.target.fits(situation.question.target)
                    && !situation.question.purpose.served(by: ground.provision.purposes).isEmpty
            }.map(\.authorship.author))
        authors.formUnion(
            set.decisions.filter { situation.isPerson($0.holder) }.map(\.authorship.author))
        authors.remove(nil)
        let all =
            set.grounds.map(\.authorship) + set.decisions.map(\.authorship)
            + set.events.map(\.authorship) + set.regulations.map(\.authorship)
            + set.evidence.map(\.authorship)
        return all.filter { authors.contains($0.author) }
    }
}
