import Cryptography
import Encoding
public import Registry
import TransparencyLog

/// What logs say, as the engine takes it: every act that its log has judged, with its end.
///
/// `Protocol/recognition.md § Statements`. Acts of the destination decide; of other logs only
/// what is theirs to say is taken: their qualifications, accreditations, level tables and the
/// mandates on which decisions made there rest. The caller must have put every act about the
/// question into the states.
public struct LogStatements: Sendable {
    /// Where an act stands.
    public struct Place: Hashable, Sendable {
        public let origin: String
        public let index: UInt64
    }

    /// The acts of one country's log.
    public struct Log: Sendable {
        public let country: String
        public let acts: [StandingAct]

        public init(country: String, acts: [StandingAct]) {
            self.country = country
            self.acts = acts
        }
    }

    public private(set) var statements = StatementSet()
    /// The frameworks that the destination registered, by id.
    public private(set) var frameworks: [String] = []
    /// Where each statement stands.
    private var placed: [(id: String, place: Place)] = []

    /// Where each statement stands, by id.
    public var places: [String: Place] {
        Dictionary(placed.map { ($0.id, $0.place) }) { _, last in last }
    }

    public init(destination: Log, others: [Log]) {
        placed.reserveCapacity(destination.acts.count + others.reduce(0) { $0 + $1.acts.count })
        add(destination, decides: true)
        for log in others where log.country != destination.country { add(log, decides: false) }
    }

    private mutating func add(_ log: Log, decides: Bool) {
        for standing in log.acts {
            // An act that is void from its start says nothing.
            if let end = standing.end, end.isAnnulment { continue }
            let entry = standing.logged.entry
            let authorship = Authorship(
                id: entry.identityText, author: entry.envelope.author,
                competence: standing.isMandated ? .mandated : .outsideMandate,
                recorded: standing.logged.loggedTime.day)
            if !decides || !decide(standing, authorship) {
                inform(standing, authorship, log.country)
            }
            let place = Place(origin: entry.envelope.origin, index: standing.logged.index)
            placed.append((authorship.id, place))
        }
    }

    /// What only the destination's own log may say.
    ///
    /// - Returns: false for what every log may say.
    private mutating func decide(_ standing: StandingAct, _ authorship: Authorship) -> Bool {
        let end = standing.end?.effective
        switch standing.act {
        case .equivalence(let act):
            statements.grounds.append(GeneralGround(act, authorship, end: end))
        case .instrument(let act):
            statements.grounds.append(GeneralGround(act, authorship, end: end))
        case .regulation(let act):
            statements.regulations.append(KnownAct(act, authorship, end: end))
        case .framework(let act):
            if standing.isMandated, end == nil { frameworks.append(act.id) }
        default: return false
        }
        return true
    }

    /// What every log may say of its own country.
    private mutating func inform(
        _ standing: StandingAct, _ authorship: Authorship, _ country: String
    ) {
        let end = standing.end?.effective
        guard standing.isMandated else { return }
        switch standing.act {
        case .mandate(let act):
            // No log gives mandates for another country.
            guard act.territory.allSatisfy({ Jurisdiction(country).covers($0) }) else { return }
            statements.mandates.append(KnownAct(act, authorship, end: end))
        case .qualification(let act):
            // Nor does one say what another country's qualifications are.
            guard Jurisdiction(country).covers(act.country) else { return }
            statements.qualifications.append(KnownAct(act, authorship, end: end))
            guard let old = act.supersedes else { return }
            statements.supersessions.append(
                Supersession(
                    authorship, old: "\(old.qualification)@\(old.version)", new: act.versionName,
                    isEquivalent: old.equivalent == .unknown ? nil : old.equivalent == .yes))
        case .referencing(let act):
            statements.referencings.append(KnownAct(act, authorship, end: end))
        case .accreditation(let act):
            let until = [act.period.until, end?.adding(days: -1)].compactMap { $0 }.min()
            statements.accreditations.append(
                KnownAccreditation(
                    authorship, qualifications: act.qualifications, body: act.body,
                    site: act.site, tier: act.tier, since: act.period.from, until: until))
        case .statusEvent(let act): addEvent(act, authorship)
        default: break
        }
    }

    private mutating func addEvent(_ act: StatusEvent, _ authorship: Authorship) {
        let kind: StatementEvent.Kind
        switch act.kind {
        case .void: kind = .void
        case .suspend: kind = .suspend
        case .reinstate: kind = .reinstate
        case .compromise: return
        }
        statements.events.append(
            StatementEvent(
                authorship, kind: kind,
                target: .selector(
                    StatementEvent.Selector(
                        body: act.target.subject, site: act.target.site, from: act.target.from,
                        until: act.target.until)),
                since: authorship.recorded ?? .earliest))
    }
}
