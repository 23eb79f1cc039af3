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

    /// What a statement of an author is about: the key under which its author keeps it; without
    /// one, its target and how special it is.
    struct Subject: Hashable {
        private let kind: GeneralGround.Kind
        private let author: String
        private let key: String?
        private let target: Target?
        private let specificity: Int64?

        /// nil: nobody made it who could contradict themselves.
        init?(_ ground: GeneralGround) {
            guard let author = ground.authorship.author else { return nil }
            kind = ground.kind
            self.author = author
            key = ground.key
            target = ground.key == nil ? ground.provision.target : nil
            specificity = ground.key == nil ? ground.specificity : nil
        }
    }

    /// Among the general grounds that apply: one author refuses every award to which the same
    /// author gives a right.
    static func verdict(
        among outcomes: [GeneralOutcome], _ situation: Situation
    ) -> RecognitionVerdict? {
        guard situation.applies(.p6), situation.applies(.x4) else { return nil }
        var refusals: [Subject: (first: GeneralOutcome, awards: Set<String>)] = [:]
        for outcome in outcomes where outcome.verdict.word == .refused {
            guard let subject = Subject(outcome.ground) else { continue }
            let earlier = refusals[subject]
            refusals[subject] = (
                earlier?.first ?? outcome, outcome.used.union(earlier?.awards ?? [])
            )
        }
        guard !refusals.isEmpty else { return nil }
        for right in outcomes where right.verdict.word.isRight {
            guard let subject = Subject(right.ground), let refusal = refusals[subject],
                right.used.isSubset(of: refusal.awards)
            else { continue }
            return conflict(.contradiction, [right.verdict, refusal.first.verdict])
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
