import Encoding
import Registry

/// What became of a decision by the day asked.
///
/// `Protocol/recognition.md § Decisions`.
struct DecisionStanding {
    let decision: Decision
    private let situation: Situation
    /// The conditions that its authority called met.
    private let met: Set<String>

    init(_ decision: Decision, _ situation: Situation) {
        self.decision = decision
        self.situation = situation
        let events = situation.index.events.about(decision.id)
        met = Set(
            events.filter { event in
                event.kind == .conditionMet && event.since <= situation.day
                    && event.authorship.author == decision.authorship.author
            }.compactMap(\.condition))
    }

    /// P1: by the mandates on the day of decision.
    var isCompetent: Bool {
        let served = situation.question.purpose.served(by: decision.purposes)
        return situation.isCompetent(
            decision.authorship, for: decision.occupation, decision.target,
            in: decision.jurisdiction, purposes: served.isEmpty ? decision.purposes : served,
            on: decision.decided)
    }

    /// P5: whether a later decision of the same authority names it as replaced.
    var isSuperseded: Bool {
        situation.applies(.p5) && situation.supersessions.replaces(decision)
    }

    /// Expiry belongs to the purpose.
    var isExpired: Bool {
        situation.applies(.g5)
            && decision.end(for: situation.question.purpose)
                .map { $0 < situation.day } ?? false
    }

    var standing: StatementStanding { situation.standing(of: decision) }

    var isInForce: Bool { !isSuperseded && !isExpired && standing == .stands }

    /// Whether something on which it rests, directly or through other decisions, was declared
    /// void.
    var isPremiseVoid: Bool { situation.voidPremises.contains(decision) }

    /// Whether everything on which it says that it rests, directly or through other decisions,
    /// was shown, or is described by who rests on it.
    var arePremisesShown: Bool {
        var (seen, pending): (Set<String>, [Decision]) = ([decision.id], [decision])
        while let next = pending.popLast() {
            for id in next.premises {
                if let other = situation.index.decisions[id] {
                    if seen.insert(id).inserted { pending.append(other) }
                } else if situation.index.evidence[id] == nil, situation.index.awards[id] == nil,
                    next.uses.isEmpty || id == next.premise
                {
                    return false
                }
            }
        }
        return true
    }

    /// The bodies that it or what it rests on uses, and of which nobody here would know what was
    /// declared void.
    var unwatchedBodies: Set<String> {
        guard !situation.question.unwatched.isEmpty else { return [] }
        var (seen, pending): (Set<String>, [Decision]) = ([decision.id], [decision])
        var bodies: Set<String> = []
        while let next = pending.popLast() {
            bodies.formUnion(next.uses.map(\.body))
            for id in next.premises {
                guard let other = situation.index.decisions[id], seen.insert(id).inserted else {
                    continue
                }
                pending.append(other)
            }
        }
        return bodies.intersection(situation.question.unwatched)
    }

    /// C9: whether it rests on the decision of yet another country.
    var restsOnThirdCountry: Bool {
        decision.premises.contains { id in
            guard id != decision.id, let other = situation.index.decisions[id] else {
                return false
            }
            return !Jurisdiction(decision.jurisdiction).covers(other.jurisdiction)
                && !Jurisdiction(other.jurisdiction).covers(decision.jurisdiction)
        }
    }

    var isAppealPending: Bool {
        let heard = situation.heard(about: decision).filter { $0.since <= situation.day }
        let byHolder = situation.index.events.about(decision.id).filter { event in
            event.since <= situation.day
                && [decision.holder, StatementEvent.holder].contains(event.authorship.author)
        }
        let appealed = (heard + byHolder).filter { $0.kind == .appeal }.map(\.since).max()
        let decided = heard.filter { $0.kind == .appealDecided }.map(\.since).max()
        guard let appealed else { return false }
        return decided.map { $0 < appealed } ?? true
    }

    /// What its conditions still ask: those that its authority has not called met, and whose own
    /// text does not close them by evidence (C8).
    func conditions(
        _ test: inout ConditionTest, _ trace: inout RuleSet
    ) -> (open: [Condition], areShown: Bool) {
        var open: [Condition] = []
        var areShown = false
        for condition in unmet {
            let isShown = test.isMet(condition, &trace)
            if isShown, condition.isSelfExecuting || !situation.applies(.c8) { continue }
            if isShown {
                trace.insert(.c8)
                areShown = true
            }
            open.append(condition)
        }
        return (open, areShown)
    }

    /// Those that its authority has not called met, in the order of their ids; what is met
    /// absorbs the weaker too.
    var unmet: [Condition] {
        Absorption.remaining(decision.conditions).filter { !met.contains($0.id) }
            .sorted { $0.id < $1.id }
    }
}
