import Encoding
import Registry

/// Phase 1: which of the awards shown can be used at all (G1, G2, G4, G6).
///
/// `Protocol/recognition.md § Phase 1`. Accreditation as a rule demands it (G3) and currency (G5)
/// depend on the ground, and are judged there.
struct AwardGates {
    private enum Finding {
        case usable
        /// It cannot be relied on.
        case fails(RecognitionReason, Rule)
        /// Nothing known decides it.
        case open(RecognitionReason, Rule)
    }

    /// The awards that can be used.
    let usable: [Award]
    /// The others, each with its reason.
    let ignored: [(award: String, reason: RecognitionReason)]
    /// The verdict, if awards were shown and none can be used.
    let verdict: RecognitionVerdict?

    init(_ situation: Situation) {
        let awards = situation.shownAwards.sorted { $0.id < $1.id }
        var usable: [Award] = []
        var failures: [(award: String, reason: RecognitionReason, rule: Rule)] = []
        var open: [(award: String, reason: RecognitionReason, rule: Rule)] = []
        for award in awards {
            switch AwardGates.finding(award, situation) {
            case .usable: usable.append(award)
            case .fails(let reason, let rule): failures.append((award.id, reason, rule))
            case .open(let reason, let rule): open.append((award.id, reason, rule))
            }
        }
        self.usable = usable
        ignored = (open + failures).map { ($0.award, $0.reason) }
        guard usable.isEmpty, let first = open.first ?? failures.first else {
            verdict = nil
            return
        }
        var verdict = RecognitionVerdict(
            open.isEmpty ? .invalid : .undetermined, reason: first.reason,
            rules: (open + failures).map(\.rule))
        verdict.notes = ignored.dropFirst().map { .ignored(award: $0.award, $0.reason) }
        if first.reason == .identity { verdict.nextSteps = [.linkNames] }
        self.verdict = verdict
    }

    private static func finding(_ award: Award, _ situation: Situation) -> Finding {
        guard case .toBeJudged(let signature) = award.authenticity else {
            return situation.isPerson(award.holder) ? .usable : .open(.identity, .g6)
        }
        if situation.applies(.g1) {
            if signature == .bad || isKeyCompromised(award, situation) {
                return .fails(.signature, .g1)
            }
            if signature == .unchecked { return .open(.signatureUnverified, .g1) }
        }
        if situation.applies(.g2), let finding = issuer(award, situation) { return finding }
        if situation.applies(.g4) {
            switch standing(award, situation) {
            case .stands: break
            case .suspended: return .open(.suspended, .g4)
            case .void(let reason): return .fails(reason, .g4)
            }
        }
        // Without G6 nobody asks whose award it is.
        if situation.applies(.g6), !situation.isPerson(award.holder) {
            return .open(.identity, .g6)
        }
        return .usable
    }

    /// G2: the body's permission on the day of award.
    private static func issuer(_ award: Award, _ situation: Situation) -> Finding? {
        let mandates = situation.index.mandates[award.body] ?? []
        if mandates.isEmpty { return .open(.awardingBodyUnknown, .g2) }
        let isMandated = mandates.contains { mandate in
            mandate.stands(on: award.awarded)
                && mandate.content.allows(
                    .award, about: [award.qualification.id], on: award.awarded)
        }
        return isMandated ? nil : .fails(.awardedOutsideMandate, .g2)
    }

    /// G4: what its body, or who may award or accredit the qualification, said became of it.
    static func standing(_ award: Award, _ situation: Situation) -> StatementStanding {
        let about =
            situation.index.events.about(award.id)
            + situation.index.events.selecting(
                body: award.body, site: award.site, qualification: award.qualification.id,
                on: award.awarded)
        let heard = about.filter { event in
            // A certificate that has run out is lapsed, not invalid (G5).
            event.kind != .expire && maySpeak(event, of: award, situation)
        }
        return StatementStanding(heard, on: situation.day)
    }

    private static func isKeyCompromised(_ award: Award, _ situation: Situation) -> Bool {
        situation.index.events.about(award.body).contains {
            $0.kind == .keyCompromise && $0.since <= award.awarded
                && maySpeak($0, of: award, situation)
        }
    }

    /// Its body, or an authority of its country that may award, accredit or register it.
    static func maySpeak(
        _ event: StatementEvent, of award: Award, _ situation: Situation
    ) -> Bool {
        guard let author = event.authorship.author else { return false }
        return author == award.body
            || (situation.index.mandates[author] ?? []).contains { mandate in
                mandate.stands(on: event.since)
                    && [.award, .accredit, .register].contains { competence in
                        mandate.content.allows(
                            competence, about: [award.qualification.id],
                            in: award.qualification.country, on: event.since)
                    }
            }
    }
}
