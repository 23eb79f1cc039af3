import Registry

/// Whether one award covers a task: every essential variable within its limits (C3).
///
/// `Protocol/recognition.md § Tasks`. Ranges of several awards are never joined.
struct TaskRange {
    let situation: Situation
    let awards: [Award]

    /// nil: no award states limits.
    func verdict(_ trace: inout RuleSet) -> RecognitionVerdict? {
        let ranged = awards.filter { !$0.limits.isEmpty }
        guard !ranged.isEmpty, !situation.question.task.isEmpty else { return nil }
        let verdicts = ranged.map { verdict($0, &trace) }
        return verdicts.min { left, right in
            (left.missing.count, left.conditions.count, left.grounds[0].id)
                < (right.missing.count, right.conditions.count, right.grounds[0].id)
        }
    }

    private func verdict(_ award: Award, _ trace: inout RuleSet) -> RecognitionVerdict {
        let task = situation.question.task
        let missing = task.keys.sorted().filter { variable in
            guard let asked = task[variable] else { return false }
            return !(award.limits[variable]?.admits(asked) ?? false)
        }
        var verdict = RecognitionVerdict(.granted)
        verdict.grounds = [
            RecognitionVerdict.Ground(
                id: award.id, kind: .award, since: award.awarded,
                until: situation.currentUntil(award))
        ]
        if situation.applies(.c6) { verdict.until = situation.currentUntil(award) }
        verdict.missing = missing
        trace.insert(.c3)
        if situation.isLapsed(award), situation.applies(.g5) {
            trace.insert(.g5)
            verdict.conditions = [
                OpenCondition(id: "renew:\(award.id)", origin: .lapsed(award: award.id))
            ]
            verdict.notes = [.lapsed(award.id)]
        }
        if !missing.isEmpty, situation.applies(.c3) {
            verdict.word = .partial
            verdict.scope = task.keys.sorted().filter { !missing.contains($0) }
        } else {
            verdict.word = verdict.conditions.isEmpty ? .granted : .conditional
        }
        return verdict
    }
}
