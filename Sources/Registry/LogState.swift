public import Cryptography
import Encoding
import TransparencyLog

/// What the acts of one log amount to: a deterministic fold over its entries in their order.
///
/// `Protocol/entry.md § Effect`. May be fed all entries of a log or only those that a question
/// needs (its governance and those that list a subject of the question); the caller must not
/// leave out any of those. Each entry's signatures are checked here, when it is applied.
public struct LogState: Hashable, Sendable {
    public let pin: LogPin
    public private(set) var grants: [KeyGrant]
    /// Every act with effect or advice, by identity, in the order of the log.
    public private(set) var acts: [StandingAct] = []
    /// Acts of unknown kinds by mandated authors that forbid deciding about their subjects.
    public private(set) var blocking: [LoggedEntry] = []
    private var nextRoot: HashValue
    private var positions: [HashValue: Int] = [:]
    private var ids: Set<String> = []

    public init(pin: LogPin) {
        self.pin = pin
        nextRoot = pin.nextRoot
        grants = [
            KeyGrant(
                role: .root, holder: pin.root.name, key: pin.root, grantor: pin.root.name,
                act: nil, grantedAt: 0, fromSize: 0)
        ]
    }

    public init(pin: LogPin, folding entries: some Sequence<LoggedEntry>) {
        self.init(pin: pin)
        for entry in entries.sorted(by: { $0.index < $1.index }) { apply(entry) }
    }

    /// Takes the next entry of the log into account.
    @discardableResult
    public mutating func apply(_ logged: LoggedEntry) -> Judgement {
        let judgement = judge(logged)
        ids.insert(logged.entry.envelope.id)
        switch judgement {
        case .void(.unknownKind) where isBlocking(logged): blocking.append(logged)
        case .void: break
        case .advisory: record(logged, isMandated: false)
        case .effective:
            record(logged, isMandated: true)
            takeEffect(logged)
        }
        return judgement
    }

    /// What the entry would be good for as the next one of the log.
    public func judge(_ logged: LoggedEntry) -> Judgement {
        let envelope = logged.entry.envelope
        guard envelope.origin == pin.origin else { return .void(.wrongOrigin) }
        guard !ids.contains(envelope.id), positions[logged.entry.identity] == nil else {
            return .void(.duplicate)
        }
        // SPEC: bad news counts at once, good news with quorum.
        guard logged.isWitnessed || logged.entry.act.isBadNews else { return .void(.notWitnessed) }
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

    private mutating func record(_ logged: LoggedEntry, isMandated: Bool) {
        positions[logged.entry.identity] = acts.count
        acts.append(StandingAct(logged: logged, isMandated: isMandated))
    }

    private func isBlocking(_ logged: LoggedEntry) -> Bool {
        logged.entry.envelope.isCritical
            && grants.contains {
                $0.holder == logged.entry.envelope.author && $0.signs(at: logged.index)
                    && logged.entry.note.isSigned(by: $0.key)
            }
    }

    private mutating func takeEffect(_ logged: LoggedEntry) {
        switch logged.entry.act {
        case .key(let act): grant(act, logged)
        case .accreditation(let act):
            grants.append(
                KeyGrant(
                    role: .body, holder: act.body, key: act.key,
                    grantor: logged.entry.envelope.author, act: logged.entry.identity,
                    grantedAt: logged.index, fromSize: 0))
        case .withdrawal(let act): end(act, logged)
        case .statusEvent(let act) where act.kind == .compromise:
            for position in grants.indices
            where grants[position].holder == act.target.subject
                && grants[position].key.description == act.target.key
            {
                let since = act.sinceIndex ?? 0
                grants[position].voidFrom = min(grants[position].voidFrom ?? since, since)
            }
        default: break
        }
    }

    private mutating func grant(_ act: KeyStatement, _ logged: LoggedEntry) {
        let isGenesis = act.role == .root && act.key == pin.root
        if isGenesis { return }
        let role: KeyGrant.Role =
            switch act.role {
            case .root: .root
            case .log: .log
            case .extract: .extract
            case .authority: .authority
            }
        if role == .root {
            for position in grants.indices where grants[position].role == .root {
                grants[position].endedAt = grants[position].endedAt ?? logged.index
            }
            if let committed = act.nextRoot { nextRoot = committed }
        }
        grants.append(
            KeyGrant(
                role: role, holder: act.holder, key: act.key,
                grantor: logged.entry.envelope.author, act: logged.entry.identity,
                grantedAt: logged.index, fromSize: act.fromSize))
    }

    private mutating func end(_ act: Withdrawal, _ logged: LoggedEntry) {
        guard let position = positions[act.act], acts[position].end == nil else { return }
        // SPEC: not before its own logged time, unless it is an annulment.
        let loggedDay = logged.loggedTime.day
        acts[position].end = StandingAct.End(
            index: logged.index, stated: act.from, effective: max(act.from ?? loggedDay, loggedDay),
            isAnnulment: act.annuls)
        for grant in grants.indices where grants[grant].act == act.act {
            if grants[grant].role != .body { grants[grant].endedAt = logged.index }
        }
    }
}
