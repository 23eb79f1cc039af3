import Encoding
import Registry

/// What became of a decision by the day asked.
///
/// `Protocol/recognition.md § Decisions`.
struct DecisionStanding {
    let decision: Decision
    private let situation: Situation

    init(_ decision: Decision, _ situation: Situation) {
        self.decision = decision
        self.situation = situation
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
        situation.applies(.p5)
            && situation.statements.decisions.contains { later in
                later.supersedes == decision.id && later.decided <= situation.day
                    && later.id != decision.id
                    && later.authorship.author == decision.authorship.author
                    && situation.isPerson(later.holder)
            }
    }

    /// Expiry belongs to the purpose.
    var isExpired: Bool {
        situation.applies(.g5)
            && decision.expiry.end(for: situation.question.purpose)
                .map { $0 < situation.day } ?? false
    }

    var standing: StatementStanding { situation.standing(of: decision) }

    var isInForce: Bool { !isSuperseded && !isExpired && standing == .stands }

    /// Whether evidence on which it rests was declared void.
    var isPremiseVoid: Bool {
        if isUseVoid { return true }
        let premises = Set(decision.basedOn + [decision.premise].compactMap { $0 })
        guard !premises.isEmpty else { return false }
        return situation.statements.evidence.contains { evidence in
            guard premises.contains(evidence.id),
                case .void = situation.standing(of: evidence)
            else { return false }
            return true
        }
    }

    /// Whether a selector picks what the decision itself says that it rests on.
    private var isUseVoid: Bool {
        decision.uses.contains { use in
            let events = situation.selections(
                body: use.body, site: use.site, qualification: use.qualification, on: use.date)
            guard case .void = StatementStanding(events, on: situation.day) else { return false }
            return true
        }
    }

    var isAppealPending: Bool {
        let events = situation.events(on: decision.id).filter { $0.since <= situation.day }
        let appealed = events.filter { $0.kind == .appeal }.map(\.since).max()
        let decided = events.filter { $0.kind == .appealDecided }.map(\.since).max()
        guard let appealed else { return false }
        return decided.map { $0 < appealed } ?? true
    }

    /// The conditions that its authority has not called met, and whose own text does not close
    /// them by evidence (C8).
    func openConditions(
        _ conditions: inout ConditionTest, _ trace: inout Set<Rule>
    ) -> [Condition] {
        decision.conditions.filter { condition in
            if isMet(condition) { return false }
            let isShown = conditions.isMet(condition, &trace)
            guard isShown else { return true }
            if condition.isSelfExecuting || !situation.applies(.c8) { return false }
            trace.insert(.c8)
            return true
        }
    }

    var hasOpenConditions: Bool { decision.conditions.contains { !isMet($0) } }

    private func isMet(_ condition: Condition) -> Bool {
        situation.events(on: decision.id).contains { event in
            event.kind == .conditionMet && event.condition == condition.id
                && event.since <= situation.day
                && event.authorship.author == decision.authorship.author
        }
    }
}
