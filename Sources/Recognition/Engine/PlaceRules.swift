import Encoding
import Registry

/// Phase 2: whether the person is barred (P2), and whether the activity is regulated there (R10,
/// R11).
///
/// `Protocol/recognition.md § Phase 2`.
struct PlaceRules {
    let situation: Situation
    /// Those that can be used.
    let awards: [Award]
    /// A wider group of ISCO-08 covers its unit groups.
    private let occupations: [String]
    /// The regulation that speaks for the place and sector. Of several occupations the one that is
    /// regulated counts, and nothing is free while one of them is not known.
    let regulation: KnownAct<Regulation>?

    init(situation: Situation, awards: [Award]) {
        self.situation = situation
        self.awards = awards
        occupations = situation.occupations(of: awards)
        regulation = PlaceRules.regulation(of: occupations, situation)
    }

    /// P2: an alert in force bars to practise the occupation, wherever it was made, and nothing
    /// else.
    func barred(_ trace: inout RuleSet) -> RecognitionVerdict? {
        guard situation.question.purpose.isActivity else { return nil }
        let alert = alerts.first { $0.kind == .prohibited }
        guard let alert else { return nil }
        trace.insert(.p2)
        guard situation.applies(.p2) else { return nil }
        var verdict = RecognitionVerdict(.barred, reason: .act(alert.id))
        verdict.grounds = [
            RecognitionVerdict.Ground(
                id: alert.id, kind: .alert, author: alert.authorship.author,
                since: alert.since, until: alert.until)
        ]
        if situation.applies(.c6) { verdict.until = alert.until }
        verdict.ask = [alert.authorship.author].compactMap { $0 }
        return verdict
    }

    /// Restrictions short of a bar travel as notes.
    var restrictions: [RecognitionNote] {
        guard situation.question.purpose.isActivity else { return [] }
        return alerts.filter { $0.kind == .restricted }.map { .restriction($0.id) }
    }

    private var alerts: [Alert] {
        situation.statements.alerts.filter { alert in
            situation.isPerson(alert.holder) && alert.isInForce(on: situation.day)
                && occupations.contains { $0.utf8.starts(with: alert.occupation.utf8) }
                && StatementStanding(
                    situation.index.events.about(alert.id).filter {
                        $0.authorship.author == alert.authorship.author
                    }, on: situation.day) == .stands
        }.sorted { $0.id < $1.id }
    }

    private static func regulation(
        of occupations: [String], _ situation: Situation
    ) -> KnownAct<Regulation>? {
        let sector = situation.question.target["sector"]
        let regulations = regulations(of: occupations, situation).filter { known in
            known.content.sector == nil || known.content.sector == sector
        }
        guard !regulations.isEmpty else { return nil }
        let found = Set(occupations).map { occupation in
            mostSpecific(regulations.filter { $0.content.occupation == occupation })
        }
        let known = found.compactMap { $0 }
        if let regulating = mostSpecific(known.filter(\.content.isRegulated)) {
            return regulating
        }
        return known.count == found.count ? mostSpecific(known) : nil
    }

    /// Place before sector; of equals, the one that regulates.
    private static func mostSpecific(
        _ regulations: [KnownAct<Regulation>]
    ) -> KnownAct<Regulation>? {
        regulations.max { left, right in
            let leftRank = rank(left)
            let rightRank = rank(right)
            return leftRank == rightRank ? left.id > right.id : leftRank < rightRank
        }
    }

    private static func rank(_ known: KnownAct<Regulation>) -> Int {
        let regulation = known.content
        return regulation.jurisdiction.utf8.count * 4 + (regulation.sector == nil ? 0 : 2)
            + (regulation.isRegulated ? 1 : 0)
    }

    private static func regulations(
        of occupations: [String], _ situation: Situation
    ) -> [KnownAct<Regulation>] {
        situation.statements.regulations.filter { known in
            known.stands(on: situation.day)
                && occupations.contains(known.content.occupation)
                && situation.isCompetent(
                    known.authorship, for: known.content.occupation, Target(),
                    in: known.content.jurisdiction, purposes: [], on: situation.day)
                && situation.isBound(by: known.content.jurisdiction)
                && situation.standing(of: known.authorship) == .stands
        }
    }

    /// R10: nobody has to recognise anything where nothing regulates the activity.
    func free(_ trace: inout RuleSet) -> RecognitionVerdict? {
        guard situation.question.purpose.isActivity, let known = regulation,
            !known.content.isRegulated, situation.applies(.r10)
        else { return nil }
        trace.insert(.r10)
        var verdict = RecognitionVerdict(.free)
        verdict.grounds = [ground(known)]
        if situation.applies(.c6) { verdict.until = verdict.grounds.first?.until }
        verdict.notes = [.employerJudges] + restrictions
        let lapsed = awards.filter { situation.isLapsed($0) }
        if !lapsed.isEmpty, situation.applies(.g5) {
            trace.insert(.g5)
            verdict.conditions = lapsed.map {
                OpenCondition(id: "renew:\($0.id)", origin: .lapsed(award: $0.id))
            }
            verdict.notes += lapsed.map { .lapsed($0.id) }
        }
        if situation.question.target["sector"] == nil {
            verdict.notes += Set(
                PlaceRules.regulations(of: occupations, situation)
                    .filter(\.content.isRegulated).compactMap(\.content.sector)
            ).sorted().map { .regulatedInSector($0) }
        }
        return verdict
    }

    /// R11: where it is regulated, its authority is named first, for the purposes that the
    /// regulation governs: to work, and to come for work.
    func nameAuthority(_ verdict: inout RecognitionVerdict, _ trace: inout RuleSet) {
        let purpose = situation.question.purpose
        guard purpose.isActivity || purpose == .visaSkill, let known = regulation,
            known.content.isRegulated, situation.applies(.r11)
        else { return }
        trace.insert(.r11)
        guard let authority = known.content.authority else { return }
        verdict.ask.removeAll { $0 == authority }
        verdict.ask.insert(authority, at: 0)
    }

    private func ground(_ known: KnownAct<Regulation>) -> RecognitionVerdict.Ground {
        RecognitionVerdict.Ground(
            id: known.id, kind: .regulation, author: known.authorship.author,
            basis: known.content.basis?.text, until: known.end?.adding(days: -1))
    }
}
