/// The decisions that rest on what an event voids or suspends, however many lie between.
///
/// `Protocol/recognition.md § Survey`. They stand until their authorities act, and nothing new may
/// be built on them. Linear in what decisions say that they rest on, whatever loops they make.
public struct Consequences: Hashable, Sendable {
    /// Why a decision is among them.
    public enum Cause: Hashable, Sendable {
        /// Whom the event names made it, in the days that it names.
        case selected
        /// It says that it uses an award or a test of this body that the event selects.
        case use(body: String)
        /// It rests on evidence or on an award that the event selects.
        case document(String)
        /// It rests on another decision that is among them.
        case decision(String)
    }

    public struct Item: Hashable, Sendable {
        public let decision: Decision
        public let cause: Cause
    }

    /// A decision that rests on ids which nobody has shown.
    public struct Open: Hashable, Sendable {
        public let decision: Decision
        public let ids: [String]
    }

    /// Those nearest to the event first, of equally near ones by id.
    public let items: [Item]
    /// Those about which nothing can be said without the documents that bear these ids.
    public let open: [Open]

    /// - Parameters:
    ///   - selected: the ids of evidence, awards and decisions that the event itself selects.
    ///   - known: the ids of everything that was shown, selected or not.
    public init(
        of selector: StatementEvent.Selector, selecting selected: Set<String>,
        among decisions: [Decision], known: Set<String>
    ) {
        var resting: [String: [Decision]] = [:]
        var level: [Item] = []
        for decision in decisions {
            for id in decision.premises { resting[id, default: []].append(decision) }
            if selected.contains(decision.id) {
                level.append(Item(decision: decision, cause: .selected))
            } else if let use = decision.uses.first(where: { selector.reaches($0) }) {
                level.append(Item(decision: decision, cause: .use(body: use.body)))
            } else if let id = decision.premises.sorted().first(where: selected.contains) {
                level.append(Item(decision: decision, cause: .document(id)))
            }
        }
        var items: [Item] = []
        var seen: Set<String> = []
        while !level.isEmpty {
            let fresh = level.sorted { $0.decision.id < $1.decision.id }
                .filter { seen.insert($0.decision.id).inserted }
            items += fresh
            level = fresh.flatMap { item in
                (resting[item.decision.id] ?? []).map {
                    Item(decision: $0, cause: .decision(item.decision.id))
                }
            }
        }
        self.items = items
        open = decisions.filter { !seen.contains($0.id) }.compactMap { decision in
            let ids = decision.premises.subtracting(known).sorted()
            return ids.isEmpty ? nil : Open(decision: decision, ids: ids)
        }.sorted { $0.decision.id < $1.decision.id }
    }
}

extension StatementEvent.Selector {
    /// Whether it may select what a decision uses: a site that the decision does not name is no
    /// excuse where somebody is to look again.
    fileprivate func reaches(_ use: Decision.Use) -> Bool {
        selects(
            body: use.body, site: use.site ?? site,
            qualification: use.qualification ?? qualification, on: use.date)
    }
}
