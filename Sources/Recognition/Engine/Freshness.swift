import Registry

/// R0 and X5: what is older than the limit gives no safety answer, and is named in every other.
///
/// `Protocol/recognition.md § Phase 0`.
struct Freshness {
    private let situation: Situation
    private let awards: [Award]

    init(_ situation: Situation, _ awards: [Award]) {
        self.situation = situation
        self.awards = awards
    }

    func apply(to verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        guard situation.applies(.r0) else { return }
        let stale = staleCountries(verdict)
        guard let first = stale.first else { return }
        trace.insert(.r0)
        let isPositive = verdict.word.isRight || verdict.word == .free
        guard situation.question.purpose.isSafety, isPositive, situation.applies(.x5) else {
            verdict.notes += stale.map { .stale($0) }
            return
        }
        trace.insert(.x5)
        let others =
            verdict.others + verdict.grounds.map { .init(id: $0.id, objection: .outranked) }
        verdict = RecognitionVerdict(.undetermined, reason: .stale(first))
        verdict.others = others
        verdict.notes = stale.dropFirst().map { .stale($0) }
        verdict.nextSteps = stale.map { .sync(country: $0) }
    }

    /// Those that the answer needs: of the awards, of the destination, of decisions and evidence
    /// that it rests on.
    private func staleCountries(_ verdict: RecognitionVerdict) -> [String] {
        guard let limit = situation.question.maxStaleDays else { return [] }
        var places = awards.map(\.qualification.country)
        places.append(situation.question.destination)
        let grounds = Set(verdict.grounds.map(\.id))
        let set = situation.statements
        places += set.decisions.filter { grounds.contains($0.id) }.map(\.jurisdiction)
        if set.grounds.contains(where: { ground in
            grounds.contains(ground.id)
                && (ground.provision.entry + ground.provision.conditions.flatMap(\.anyOf))
                    .contains { !AwardPredicates.kinds.contains($0.kind) }
        }) {
            places += set.decisions.filter { situation.isPerson($0.holder) }.map(\.jurisdiction)
            places += set.evidence.filter { situation.isPerson($0.holder) }
                .compactMap(\.jurisdiction)
        }
        let needed = Set(places)
        return situation.question.staleDays.filter { country, days in
            days > limit && needed.contains { Jurisdiction(country).covers($0) }
        }.keys.sorted()
    }
}
