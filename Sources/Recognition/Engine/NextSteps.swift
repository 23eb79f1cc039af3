/// What the holder can do next, from the verdict itself.
///
/// `Protocol/recognition.md § Next steps`.
struct NextSteps {
    private let situation: Situation

    init(_ situation: Situation) { self.situation = situation }

    /// Whom to ask, where the verdict itself names nobody: those who may decide it.
    func nameAuthorities(_ verdict: inout RecognitionVerdict) {
        if verdict.ask.isEmpty { verdict.ask = situation.competentAuthorities }
    }

    func complete(_ verdict: inout RecognitionVerdict) {
        var steps = verdict.nextSteps
        for condition in verdict.conditions {
            switch condition.origin {
            case .lapsed(let award): steps.append(.renew(award: award))
            case .ground, .successorState: steps.append(.meet(condition: condition.id))
            case .goodStanding: break
            }
        }
        switch verdict.word {
        case .assessable: steps.append(.applyForAssessment(authority: verdict.ask.first))
        case .advisory, .undetermined:
            steps += verdict.ask.map { .ask(authority: $0) }
        default: break
        }
        var seen: Set<RecognitionStep> = []
        verdict.nextSteps = steps.filter { seen.insert($0).inserted }
    }
}
