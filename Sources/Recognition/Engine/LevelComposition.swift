import Encoding
import Registry

/// Which level of another framework corresponds to an award's: advice, through endorsed tables
/// alone (C2).
///
/// `Protocol/recognition.md § Levels`: within one framework the level of the awarded version (T5);
/// to another directly, or through meta-frameworks to which both refer; what several tables say is
/// a band; a level that was left out on purpose has none.
struct LevelComposition {
    enum Finding: Hashable {
        case levels([String], of: String, grounds: [RecognitionVerdict.Ground])
        case unlevelled
        case noPath
    }

    private let situation: Situation
    private let framework: String?
    private let tables: [KnownAct<Referencing>]

    /// - Parameter framework: whose level is asked for; nil: that of the question, of the
    ///   qualification with which it compares, or of the destination; else the award's own.
    init(_ situation: Situation, framework: String? = nil) {
        self.situation = situation
        self.framework = framework ?? situation.namedFramework ?? situation.question.framework
        tables = situation.statements.referencings.filter { known in
            known.stands(on: situation.day)
                && (known.content.since.map { $0 <= situation.day } ?? true)
                && (known.content.status == .endorsed || !situation.applies(.c2))
                && situation.standing(of: known.authorship) == .stands
        }.sorted { $0.id < $1.id }
    }

    /// The best of several awards: a level before none, and the higher before the lower.
    func best(_ awards: [Award], _ trace: inout RuleSet) -> Finding? {
        awards.map { finding($0, &trace) }.max { $0.isBelow($1) }
    }

    func finding(_ award: Award, _ trace: inout RuleSet) -> Finding {
        let version = levelledVersion(award.qualification, &trace)
        guard let level = version.level, let framework = version.framework else {
            return .unlevelled
        }
        let asked = self.framework ?? framework
        if asked == framework {
            let own = RecognitionVerdict.Ground(id: award.id, kind: .award, since: award.awarded)
            return .levels([level], of: asked, grounds: [own])
        }
        trace.insert(.c2)
        if let direct = direct([level], framework, asked) { return direct }
        return throughMetaFramework(level, framework, asked) ?? .noPath
    }

    /// T5: the level of the version that was awarded, whatever replaced it.
    private func levelledVersion(
        _ qualification: Qualification, _ trace: inout RuleSet
    ) -> Qualification {
        let newer = situation.statements.supersessions.first {
            $0.old == qualification.versionName
        }
        guard let newer else { return qualification }
        trace.insert(.t5)
        guard !situation.applies(.t5) else { return qualification }
        return situation.statements.qualifications.first {
            $0.content.versionName == newer.new
        }?.content ?? qualification
    }

    /// By the tables between the two, read in either direction; what several say is a band.
    private func direct(_ levels: [String], _ from: String, _ to: String) -> Finding? {
        var band: [String] = []
        var grounds: [RecognitionVerdict.Ground] = []
        var isUnlevelled = false
        for table in tables {
            let found: [String]
            if table.content.from == from, table.content.to == to {
                found = table.content.forwards(levels)
            } else if table.content.from == to, table.content.to == from {
                found = table.content.backwards(levels)
            } else {
                continue
            }
            if found.isEmpty { isUnlevelled = true }
            band += found
            grounds.append(ground(table))
        }
        if grounds.isEmpty { return nil }
        return isUnlevelled ? .unlevelled : .levels(band.uniqued, of: to, grounds: grounds)
    }

    private func throughMetaFramework(
        _ level: String, _ from: String, _ to: String
    ) -> Finding? {
        let counterparts = Dictionary(
            grouping: tables.filter { $0.content.from == to }, by: \.content.to)
        var band: [String] = []
        var grounds: [RecognitionVerdict.Ground] = []
        var isUnlevelled = false
        for first in tables where first.content.from == from {
            let middle = first.content.forwards([level])
            for second in counterparts[first.content.to] ?? [] {
                let found = middle.isEmpty ? [] : second.content.backwards(middle)
                // `none` absorbs: a level left out on purpose has no counterpart.
                if found.isEmpty { isUnlevelled = true }
                band += found
                grounds += [first, second].map(ground)
            }
        }
        if grounds.isEmpty { return nil }
        return isUnlevelled
            ? .unlevelled : .levels(band.uniqued, of: to, grounds: grounds.uniqued)
    }

    private func ground(_ table: KnownAct<Referencing>) -> RecognitionVerdict.Ground {
        RecognitionVerdict.Ground(
            id: table.id, kind: .referencing, author: table.authorship.author,
            basis: table.content.basis?.text, since: table.content.since,
            until: table.end?.adding(days: -1))
    }
}

extension Referencing {
    /// The levels to which these refer, in the order of the table.
    fileprivate func forwards(_ levels: [String]) -> [String] {
        rows.filter { !Set($0.from).isDisjoint(with: levels) && $0.relation != .none }
            .flatMap(\.to).uniqued
    }

    /// The levels that refer to these.
    fileprivate func backwards(_ levels: [String]) -> [String] {
        rows.filter { !Set($0.to).isDisjoint(with: levels) && $0.relation != .none }
            .flatMap(\.from).uniqued
    }
}

extension Array where Element: Hashable {
    /// Each once, in the order in which they first stand.
    fileprivate var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

extension LevelComposition.Finding {
    fileprivate func isBelow(_ other: Self) -> Bool {
        if case (.levels(let own, _, _), .levels(let others, _, _)) = (self, other) {
            guard let highest = others.map(LevelName.init).max() else { return false }
            return own.allSatisfy { LevelName($0) < highest }
        }
        return rank < other.rank
    }

    private var rank: Int {
        switch self {
        case .levels: 2
        case .unlevelled: 1
        case .noPath: 0
        }
    }
}
