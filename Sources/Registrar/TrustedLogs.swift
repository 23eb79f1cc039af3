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
        LogRules(
            keys: { origin, size in (try? keys(origin, size)) ?? [] },
            policy: { origin in try? policy(origin) })
    }

    /// The other logs that the anchor names, by country.
    public func peers() throws -> [String: PeerStatement] {
        try state(anchor.pin).peers
    }

    private func keys(_ origin: String, _ size: UInt64) throws -> [NoteKey] {
        let pin: LogPin
        let first: NoteKey
        if origin == anchor.pin.origin {
            (pin, first) = (anchor.pin, anchor.firstLogKey)
        } else if let peer = try peers().values.first(where: { $0.pin.origin == origin }) {
            (pin, first) = (peer.pin, peer.firstLogKey)
        } else {
            return []
        }
        let state = try state(pin)
        // The first key opens a log only until its root has named one itself.
        let isNamed = state.grants.contains { $0.role == .log }
        return [isNamed ? state.logKey(forSize: size) : first].compactMap { $0 }
    }

    private func policy(_ origin: String) throws -> WitnessPolicy? {
        if origin == anchor.pin.origin { return anchor.policy }
        return try peers().values.first { $0.pin.origin == origin }?.policy
    }

    private func state(_ pin: LogPin) throws -> LogState {
        try database.reading { snapshot in
            guard let size = try snapshot.log(pin.origin)?.size else { return LogState(pin: pin) }
            return try LogReader(snapshot: snapshot, now: now).state(
                pin, about: [], below: size, witnessedSize: size)
        }
    }
}

extension Office {
    /// The rules of this node, read anew at every question: acts that were just published,
    /// here or by a command beside the server, count at once.
    public func rules(clock: @escaping @Sendable () -> Timestamp) -> LogRules {
        @Sendable func trusted() throws -> TrustedLogs {
            let now = clock()
            return TrustedLogs(database: database, anchor: try anchor(at: now), at: now)
        }
        var rules = LogRules(
            keys: { origin, size in (try? trusted())?.rules.keys(origin, size) ?? [] },
            policy: { origin in (try? trusted())?.rules.policy(origin) })
        rules.origins = {
            (try? trusted().peers()).map { $0.values.map(\.pin.origin).sorted() } ?? []
        }
        return rules
    }
}
