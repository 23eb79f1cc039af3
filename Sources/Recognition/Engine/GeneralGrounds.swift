import Encoding
import Registry

/// Phase 3 for all general grounds: those that speak to the question, and what each gives.
///
/// `Protocol/recognition.md § Phase 3`.
struct GeneralGrounds {
    /// What the grounds that apply give, one verdict each.
    private(set) var outcomes: [(ground: GeneralGround, verdict: RecognitionVerdict)] = []
    /// Exhaustive grounds whose criteria are not met (X12).
    private(set) var refusals: [RecognitionVerdict] = []
    /// Facts that a ground asks for and nobody has shown.
    private(set) var needs: Set<String> = []
    /// Kinds of predicates that this version does not understand.
    private(set) var notUnderstood: Set<String> = []
    private(set) var others: [RecognitionVerdict.Other] = []
    private(set) var isAnySuspended = false

    private let situation: Situation

    init(_ situation: Situation, awards: [Award], _ trace: inout Set<Rule>) {
        self.situation = situation
        let test = GroundTest(situation, awards: awards)
        for ground in candidates(&trace) {
            if ground.isDeemed, !ground.asksForConfirmation, situation.applies(.x11) {
                trace.insert(.x11)
                others.append(.init(id: ground.id, objection: .notMet(["confirmation"])))
                continue
            }
            switch test.finding(ground.provision, &trace) {
            case .applies(let used):
                let outcome = GroundOutcome(
                    situation: situation, ground: ground, used: used, awards: awards)
                if outcome.mapsNothing {
                    others.append(.init(id: ground.id, objection: .notMet(["units"])))
                } else {
                    outcomes.append((ground, outcome.verdict(&trace)))
                }
            case .notMet(let kinds):
                others.append(.init(id: ground.id, objection: .notMet(kinds)))
                refuse(ground, kinds, &trace)
            case .unknown(let facts):
                needs.formUnion(facts)
                others.append(.init(id: ground.id, objection: .unknown(facts)))
            case .notUnderstood(let kinds):
                notUnderstood.formUnion(kinds)
                others.append(.init(id: ground.id, objection: .unknown(kinds)))
            }
        }
        preferSpecial(&trace)
    }

    /// The grounds that bind the place, fit the target, serve the purpose and are in force, in
    /// the order of their ids.
    private mutating func candidates(_ trace: inout Set<Rule>) -> [GeneralGround] {
        let question = situation.question
        let superseded = supersededGrounds
        var found: [GeneralGround] = []
        for ground in situation.statements.grounds.sorted(by: { $0.id < $1.id }) {
            guard
                ground.isBinding(
                    in: question.destination, occupation: question.target["occ"],
                    on: situation.day),
                ground.provision.target.fits(question.target)
            else { continue }
            if question.purpose.served(by: ground.provision.purposes).isEmpty {
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
            if superseded.contains(ground.id) {
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

    /// P5: what a later statement of the same author replaces, once that has begun.
    private var supersededGrounds: Set<String> {
        let grounds = situation.statements.grounds
        var authors: [String: String?] = [:]
        for ground in grounds { authors[ground.id] = .some(ground.authorship.author) }
        return Set(
            grounds.compactMap { later in
                guard let earlier = later.supersedes, earlier != later.id,
                    later.provision.since <= situation.day,
                    authors[earlier] == .some(later.authorship.author)
                else { return nil }
                return earlier
            })
    }

    /// X12: criteria that are marked exhaustive refuse when they are not met; others say nothing.
    private mutating func refuse(
        _ ground: GeneralGround, _ kinds: [String], _ trace: inout Set<Rule>
    ) {
        guard ground.provision.isExhaustive, situation.applies(.x12) else { return }
        let provision = ground.provision
        let isCompetent = situation.isCompetent(
            ground.authorship, for: ground.occupation, provision.target,
            in: ground.binds.first?.code ?? situation.question.destination,
            purposes: situation.question.purpose.served(by: provision.purposes),
            on: provision.since)
        guard isCompetent else {
            trace.insert(.p1)
            return
        }
        var refusal = RecognitionVerdict(.refused, reason: .criteria, rules: [.x12])
        refusal.grounds = [
            RecognitionVerdict.Ground(
                id: ground.id, kind: ground.kind == .instrument ? .instrument : .equivalence,
                author: ground.authorship.author, basis: provision.basis?.text,
                since: provision.since, until: provision.until)
        ]
        refusal.missing = Set(kinds).sorted()
        refusal.ask = [ground.authorship.author].compactMap { $0 }
        refusals.append(refusal)
    }

    /// P5: of one author's statements that apply, the special ones come before the general ones.
    private mutating func preferSpecial(_ trace: inout Set<Rule>) {
        var most: [String: Int64] = [:]
        for (ground, _) in outcomes where ground.kind == .equivalence {
            guard let author = ground.authorship.author else { continue }
            most[author] = max(most[author] ?? .min, ground.specificity)
        }
        let general = outcomes.filter { item in
            guard item.ground.kind == .equivalence, let author = item.ground.authorship.author
            else { return false }
            return item.ground.specificity < most[author] ?? .min
        }
        guard !general.isEmpty else { return }
        trace.insert(.p5)
        guard situation.applies(.p5) else { return }
        let dropped = Set(general.map(\.ground.id))
        outcomes.removeAll { dropped.contains($0.ground.id) }
        others += general.map { .init(id: $0.ground.id, objection: .outranked) }
    }
}
