public import Cryptography
internal import Encoding
internal import TransparencyLog

/// What the acts of one log amount to: a deterministic fold over its entries in their order.
///
/// `Protocol/entry.md § Effect`. May be fed all entries of a log or only those that a question
/// needs: first those of the kinds `Act.governanceKinds`, then every entry that lists one of
/// `governanceSubjects` or a subject of the question. The caller must not leave out any of
/// those, must have proven that the log holds each at its index, and feeds `apply` in the
/// order of the log. Each entry's signatures are checked here, when it is applied.
public struct LogState: Hashable, Sendable {
    public let pin: LogPin
    public private(set) var grants: [KeyGrant] = []
    /// Every act with effect or advice, by identity, in the order of the log.
    public private(set) var acts: [StandingAct] = []
    /// Critical acts of unknown kinds by authors who could have made them: they forbid
    /// deciding about `blockedSubjects`.
    public private(set) var blocking: [LoggedEntry] = []
    /// What nothing may be decided about, as far as the authors of `blocking` may speak.
    public private(set) var blockedSubjects: Set<String> = []
    private(set) var hindsight: Hindsight
    private var nextRoot: HashValue
    private var positions: [HashValue: Int] = [:]
    private var ids: Set<String> = []
    private var indexes: Set<UInt64> = []
    private var history: [LoggedEntry] = []

    public init(pin: LogPin) {
        self.init(pin: pin, knowing: Hindsight())
    }

    public init(pin: LogPin, folding entries: some Sequence<LoggedEntry>) {
        self.init(pin: pin)
        for entry in entries.sorted(by: LoggedEntry.precedes) { _ = fold(entry) }
        reconsider()
    }

    private init(pin: LogPin, knowing hindsight: Hindsight) {
        self.pin = pin
        self.hindsight = hindsight
        nextRoot = pin.nextRoot
        grants = [
            hindsight.applied(
                to: KeyGrant(
                    role: .root, holder: pin.root.name, key: pin.root, grantor: pin.root.name,
                    act: nil, grantedAt: 0, fromSize: 0))
        ]
    }

    /// Takes the next entry of the log into account.
    @discardableResult
    public mutating func apply(_ logged: LoggedEntry) -> Judgement {
        let judgement = fold(logged)
        if judgement == .effective { reconsider() }
        return judgement
    }

    /// What the entry would be good for as the next one of the log.
    public func judge(_ logged: LoggedEntry) -> Judgement {
        let envelope = logged.entry.envelope
        guard envelope.origin == pin.origin(at: logged.index) else { return .void(.wrongOrigin) }
        guard !ids.contains(envelope.id), positions[logged.entry.identity] == nil,
            !indexes.contains(logged.index)
        else { return .void(.duplicate) }
        // SPEC: bad news counts at once, good news with quorum.
        guard logged.isWitnessed || isBadNews(logged.entry.act) else { return .void(.notWitnessed) }
        return ActJudge(state: self, logged: logged).judgement
    }

    public func act(_ identity: HashValue) -> StandingAct? {
        positions[identity].map { acts[$0] }
    }

    /// The root key whose acts count at that index.
    public func rootKey(at index: UInt64) -> KeyGrant? {
        grants.last { $0.role == .root && $0.signs(at: index) }
    }

    /// SHA-256 of the text of the only key that may become the next root.
    public var committedNextRoot: HashValue { nextRoot }

    /// Whether an act can only take away, so that it counts before a quorum has seen it. The
    /// withdrawal of bad news is good news.
    func isBadNews(_ act: Act) -> Bool {
        guard case .withdrawal(let withdrawal) = act else { return act.isBadNews }
        guard let target = self.act(withdrawal.act) else { return true }
        return target.act.isGoodNews
    }

    /// Folds again, from the beginning, until what later acts void is known to earlier ones.
    private mutating func reconsider() {
        for _ in 0..<8 {
            let found = Hindsight(of: self)
            if found == hindsight { return }
            refold(knowing: found)
        }
        // Two statements that void each other: neither key is believed.
        refold(knowing: Hindsight(of: self).union(hindsight))
    }

