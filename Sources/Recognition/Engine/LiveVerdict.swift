import Registry

/// R12: what is never inferred from what a holder chose to show.
///
/// `Protocol/recognition.md § Phase 2`. To practise a regulated occupation, registration or good
/// standing must be shown; where nobody has said whether it is regulated, nothing is decided; every
/// other positive answer says that nobody searched.
struct LiveVerdict {
    private let situation: Situation
    private let place: PlaceRules

    init(_ situation: Situation, _ place: PlaceRules) {
        self.situation = situation
        self.place = place
    }

    func apply(to verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        let question = situation.question
        guard !question.isComplete, situation.applies(.r12) else { return }
        let isLive = [.practise, .practiseTemporary, .visaSkill].contains(question.purpose)
        // What nobody has said may be so: only where it is free is nothing asked for.
        let isFree = place.regulation.map { !$0.content.isRegulated } ?? false
        if isLive, !isFree, verdict.word == .granted || verdict.word == .provisional {
            trace.insert(.r12)
            let shown = standing
            guard shown.isEmpty else {
                rest(&verdict, on: shown)
                return
            }
            guard place.regulation != nil else {
                trace.insert(.x7)
                withhold(&verdict)
                return
            }
            verdict.word = .conditional
            verdict.conditions.append(OpenCondition(id: "good-standing", origin: .goodStanding))
            verdict.nextSteps.append(.showGoodStanding)
        }
        if verdict.word.favour > 0 || verdict.word == .free {
            trace.insert(.r12)
            verdict.notes.append(.notSearched)
        }
    }

    /// Whether it is regulated decides between a right and a condition that some cannot meet.
    private func withhold(_ verdict: inout RecognitionVerdict) {
        var open = RecognitionVerdict(.undetermined, reason: .regulationUnknown)
        open.others =
            verdict.others
            + verdict.grounds.map { .init(id: $0.id, objection: .unknown(["regulation"])) }
        open.notes = verdict.notes
        open.ask = verdict.ask
        verdict = open
    }

    /// What was shown of registration or good standing for the occupation, by the home country of
    /// an award or by the destination; where no award is shown, by any country that is named.
    private var standing: [Evidence] {
        let shown =
            (situation.evidence[.registration] ?? [])
            + (situation.evidence[.goodStanding] ?? [])
        let homes = place.awards.map(\.qualification.country)
        return shown.filter { evidence in
            guard evidence.isInForce(on: situation.day), let place = evidence.jurisdiction else {
                return false
            }
            let asked = situation.askedOccupations
            let isHome = homes.contains {
                Jurisdiction(place).covers($0) || Jurisdiction($0).covers(place)
            }
            return (isHome || homes.isEmpty || situation.isBound(by: place))
                && (asked.isEmpty || evidence.occupation.map(asked.contains) ?? true)
        }
    }

    /// What a registration restricts travels with what rests on it.
    private func rest(_ verdict: inout RecognitionVerdict, on shown: [Evidence]) {
        let isUnrestricted = shown.contains { $0.restrictions.isEmpty }
        if !isUnrestricted {
            let carried = Set(shown.flatMap(\.restrictions)).sorted()
                .map { RecognitionNote.restriction($0) }
            verdict.notes += carried.filter { !verdict.notes.contains($0) }
        }
        guard situation.applies(.c6) else { return }
        var validity = Validity(verdict.until)
        validity.limit(byLongest: shown.map(\.until))
        verdict.until = validity.until
    }
}
