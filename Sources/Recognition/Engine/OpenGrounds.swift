import Registry

/// The general grounds that fit the question and ask for facts that nobody has shown (X7).
///
/// `Protocol/recognition.md § Phase 4`. A fact that is missing never makes an answer better: an
/// answer that such a ground could still displace (P5) or contradict (P6) is not given.
struct OpenGrounds {
    /// What is asked for, by all of them.
    private(set) var facts: Set<String> = []
    /// Whether one of them could give a right.
    private(set) var couldGiveRight = false
    /// How special those are that could displace an answer, by author and award.
    private var limiting: [String: [String: Int64]] = [:]
    private var lifting: [String: [String: Int64]] = [:]
    /// The awards that those could refuse, by what they are about.
    private var refusing: [Contradiction.Subject: Set<String>] = [:]

    mutating func insert(
        _ ground: GeneralGround, _ facts: [String], awards: [Award], isCompetent: Bool
    ) {
        self.facts.formUnion(facts)
        let effect = ground.provision.effect
        couldGiveRight = couldGiveRight || effect == .right || effect == .alternative
        guard isCompetent, let author = ground.authorship.author else { return }
        let names = GeneralOutcome.names(awards)
        if effect == .refuse, let subject = Contradiction.Subject(ground) {
            refusing[subject, default: []].formUnion(names)
        }
        guard ground.kind == .equivalence else { return }
        for name in names {
            if !ground.isPlainRight {
                limiting[author, default: [:]][name] = max(
                    limiting[author]?[name] ?? .min, ground.specificity)
            }
            if effect != .refuse {
                lifting[author, default: [:]][name] = max(
                    lifting[author]?[name] ?? .min, ground.specificity)
            }
        }
    }

    /// Whether one of them, if it applied, could take the answer away.
    func endanger(_ outcome: GeneralOutcome, _ situation: Situation) -> Bool {
        let isRight = outcome.verdict.word.isRight
        if isRight, situation.applies(.p6), situation.applies(.x4),
            let subject = Contradiction.Subject(outcome.ground),
            outcome.used.isSubset(of: refusing[subject] ?? [])
        {
            return true
        }
        guard situation.applies(.p5), outcome.ground.kind == .equivalence,
            let author = outcome.ground.authorship.author,
            let special = (isRight ? limiting : lifting)[author]
        else { return false }
        let specificity = outcome.ground.specificity
        return outcome.used.allSatisfy { special[$0].map { specificity < $0 } ?? false }
    }
}

extension GeneralGround {
    /// Whether it gives the whole right at once, so that nothing more special of it could give
    /// less.
    fileprivate var isPlainRight: Bool {
        provision.effect == .right && provision.conditions.isEmpty && provision.scope.isEmpty
            && provision.differences.isEmpty && provision.unitMap.isEmpty
    }
}