    private mutating func refold(knowing hindsight: Hindsight) {
        var state = LogState(pin: pin, knowing: hindsight)
        for entry in history { _ = state.fold(entry) }
        self = state
    }

    private mutating func fold(_ logged: LoggedEntry) -> Judgement {
        let judgement = judge(logged)
        // An entry is read again once a quorum has seen it: until then it takes no place.
        if judgement == .void(.notWitnessed) { return judgement }
        history.append(logged)
        indexes.insert(logged.index)
        switch judgement {
        case .void(.unknownKind): block(logged)
        case .void: break
        case .advisory: record(logged, isMandated: false)
        case .effective:
            record(logged, isMandated: true)
            takeEffect(logged)
        }
        return judgement
    }

    private mutating func record(_ logged: LoggedEntry, isMandated: Bool) {
        ids.insert(logged.entry.envelope.id)
        positions[logged.entry.identity] = acts.count
        acts.append(StandingAct(logged: logged, isMandated: isMandated))
    }

    private mutating func block(_ logged: LoggedEntry) {
        let subjects = ActJudge(state: self, logged: logged).blockableSubjects
        guard logged.entry.envelope.isCritical, !subjects.isEmpty else { return }
        blocking.append(logged)
        blockedSubjects.formUnion(subjects)
    }

    private mutating func takeEffect(_ logged: LoggedEntry) {
        switch logged.entry.act {
        case .key(let act): grant(act, logged)
        case .successor(let act): succeed(act, logged)
        case .accreditation(let act):
            add(.body, act.body, act.key, by: logged, fromSize: 0)
        case .withdrawal(let act): end(act, logged)
        default: break
        }
    }

    private mutating func grant(_ act: KeyStatement, _ logged: LoggedEntry) {
        let isGenesis = act.role == .root && act.key == pin.root
        if isGenesis { return }
        if act.role == .root {
            endRoots(at: logged.index)
            if let committed = act.nextRoot { nextRoot = committed }
        }
        add(act.role.granted, act.holder, act.key, by: logged, fromSize: act.fromSize)
    }

    private mutating func succeed(_ act: Successor, _ logged: LoggedEntry) {
        let author = logged.entry.envelope.author
        endRoots(at: logged.index)
        nextRoot = act.nextRoot
        add(.root, author, act.root, by: logged, fromSize: 0)
        add(.log, act.log.name, act.log, by: logged, fromSize: act.size + 1)
    }

    private mutating func endRoots(at index: UInt64) {
        for position in grants.indices where grants[position].role == .root {
            grants[position].endedAt = grants[position].endedAt ?? index
        }
    }

    private mutating func add(
        _ role: KeyGrant.Role, _ holder: String, _ key: NoteKey, by logged: LoggedEntry,
        fromSize: UInt64
    ) {
        let grant = KeyGrant(
            role: role, holder: holder, key: key, grantor: logged.entry.envelope.author,
            act: logged.entry.identity, grantedAt: logged.index, fromSize: fromSize)
        grants.append(hindsight.applied(to: grant))
    }

    private mutating func end(_ act: Withdrawal, _ logged: LoggedEntry) {
        guard let position = positions[act.act] else { return }
        // SPEC: not before its own logged time, unless it is an annulment.
        let loggedDay = logged.loggedTime.day
        let effective = max(act.from ?? loggedDay, loggedDay)
        let earlier = acts[position].end
        acts[position].end = StandingAct.End(
            index: earlier?.index ?? logged.index, stated: earlier?.stated ?? act.from,
            effective: min(earlier?.effective ?? effective, effective),
            isAnnulment: earlier?.isAnnulment ?? false || act.annuls)
        for grant in grants.indices where grants[grant].act == act.act {
            if grants[grant].role != .body {
                grants[grant].endedAt = grants[grant].endedAt ?? logged.index
            }
        }
    }
}

extension KeyStatement.Role {
    var granted: KeyGrant.Role {
        switch self {
        case .root: .root
        case .log: .log
        case .extract: .extract
        case .authority: .authority
        case .buddy: .buddy
        }
    }
}
