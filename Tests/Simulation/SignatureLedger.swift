import Cryptography
import TransparencyLog

/// Everything that was ever signed, by whom, over which entries: what no participant sees.
///
/// `../shared/failures.md` §4, invariants I2 to I5.
struct SignatureLedger {
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    private struct Place: Hashable {
        let log: Int
        let signer: Int
    }

    /// The roots over every number of entries under each signed head.
    private var roots: [TreeHead: [HashValue]] = [:]
    private var signed: [Int: [UInt64: TreeHead]] = [:]
    private var cosigned: [Place: [TreeHead]] = [:]
    private var granted: [Int: [UInt64: TreeHead]] = [:]
    private var quorums: [Int: Set<TreeHead>] = [:]

    private(set) var count = 0

    /// A log's own node signed a head over those entries.
    mutating func sign(_ head: TreeHead, of log: Int, over prefixes: [HashValue], isHonest: Bool)
        throws
    {
        count += 1
        roots[head] = prefixes
        guard isHonest else { return }
        for other in (signed[log] ?? [:]).values where !isPrefix(head, other) {
            throw Violation(
                description: "I3: log \(log) signed \(other.size) and then \(head.size) of "
                    + "another history")
        }
        signed[log, default: [:]][head.size] = head
    }

    mutating func cosign(_ head: TreeHead, of log: Int, by witness: Int) throws {
        count += 1
        let place = Place(log: log, signer: witness)
        if cosigned[place]?.last == head { return }
        for other in cosigned[place] ?? [] where !isPrefix(head, other) {
            throw Violation(
                description: "I3: witness \(witness) cosigned two histories of log \(log)")
        }
        cosigned[place, default: []].append(head)
    }

    mutating func grant(_ head: TreeHead, of log: Int, isExempt: Bool) throws {
        count += 1
        if let other = granted[log]?[head.size], other != head, !isExempt {
            throw Violation(description: "I3: two grants for size \(head.size) of log \(log)")
        }
        granted[log, default: [:]][head.size] = head
    }

    /// Somebody accepted a head with a quorum under it.
    mutating func accept(_ head: TreeHead, of log: Int) throws {
        if quorums[log]?.contains(head) == true { return }
        for other in quorums[log] ?? [] where !isPrefix(head, other) {
            throw Violation(description: "I2: two histories of log \(log) have a quorum each")
        }
        quorums[log, default: []].insert(head)
    }

    func largestQuorum(_ log: Int) -> TreeHead? {
        quorums[log]?.max { $0.size < $1.size }
    }

    /// Whether one of two heads extends the other.
    private func isPrefix(_ one: TreeHead, _ other: TreeHead) -> Bool {
        let (small, large) = one.size <= other.size ? (one, other) : (other, one)
        guard small.size > 0 else { return true }
        guard let prefixes = roots[large], Int(small.size) < prefixes.count else {
            return small == large
        }
        return prefixes[Int(small.size)] == small.root
    }
}
