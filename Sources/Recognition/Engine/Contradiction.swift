import Encoding
import Registry

/// P6: opposite results of one authority about one thing, or two opposite decisions: no side is
/// taken (X4).
///
/// `Protocol/recognition.md § Phase 4`.
public enum Contradiction {
    /// Whether two standing statements of one author would give opposite results to somebody: one
    /// refuses what the other gives, for a purpose that both name, at one time and place.
    public static func isBetween(_ one: GeneralGround, _ other: GeneralGround) -> Bool {
        let effects = [one.provision.effect, other.provision.effect]
        let isOpposite =
            effects.contains(.refuse)
            && (effects.contains(.right) || effects.contains(.alternative))
        let places = one.binds.contains { place in
            other.binds.contains { $0.covers(place.code) || place.covers($0.code) }
        }
        let isAtOneTime =
            one.provision.since <= other.provision.until ?? .latest
            && other.provision.since <= one.provision.until ?? .latest
        return isOpposite && places && isAtOneTime
            && !Set(one.provision.purposes).isDisjoint(with: other.provision.purposes)
            && areAboutTheSame(one, other)
            && (one.key != nil || one.provision.entry == other.provision.entry)
    }

    /// Among the general grounds that apply.
    static func verdict(
        among outcomes: [(ground: GeneralGround, verdict: RecognitionVerdict)],
        _ situation: Situation
    ) -> RecognitionVerdict? {
        guard situation.applies(.p6), situation.applies(.x4) else { return nil }
        for refusal in outcomes where refusal.verdict.word == .refused {
            let opposite = outcomes.first { other in
                other.verdict.word.isRight && other.ground.kind == refusal.ground.kind
                    && other.ground.authorship.author != nil
                    && other.ground.authorship.author == refusal.ground.authorship.author
                    && areAboutTheSame(other.ground, refusal.ground)
            }
            guard let opposite else { continue }
            return conflict(.contradiction, [opposite.verdict, refusal.verdict])
        }
        return nil
    }

    /// Among the decisions of competent authorities.
    static func verdict(
        among decisions: [(decision: Decision, verdict: RecognitionVerdict)],
        _ situation: Situation
    ) -> RecognitionVerdict? {
        guard situation.applies(.p6), situation.applies(.x4) else { return nil }
        let refusal = decisions.first { $0.verdict.word == .refused }
        let right = decisions.first { $0.verdict.word.isRight }
        guard let refusal, let right else { return nil }
        return conflict(.twoDecisions, [right.verdict, refusal.verdict])
    }

    /// By the key under which their author keeps them; without one, by what they say of whom.
    private static func areAboutTheSame(_ one: GeneralGround, _ other: GeneralGround) -> Bool {
        if one.key != nil || other.key != nil { return one.key == other.key }
        return one.provision.target == other.provision.target
            && one.specificity == other.specificity
    }

    private static func conflict(
        _ reason: RecognitionReason, _ sides: [RecognitionVerdict]
    ) -> RecognitionVerdict {
        var verdict = RecognitionVerdict(.conflict, reason: reason, rules: [.p6, .x4])
        verdict.grounds = sides.flatMap(\.grounds).sorted { $0.id < $1.id }
        verdict.ask = Set(sides.flatMap(\.ask)).sorted()
        verdict.nextSteps = [.askBoth(authorities: verdict.ask)]
        return verdict
    }
}
