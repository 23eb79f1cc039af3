public import Language
public import Recognition

/// What the holder can do next about the worth, and whom to ask, as sentences.
public struct WorthSteps: Sendable {
    private let verdict: RecognitionVerdict
    private let names: WorthNames

    public init(_ verdict: RecognitionVerdict, names: WorthNames) {
        self.verdict = verdict
        self.names = names
    }

    /// In their order; never empty, since no answer is the end of the sentence.
    public var messages: [Message] {
        let steps = stated
        let asked = Message.Argument.list(verdict.ask.map { names.authority($0) }, .comma)
        switch verdict.word {
        case .granted, .provisional, .free: return [Message(.nextCompareDocument)] + steps
        case .partial where !verdict.ask.isEmpty:
            return [Message(.nextMissingParts, ["authority": asked])] + steps
        case _ where !steps.isEmpty: return steps
        case .undetermined where verdict.ask.isEmpty: return [Message(.nextAskContact)]
        case .undetermined: return [Message(.nextAskUndecided, ["authority": asked])]
        case _ where verdict.ask.isEmpty: return [Message(.nextReadConditions)]
        default: return [Message(.nextAsk, ["authority": asked])]
        }
    }

    /// Those of the verdict itself, in the order of their codes.
    var stated: [Message] { verdict.nextSteps.map(message) }

    /// What an open condition asks for; where its author does not describe that, its name.
    private func requirement(of id: String) -> Message.Argument {
        let condition = verdict.conditions.first { $0.id == id }
        let alternatives = condition?.alternatives.map { RequirementSentence($0, names).argument }
        guard let alternatives, !alternatives.isEmpty else { return WorthNames.undescribed(id) }
        return .list(alternatives, .or)
    }

    func message(_ step: RecognitionStep) -> Message {
        switch step {
        case .ask(let authority):
            Message(
                verdict.word == .undetermined ? .nextAskUndecided : .nextAsk,
                ["authority": names.authority(authority)])
        case .applyForAssessment(let authority):
            Message(.nextAssessment, ["authority": names.authority(authority)])
        case .applyAgain(let authority):
            Message(.nextApplyAgain, ["authority": names.authority(authority)])
        case .appeal(let body, let days?):
            Message(
                .nextAppealDays,
                [
                    "authority": names.authority(body),
                    "days": .message(Message(.countDays, ["count": .number(days)])),
                ])
        case .appeal(let body, nil):
            Message(.nextAppeal, ["authority": names.authority(body)])
        case .followUpApplication(let authority):
            Message(.nextFollowUp, ["authority": names.authority(authority)])
        case .meet(let condition): Message(.nextMeet, ["condition": requirement(of: condition)])
        case .renew(let award): Message(.nextRenew, ["award": .text(award)])
        case .show(let facts): Message(.nextShowFacts, ["facts": WorthNames.facts(facts)])
        case .showGoodStanding: Message(.conditionGoodStanding)
        case .linkNames: Message(.nextLinkNames)
        case .sync(let country):
            Message(.nextSyncCountry, ["country": .text(country), "command": NextStep.sync])
        case .update: Message(.nextUpdate)
        case .askBoth(let authorities):
            Message(
                .nextAskBoth,
                ["authority": .list(authorities.map { names.authority($0) }, .and)])
        }
    }
}
