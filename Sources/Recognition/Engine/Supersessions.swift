import Encoding
import Registry

/// P5: which decisions and general grounds a later one of the same author replaces.
///
/// What was annulled was never said, and replaces nothing. Linear in the statements, whatever
/// loops they make: of two that replace each other neither stands.
struct Supersessions {
    private var decisions: Set<String> = []
    private var grounds: Set<String> = []

    init() {}

    init(_ situation: Situation) {
        let statements = situation.statements
        for later in statements.decisions {
            guard let id = later.supersedes, id != later.id, later.decided <= situation.day,
                situation.isPerson(later.holder),
                situation.index.decisions[id]?.authorship.author == later.authorship.author,
                situation.standing(of: later) != .void(.annulled)
            else { continue }
            decisions.insert(id)
        }

        guard statements.grounds.contains(where: { $0.supersedes != nil }) else { return }
        var authors: [String: String?] = [:]
        for ground in statements.grounds { authors[ground.id] = .some(ground.authorship.author) }
        for later in statements.grounds {
            guard let id = later.supersedes, id != later.id,
                later.provision.since <= situation.day,
                authors[id] == .some(later.authorship.author),
                situation.standing(of: later) != .void(.annulled)
            else { continue }
            grounds.insert(id)
        }
    }

    func replaces(_ decision: Decision) -> Bool { decisions.contains(decision.id) }

    func replaces(_ ground: GeneralGround) -> Bool { grounds.contains(ground.id) }
}

extension Situation {
    /// Whether another version took the place of this one: as its own author says, or an authority
    /// that its country mandated to register it; where nobody signed it, as anybody says.
    func isReplaced(_ version: KnownAct<Qualification>) -> Bool {
        (index.supersessions[version.content.versionName] ?? []).contains { item in
            guard let owner = version.authorship.author, let author = item.authorship.author
            else { return version.authorship.author == nil }
            return owner == author
                || (index.mandates[author] ?? []).contains { mandate in
                    mandate.stands(on: day)
                        && mandate.content.allows(
                            .register, about: [version.content.id], in: version.content.country,
                            on: day)
                }
        }
    }
}
