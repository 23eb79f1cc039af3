import Encoding
import Registry

/// Which level of another framework corresponds to an award's: advice, through endorsed tables
/// alone (C2).
///
/// `Protocol/recognition.md § Levels`: within one framework the level of the awarded version (T5);
/// to another directly, or through one meta-framework to which both refer; a level that was left
/// out on purpose has none.
struct LevelComposition {
    enum Finding: Hashable {
        case levels([String], grounds: [RecognitionVerdict.Ground])
        case unlevelled
        case noPath
    }

    private let situation: Situation
    private let tables: [KnownAct<Referencing>]

    init(_ situation: Situation) {
        self.situation = situation
        tables = situation.statements.referencings.filter { known in
            known.stands(on: situation.day)
                && (known.content.since.map { $0 <= situation.day } ?? true)
                && (known.content.status == .endorsed || !situation.applies(.c2))
        }.sorted { $0.id < $1.id }
    }

    func finding(_ award: Award, _ trace: inout Set<Rule>) -> Finding {
        let version = levelledVersion(award.qualification, &trace)
        guard let level = version.level, let framework = version.framework else {
            return .unlevelled
        }
        let asked = situation.question.target["fw"] ?? framework
        if asked == framework { return .levels([level], grounds: []) }
        trace.insert(.c2)
        if let direct = direct([level], framework, asked) { return direct }
        return throughMetaFramework(level, framework, asked) ?? .noPath
    }

    /// T5: the level of the version that was awarded, whatever replaced it.
    private func levelledVersion(
        _ qualification: Qualification, _ trace: inout Set<Rule>
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

    /// By one table between the two, read in either direction.
    private func direct(_ levels: [String], _ from: String, _ to: String) -> Finding? {
        for table in tables {
            if table.content.from == from, table.content.to == to {
                return finding(table.content.forwards(levels), table)
            }
            if table.content.from == to, table.content.to == from {
                return finding(table.content.backwards(levels), table)
            }
        }
        return nil
    }

    private func throughMetaFramework(
        _ level: String, _ from: String, _ to: String
    ) -> Finding? {
        var band: [String] = []
        var grounds: [RecognitionVerdict.Ground] = []
        var isUnlevelled = false
        for first in tables where first.content.from == from {
            let second = tables.first {
                $0.content.from == to && $0.content.to == first.content.to
            }
            guard let second else { continue }
            let middle = first.content.forwards([level])
            let found = middle.isEmpty ? [] : second.content.backwards(middle)
            // `none` absorbs: a level left out on purpose has no counterpart.
            if found.isEmpty { isUnlevelled = true }
            band += found.filter { !band.contains($0) }
            grounds += [first, second].map(ground)
        }
        if grounds.isEmpty { return nil }
        return isUnlevelled ? .unlevelled : .levels(band, grounds: grounds)
    }

    private func finding(_ levels: [String], _ table: KnownAct<Referencing>) -> Finding {
        levels.isEmpty ? .unlevelled : .levels(levels, grounds: [ground(table)])
    }

    private func ground(_ table: KnownAct<Referencing>) -> RecognitionVerdict.Ground {
        RecognitionVerdict.Ground(
            id: table.id, kind: .referencing, author: table.authorship.author,
            basis: table.content.basis?.text, since: table.content.since)
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

extension [String] {
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
