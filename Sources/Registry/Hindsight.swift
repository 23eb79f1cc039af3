internal import Cryptography
internal import TransparencyLog

/// What later acts say about earlier ones: keys compromised since a position, acts annulled
/// from their start. A fold that knows it from the beginning judges every act as it counts.
///
/// `Protocol/entry.md § Effect`.
struct Hindsight: Hashable, Sendable {
    struct Key: Hashable, Sendable {
        let holder: String
        let key: VerificationKey
    }

    struct Void: Hashable, Sendable {
        var from: UInt64
        /// By what a quorum has seen.
        var witnessed: UInt64?
    }

    private(set) var compromised: [Key: Void] = [:]
    /// Mandates and keys that are void from their start; true if a quorum has seen it.
    private(set) var annulled: [HashValue: Bool] = [:]

    init() {}

    /// Reads the effective acts of a state.
    init(of state: LogState) {
        for standing in state.acts where standing.isMandated {
            switch standing.act {
            case .statusEvent(let event): note(event, standing.logged)
            case .withdrawal(let act) where act.annuls:
                guard let target = state.act(act.act), target.act.grantsCompetence else { continue }
                let isWitnessed = standing.logged.isWitnessed
                annulled[act.act] = annulled[act.act] == true || isWitnessed
            default: break
            }
        }
    }

    private mutating func note(_ event: StatusEvent, _ logged: LoggedEntry) {
        guard event.kind == .compromise, let since = event.sinceIndex, let key = event.targetKey
        else { return }
        let name = Key(holder: event.target.subject, key: key.key)
        var void = compromised[name] ?? Void(from: since, witnessed: nil)
        void.from = min(void.from, since)
        if logged.isWitnessed { void.witnessed = min(void.witnessed ?? since, since) }
        compromised[name] = void
    }

    var isEmpty: Bool { compromised.isEmpty && annulled.isEmpty }

    /// Everything that either of the two voids.
    func union(_ other: Hindsight) -> Hindsight {
        var union = self
        union.compromised.merge(other.compromised) { left, right in
            Void(
                from: min(left.from, right.from),
                witnessed: [left.witnessed, right.witnessed].compactMap { $0 }.min())
        }
        union.annulled.merge(other.annulled) { $0 || $1 }
        return union
    }

    func isAnnulled(_ act: HashValue) -> Bool { annulled[act] != nil }

    /// The grant as it counts, given what is known later.
    func applied(to grant: KeyGrant) -> KeyGrant {
        var grant = grant
        if let void = compromised[Key(holder: grant.holder, key: grant.key.key)] {
            grant.voidFrom = void.from
            grant.witnessedVoidFrom = void.witnessed
        }
        if grant.role != .body, let act = grant.act, let isWitnessed = annulled[act] {
            grant.voidFrom = 0
            if isWitnessed { grant.witnessedVoidFrom = 0 }
        }
        return grant
    }
}

extension Act {
    /// Mandates and keys: acts on which the effect of others rests.
    var grantsCompetence: Bool {
        switch self {
        case .mandate, .key: true
        default: false
        }
    }
}
