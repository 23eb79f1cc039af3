import Encoding
public import Language
public import Recognition
import Registry

/// A verdict on worth as sentences: who decided on what basis and until when, what is missing,
/// what is still to be met, what else should be known, what to do next.
///
/// Pure; the language is chosen later. Every case of the closed lists has its sentence.
public struct WorthSentences: Sendable {
    private let verdict: RecognitionVerdict
    private let names: WorthNames

    public init(_ verdict: RecognitionVerdict, names: WorthNames) {
        self.verdict = verdict
        self.names = names
    }

    // MARK: Grounds

    public func ground(_ ground: RecognitionVerdict.Ground) -> Message.Argument {
        var parts: [Message.Argument] = []
        if let author = ground.author { parts.append(names.authority(author)) }
        parts.append(.message(.code("ground", ground.kind.rawValue)))
        parts.append(names.act(ground.id))
        if let since = ground.since {
            parts.append(.message(Message(.periodSince, ["date": .date(since)])))
        }
        if let until = ground.until {
            parts.append(.message(Message(.periodUntil, ["date": .date(until)])))
        }
        return .list(parts, .comma)
    }

    /// A ground that fits and did not decide, and why.
    public func other(_ other: RecognitionVerdict.Other) -> Message {
        let objection =
            switch other.objection {
            case .notMet(let kinds):
                Message(.objectionNotMet, ["facts": WorthNames.facts(kinds)])
            case .unknown(let facts): Message(.reasonNeed, ["facts": WorthNames.facts(facts)])
            case .notUnderstood(let kinds):
                Message(.reasonNotUnderstood, ["facts": WorthNames.facts(kinds)])
            case .notInForce: Message(.objectionNotInForce)
            case .otherPurpose: Message(.objectionOtherPurpose)
            case .superseded: Message(.objectionSuperseded)
            case .suspended: Message(.reasonSuspended)
            case .outranked: Message(.objectionOutranked)
            }
        return Message(
            .otherObjected, ["id": names.act(other.id), "objection": .message(objection)])
    }

    // MARK: What it amounts to

    public var scope: [Message.Argument] { verdict.scope.map(names.unit) }

    public var missing: [Message.Argument] { verdict.missing.map(names.unit) }

    /// A level, or a band of them; never more than advice.
    public var level: Message? {
        guard let first = verdict.level.first else { return nil }
        let framework = names.framework(verdict.framework)
        guard verdict.level.count > 1 else {
            return Message(.worthLevel, ["level": .text(first), "framework": framework])
        }
        return Message(
            .worthLevels,
            [
                "levels": .list(verdict.level.map { .text($0) }, .comma),
                "framework": framework,
            ])
    }

    public var alternative: Message? {
        verdict.alternative.map { Message(.worthInstead, ["title": .text($0)]) }
    }

    public var until: Message? {
        verdict.until.map { Message(.worthUntil, ["date": .date($0)]) }
    }

    // MARK: Conditions

    public func condition(_ condition: OpenCondition) -> Message {
        switch condition.origin {
        case .lapsed(let award): return Message(.conditionLapsed, ["award": .text(award)])
        case .successorState(let award):
            return Message(.conditionSuccessor, ["award": .text(award)])
        case .goodStanding: return Message(.conditionGoodStanding)
        case .ground: break
        }
        let alternatives = condition.alternatives.map { RequirementSentence($0, names).argument }
        var arguments: [String: Message.Argument] = [
            "id": alternatives.isEmpty
                ? WorthNames.undescribed(condition.id) : .text(condition.id),
            "requirement": alternatives.isEmpty
                ? .message(.conditionAuthoritySays) : .list(alternatives, .or),
        ]
        arguments["date"] = condition.deadline.map { .date($0) }
        let key: MessageKey =
            switch (condition.stage, condition.deadline) {
            case (.before, nil): .conditionBefore
            case (.before, _): .conditionBeforeBy
            case (.after, nil): .conditionAfter
            case (.after, _): .conditionAfterBy
            }
        return Message(key, arguments)
    }

    // MARK: Reasons and notes

    public var reason: Message? { verdict.reason.map(reason) }

    public func reason(_ reason: RecognitionReason) -> Message {
        switch reason {
        case .need(let facts): Message(.reasonNeed, ["facts": WorthNames.facts(facts)])
        case .notUnderstood(let kinds):
            Message(.reasonNotUnderstood, ["facts": WorthNames.facts(kinds)])
        case .equivocation(let author, let sequence):
            Message(
                .reasonEquivocation,
                ["author": names.authority(author), "number": .number(sequence)])
        case .stale(let country): Message(.reasonStaleLog, ["country": .text(country)])
        case .act(let id): Message(.reasonAct, ["id": names.act(id)])
        default: .code("reason", reason.code)
        }
    }

    public func note(_ note: RecognitionNote) -> Message {
        switch note {
        case .stale(let country): Message(.reasonStaleLog, ["country": .text(country)])
        case .ignored(let award, let why):
            Message(.noteIgnored, ["award": .text(award), "reason": .message(reason(why))])
        case .appealPending: Message(.noteAppealPending)
        case .defectiveRefusal: Message(.noteDefectiveRefusal)
        case .premiseVoid: Message(.notePremiseVoid)
        case .premiseUnwatched(let body):
            Message(.notePremiseUnwatched, ["body": names.authority(body)])
        case .restriction(let text): Message(.noteRestriction, ["text": .text(text)])
        case .moreFavourable(let ground, .newer):
            Message(.noteNewerGround, ["id": names.act(ground)])
        case .moreFavourable(let ground, .wasInForce):
            Message(.noteBetterGround, ["id": names.act(ground)])
        case .employerJudges: Message(.noteEmployerJudges)
        case .notSearched:
            Message(.noteNotSearched, ["authority": names.authority(verdict.ask.first)])
        case .lapsed: Message(.noteLapsed)
        case .regulatedInSector(let sector):
            Message(.noteRegulatedInSector, ["sector": .text(sector)])
        case .comparable(let ground, let word):
            Message(
                .noteComparable,
                ["id": names.act(ground), "word": .message(.word(word))])
        }
    }
}
