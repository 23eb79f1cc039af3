import Encoding
import Registry

/// Phase 3 for all general grounds: those that speak to the question, and what each gives.
///
/// `Protocol/recognition.md § Phase 3`.
struct GeneralGrounds {
    /// A ground whose predicates hold, with the awards that fulfil them.
    private struct Applying {
        let ground: GeneralGround
        let isCompetent: Bool
        var used: [Award]
    }

    /// What the grounds that apply give.
    private(set) var outcomes: [GeneralOutcome] = []
    /// Exhaustive grounds whose criteria are not met (X12).
    private(set) var refusals: [GeneralOutcome] = []
    /// Those that ask for facts that nobody has shown.
    private(set) var open = OpenGrounds()
    /// Kinds of predicates that this version does not understand.
    private(set) var notUnderstood: Set<String> = []
    private(set) var others: [RecognitionVerdict.Other] = []
    private(set) var isAnySuspended = false

    private let situation: Situation
    private let awards: [Award]

    init(_ situation: Situation, awards: [Award], _ trace: inout RuleSet) {
        self.situation = situation
        self.awards = awards
        let test = GroundTest(situation, awards: awards)
        var applying: [Applying] = []
        for ground in candidates(&trace) {
            if ground.isDeemed, !ground.asksForConfirmation, situation.applies(.x11) {
                trace.insert(.x11)
                others.append(.init(id: ground.id, objection: .notMet(["confirmation"])))
                continue
            }
            let isCompetent = situation.isCompetent(ground)
            switch test.finding(ground.provision, &trace) {
            case .applies(let used):
                applying.append(Applying(ground: ground, isCompetent: isCompetent, used: used))
            case .notMet(let kinds):
                others.append(.init(id: ground.id, objection: .notMet(kinds)))
                noteNotMet(ground, kinds, &trace)
                refuse(ground, kinds, isCompetent: isCompetent, &trace)
            case .unknown(let facts, let possible):
                open.insert(ground, facts, awards: possible, isCompetent: isCompetent)
                others.append(.init(id: ground.id, objection: .unknown(facts)))
            case .notUnderstood(let kinds):
                notUnderstood.formUnion(kinds)
                others.append(.init(id: ground.id, objection: .notUnderstood(kinds)))
            }
        }
        applying = withUnits(applying)
        for item in withUnits(special(applying, &trace)) {
            let outcome = outcome(item)
            outcomes.append(
                GeneralOutcome(item.ground, used: item.used, outcome.verdict(&trace)))
        }
    }

    private func outcome(_ item: Applying) -> GroundOutcome {
        GroundOutcome(
            situation: situation, ground: item.ground, isCompetent: item.isCompetent,
            used: item.used, awards: awards)
    }

    /// Without the grounds to whose units nothing is mapped: those say nothing.
    private mutating func withUnits(_ applying: [Applying]) -> [Applying] {
        applying.filter { item in
            guard outcome(item).mapsNothing else { return true }
            others.append(.init(id: item.ground.id, objection: .notMet(["units"])))
            return false
        }
    }

    /// The grounds that bind the place, fit the target, serve the purpose and are in force, in
    /// the order of their ids.
    private mutating func candidates(_ trace: inout RuleSet) -> [GeneralGround] {
        let question = situation.question
        var found: [GeneralGround] = []
        for ground in situation.statements.grounds.sorted(by: { $0.id < $1.id }) {
            guard situation.isAsked(ground.provision.target, occupation: ground.occupation),
                ground.binds.contains(where: { $0.covers(question.destination) })
            else { continue }
            let isBinding = ground.isBinding(
                in: question.destination, occupations: situation.askedOccupations,
                on: situation.day)
            if !isBinding {
                trace.insert(.t4)
                others.append(.init(id: ground.id, objection: .notInForce))
                if situation.applies(.t4) { continue }
            }
            if !question.purpose.isServed(byOneOf: ground.provision.purposes) {
                trace.insert(.x6)
                others.append(.init(id: ground.id, objection: .otherPurpose))
                if situation.applies(.x6) { continue }
            }
            let end = ground.end.map { situation.day < $0 } ?? true
            if !ground.provision.isInForce(on: situation.day) || !end {
                trace.insert(.t2)
                others.append(.init(id: ground.id, objection: .notInForce))
                if situation.applies(.t2) { continue }
            }
            if situation.supersessions.replaces(ground) {
                trace.insert(.p5)
                others.append(.init(id: ground.id, objection: .superseded))
                if situation.applies(.p5) { continue }
            }
            switch situation.standing(of: ground) {
            case .stands: found.append(ground)
            case .suspended:
                isAnySuspended = true
                others.append(.init(id: ground.id, objection: .suspended))
            case .void:
                trace.insert(.t2)
                others.append(.init(id: ground.id, objection: .notInForce))
                if !situation.applies(.t2) { found.append(ground) }
            }
        }
        return found
    }

