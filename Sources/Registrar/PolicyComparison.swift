public import Encoding
import Registry
import Storage
import Sync
public import TransparencyLog

/// Two countries that read one log under different policies, and whether their quorums meet.
///
/// `Protocol/log.md § Policies`.
public struct PolicyComparison: Hashable, Sendable {
    /// The other reader, and its own log.
    public let country: String
    public let reader: String
    /// The log that both read.
    public let origin: String
    public let meeting: PolicyMeeting
}

extension Office {
    /// Every policy of this node against those that the peers' own logs state.
    ///
    /// - Returns: what could be compared, and the countries whose logs are not here yet.
    public func policyComparisons(
        at now: Timestamp
    ) throws -> (compared: [PolicyComparison], awaited: [String]) {
        let rules = rules { now }
        let own = try state(about: [], at: now)
        var comparisons: [PolicyComparison] = []
        var awaited: [String] = []
        for (country, peer) in own.peers.sorted(by: { $0.key < $1.key }) {
            let size = try database.read { snapshot throws(StorageError) in
                try snapshot.log(peer.pin.origin)?.size ?? 0
            }
            guard size > 0, let theirs = rules.state(peer.pin.origin, size) else {
                awaited.append(country)
                continue
            }
            for (_, other) in theirs.peers.sorted(by: { $0.key < $1.key }) {
                guard let ours = rules.policy(other.pin.origin) else { continue }
                comparisons.append(
                    PolicyComparison(
                        country: country, reader: peer.pin.origin,
                        origin: other.pin.origin,
                        meeting: PolicyMeeting(ours, other.policy)))
            }
        }
        return (comparisons, awaited)
    }

    /// The witnesses of this node's own log that cannot be asked what they saw: they only dial
    /// out, or nobody knows where they are.
    public func silentWitnesses(at now: Timestamp) throws -> (names: [String], quorum: ReadQuorum)?
    {
        guard let policy = try state(about: [], at: now).ownPolicy, !policy.isUnwitnessed else {
            return nil
        }
        let records = try database.reading { try $0.peers() }
        let silent = policy.plainWitnesses.filter { witness in
            let urls =
                records.filter { $0.witnessKey == witness.key }.map(\.url)
                + [witness.url].compactMap { $0 }
            return !urls.contains { (try? PeerAddress(parsing: $0)) != nil }
        }
        return (silent.map(\.name), ReadQuorum(of: policy))
    }
}
