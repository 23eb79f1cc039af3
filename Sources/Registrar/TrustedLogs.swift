public import Encoding
public import Registry
public import Storage
public import Sync
import TransparencyLog
public import Verification

/// The logs that an anchor leads to, and the keys and policies under which they are followed.
///
/// `Protocol/sync.md § Whom to believe`. Read from the copies when asked, so that what the
/// anchor's root says counts from the moment it is here.
public struct TrustedLogs: Sendable {
    private let database: LogDatabase
    private let anchor: Anchor
    private let now: Timestamp

    public init(database: LogDatabase, anchor: Anchor, at now: Timestamp) {
        self.database = database
        self.anchor = anchor
        self.now = now
    }

    /// The rules that a follower and a witness ask.
    public var rules: LogRules {
        var rules = LogRules(
            keys: { origin, size in (try? keys(origin, size)) ?? [] },
            policy: { origin in try? policy(origin) })
        rules.everyKey = { origin in (try? everyKey(origin)) ?? [] }
        rules.roots = { origin in (try? roots(origin)) ?? [] }
        rules.state = { origin, size in try? state(origin, below: size) }
        rules.successions = { (try? successions()) ?? [] }
        rules.extractKeys = { (try? state(anchor.pin).grants(in: .extract)) ?? [] }
        return rules
    }

    /// The other logs that the anchor names, by country.
    public func peers() throws -> [String: PeerStatement] {
        try state(anchor.pin).peers
    }

    /// Makes room for the logs that are named and not here: of each country its first
    /// generation, which later ones continue.
    ///
    /// - Returns: whether any was added.
    public func addLogs() throws -> Bool {
        var added = false
        for pin in [anchor.pin] + (try peers().values.map(\.pin)) {
            let first = try firstOrigin(of: pin)
            let isHere = try database.reading { snapshot in
                try snapshot.log(pin.origin) != nil || snapshot.log(first) != nil
            }
            guard !isHere else { continue }
            try database.addLog(first, isOwn: false)
            added = true
        }
        return added
    }

    /// The generation with which a copy begins: the first one, which says when its entries were
    /// logged, if it is here or the anchor's root ever named its key; else the one that is pinned.
    func firstOrigin(of pin: LogPin) throws -> String {
        guard let first = pin.predecessors.first?.origin else { return pin.origin }
        let isHere = try database.reading { try $0.log(first) != nil }
        return try isHere || firstKey(of: first) != nil ? first : pin.origin
    }

    /// The key of the first checkpoints of a log, as the anchor's root named it then.
    private func firstKey(of origin: String) throws -> NoteKey? {
        try state(anchor.pin).acts.compactMap { standing -> NoteKey? in
            guard case .peer(let peer) = standing.act, peer.pin.origin == origin else {
                return nil
            }
            return peer.firstLogKey
        }.last
    }

    /// What is believed of a log before it is read.
    private struct Start {
        let pin: LogPin
        /// The key of its first checkpoints, until the log's root has named one.
        let first: NoteKey
        let policy: WitnessPolicy
    }

    /// The logs that the anchor and its root name, with the generations around each of them.
    private func start(_ origin: String) throws -> Start? {
        let own = Start(pin: anchor.pin, first: anchor.firstLogKey, policy: anchor.policy)
        if let found = try generation(origin, of: own) { return found }
        for peer in try peers().values {
            let start = Start(pin: peer.pin, first: peer.firstLogKey, policy: peer.policy)
            if let found = try generation(origin, of: start) { return found }
        }
        return nil
    }

    private func generation(_ origin: String, of start: Start) throws -> Start? {
        if start.pin.origin == origin { return start }
        if let earlier = start.pin.earlier.first(where: { $0.origin == origin }) {
            let first = try firstKey(of: origin) ?? start.first
            return Start(pin: earlier, first: first, policy: start.policy)
        }
        return try database.reading { snapshot in
            let later = try snapshot.generations(after: start.pin)
            guard let pin = later.first(where: { $0.origin == origin }),
                let record = try snapshot.predecessor(of: origin)
            else { return nil }
            return Start(pin: pin, first: record.firstLogKey, policy: start.policy)
        }
    }

    /// The generations that pins name, the earliest first.
    private func successions() throws -> [SuccessionRecord] {
        var found: [SuccessionRecord] = []
        let peers = try peers().values.map { ($0.pin, $0.firstLogKey) }
        for (pin, first) in [(anchor.pin, anchor.firstLogKey)] + peers {
            // One that cannot be opened is not waited for: the copy begins with the newest.
            guard try firstOrigin(of: pin) != pin.origin else { continue }
            let names = pin.predecessors.map(\.origin) + [pin.origin]
            for (before, next) in zip(pin.predecessors, names.dropFirst()) {
                found.append(
                    SuccessionRecord(
                        predecessor: before.origin, origin: next, size: before.size,
                        firstLogKey: first))
            }
        }
        return found
    }

    private func everyKey(_ origin: String) throws -> [NoteKey] {
        guard let start = try start(origin) else { return [] }
        return try [start.first] + state(start.pin).grants(in: .log)
    }

    private func roots(_ origin: String) throws -> [NoteKey] {
        guard let start = try start(origin) else { return [] }
        return try state(start.pin).grants(in: .root)
    }

    private func keys(_ origin: String, _ size: UInt64) throws -> [NoteKey] {
        guard let start = try start(origin) else { return [] }
        let state = try state(start.pin)
        // The first key opens a log only until its root has named one itself.
        let isNamed = state.grants.contains { $0.role == .log && $0.key.name == origin }
        return [isNamed ? state.logKey(forSize: size) : start.first].compactMap { $0 }
    }

    private func policy(_ origin: String) throws -> WitnessPolicy? {
        try start(origin)?.policy
    }

    private func state(_ origin: String, below size: UInt64) throws -> LogState? {
        guard let start = try start(origin) else { return nil }
        return try database.reading { snapshot in
            try LogReader(snapshot: snapshot, now: now).state(
                start.pin, about: [], below: size, witnessedSize: size)
        }
    }

    private func state(_ pin: LogPin) throws -> LogState {
        try database.reading { snapshot in
            guard let size = try snapshot.log(pin.origin)?.size else { return LogState(pin: pin) }
            return try LogReader(snapshot: snapshot, now: now).state(
                pin, about: [], below: size, witnessedSize: size)
        }
    }
}

extension LogState {
    /// Every key that was ever granted in a role.
    fileprivate func grants(in role: KeyGrant.Role) -> [NoteKey] {
        grants.filter { $0.role == role }.map(\.key)
    }
}