    /// X11 and T6 where the ground itself asked for what is not there.
    private func noteNotMet(
        _ ground: GeneralGround, _ kinds: [String], _ trace: inout RuleSet
    ) {
        if ground.isDeemed, kinds.contains("confirmation") { trace.insert(.x11) }
        let isFormer = awards.contains {
            Jurisdiction($0.qualification.country).isFormerState
        }
        if isFormer, kinds.contains("attestation") { trace.insert(.t6) }
    }

    /// X12: criteria that are marked exhaustive refuse when they are not met; others say nothing.
    private mutating func refuse(
        _ ground: GeneralGround, _ kinds: [String], isCompetent: Bool, _ trace: inout RuleSet
    ) {
        guard ground.provision.isExhaustive, situation.applies(.x12) else { return }
        guard isCompetent else {
            trace.formUnion([.p1, .x3])
            return
        }
        // Absence is never inferred from what a holder chose to show (R12).
        let shown = awards.isEmpty ? AwardPredicates.kinds : []
        let notShown = PersonPredicates.attestedKinds.union(shown)
        if !situation.question.isComplete, notShown.isSuperset(of: kinds) {
            trace.formUnion([.r12, .x7])
            open.insert(
                ground, Set(kinds).sorted(), awards: awards, isCompetent: isCompetent)
            return
        }
        var refusal = RecognitionVerdict(.refused, reason: .criteria, rules: [.x12])
        refusal.grounds = [RecognitionVerdict.Ground(ground)]
        refusal.missing = Set(kinds).sorted()
        refusal.ask = [ground.authorship.author].compactMap { $0 }
        refusals.append(GeneralOutcome(ground, used: awards, refusal))
    }

    /// P5: to one and the same award, of one author's statements that apply the special ones
    /// come before the general ones. What its author had no mandate for displaces nothing.
    private mutating func special(
        _ applying: [Applying], _ trace: inout RuleSet
    ) -> [Applying] {
        var most: [String: [String: Int64]] = [:]
        for item in applying where item.ground.kind == .equivalence && item.isCompetent {
            guard let author = item.ground.authorship.author else { continue }
            for name in GeneralOutcome.names(item.used) {
                most[author, default: [:]][name] = max(
                    most[author]?[name] ?? .min, item.ground.specificity)
            }
        }
        var kept: [Applying] = []
        for item in applying {
            guard item.ground.kind == .equivalence, let author = item.ground.authorship.author,
                let most = most[author]
            else {
                kept.append(item)
                continue
            }
            let specificity = item.ground.specificity
            let left = GeneralOutcome.names(item.used).filter { most[$0] ?? .min <= specificity }
            if left.count < max(item.used.count, 1) { trace.insert(.p5) }
            guard situation.applies(.p5) else {
                kept.append(item)
                continue
            }
            if left.isEmpty {
                others.append(.init(id: item.ground.id, objection: .outranked))
            } else {
                var item = item
                item.used.removeAll { !left.contains($0.id) }
                kept.append(item)
            }
        }
        return kept
    }
}

extension Situation {
    /// P1: whether the author of a general ground was mandated for what it says to the question.
    func isCompetent(_ ground: GeneralGround) -> Bool {
        guard applies(.p1) else { return true }
        // What the log has judged is not judged again.
        if ground.authorship.competence == .mandated { return true }
        return isCompetent(
            ground.authorship, for: ground.occupation, ground.provision.target,
            in: ground.binds.first?.code ?? question.destination,
            purposes: question.purpose.served(by: ground.provision.purposes),
            on: ground.provision.since)
    }
}

extension RecognitionVerdict.Ground {
    init(_ ground: GeneralGround) {
        self.init(
            id: ground.id, kind: ground.kind == .instrument ? .instrument : .equivalence,
            author: ground.authorship.author, basis: ground.provision.basis?.text,
            since: ground.provision.since, until: ground.provision.until)
    }
}
