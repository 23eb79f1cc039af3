public import Encoding
import Registry
import Storage
public import Sync
import TransparencyLog
import Verification

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
        rules.everyKey = { origin in (try? trusted())?.rules.everyKey(origin) ?? [] }
        rules.roots = { origin in (try? trusted())?.rules.roots(origin) ?? [] }
        rules.state = { origin, size in (try? trusted())?.rules.state(origin, size) }
        rules.successions = { (try? trusted())?.rules.successions() ?? [] }
        rules.extractKeys = { (try? trusted())?.rules.extractKeys() ?? [] }
        rules.origins = {
            guard let trusted = try? trusted(), let peers = try? trusted.peers() else { return [] }
            return peers.values.compactMap { try? trusted.firstOrigin(of: $0.pin) }.sorted()
        }
        return rules
    }
}
