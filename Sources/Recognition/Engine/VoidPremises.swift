/// The decisions that rest on something that was declared void, however many lie between.
///
/// `Protocol/recognition.md § Decisions`. Linear in what decisions say that they rest on, whatever
/// loops they make.
struct VoidPremises {
    private var decisions: Set<String> = []

    init() {}

    init(_ situation: Situation) {
        var resting: [String: [String]] = [:]
        var pending: [String] = []
        for decision in situation.statements.decisions {
            for id in decision.premises { resting[id, default: []].append(decision.id) }
            if situation.isVoid(usesOf: decision) { pending.append(decision.id) }
        }
        for (id, others) in resting where situation.isVoid(id) { pending += others }
        while let id = pending.popLast() {
            guard decisions.insert(id).inserted else { continue }
            pending += resting[id] ?? []
        }
    }

    func contains(_ decision: Decision) -> Bool { decisions.contains(decision.id) }
}

extension Decision {
    /// The evidence, the awards and the decisions on which it rests, by id.
    var premises: Set<String> { Set(basedOn + [premise].compactMap { $0 }) }
}

extension Situation {
    /// Whether evidence, a decision or an award of that id was declared void.
    fileprivate func isVoid(_ id: String) -> Bool {
        let standings = [
            index.evidence[id].map { standing(of: $0) },
            index.decisions[id].map { standing(of: $0) },
            index.awards[id].map { AwardGates.standing($0, self) },
        ]
        return standings.contains { if case .void? = $0 { true } else { false } }
    }

    /// Whether a selector picks what the decision itself says that it uses.
    fileprivate func isVoid(usesOf decision: Decision) -> Bool {
        decision.uses.contains { use in
            let events = index.events.selecting(
                body: use.body, site: use.site, qualification: use.qualification, on: use.date)
            guard case .void = StatementStanding(events, on: day) else { return false }
            return true
        }
    }
}
