internal import Cryptography

/// Whether two policies over one log can be satisfied by histories that no honest witness saw
/// both of.
///
/// `Protocol/log.md § Policies`. Counted in the worst way: quorums as far apart as they can be.
public struct PolicyMeeting: Hashable, Sendable {
    /// The witnesses that either of the two names, by their keys.
    public let witnesses: Int
    /// How many of them may be bad: less than a third.
    public let bad: Int
    /// The least number of witnesses that a quorum of the one and a quorum of the other share;
    /// nil if there are too many to count.
    public let shared: Int?

    /// Whether every two quorums share an honest witness; nil if that was not counted.
    public var meets: Bool? { shared.map { $0 > bad } }

    /// The common witnesses up to which every combination is counted.
    static let countLimit = 20

    public init(_ one: WitnessPolicy, _ other: WitnessPolicy) {
        let names = (one.witnesses + other.witnesses).map(\.key.key)
        witnesses = Set(names).count
        bad = max(0, witnesses - 1) / 3
        guard !one.isUnwitnessed, !other.isUnwitnessed else {
            shared = 0
            return
        }
        let theirs = other.witnesses.map(\.key.key)
        let common = one.witnesses.indices.filter { theirs.contains(one.witnesses[$0].key.key) }
        let places = common.map { place in
            theirs.firstIndex(of: one.witnesses[place].key.key) ?? 0
        }
        if let counted = PolicyMeeting.flat(one, other, common: common.count) {
            shared = counted
        } else if common.count <= PolicyMeeting.countLimit {
            shared = PolicyMeeting.least(one, other, common, places)
        } else {
            shared = nil
        }
    }

    /// For two policies that ask for a number of their witnesses: those outside the common part
    /// come first, and what is missing must be found inside.
    private static func flat(
        _ one: WitnessPolicy, _ other: WitnessPolicy, common: Int
    ) -> Int? {
        guard let first = one.flatQuorum, let second = other.flatQuorum else { return nil }
        let inFirst = max(0, first - (one.witnesses.count - common))
        let inSecond = max(0, second - (other.witnesses.count - common))
        return max(0, inFirst + inSecond - common)
    }

    /// Over every way to give common witnesses to the first quorum: how many of them the second
    /// one cannot do without.
    private static func least(
        _ one: WitnessPolicy, _ other: WitnessPolicy, _ common: [Int], _ places: [Int]
    ) -> Int {
        var least = common.count
        for choice in 0..<(1 << common.count) {
            var taken = one.witnesses.map { _ in 0 }
            var cost = other.witnesses.map { _ in 0 }
            for (bit, place) in common.enumerated() {
                let isTaken = choice >> bit & 1 == 1
                taken[place] = isTaken ? 0 : 1
                cost[places[bit]] = isTaken ? 1 : 0
            }
            guard one.leastCost(taken) == 0 else { continue }
            least = min(least, other.leastCost(cost))
        }
        return least
    }
}

extension WitnessPolicy {
    /// The number that the policy asks for, if it asks for a number of all its witnesses.
    var flatQuorum: Int? {
        guard let quorum else { return nil }
        switch rules[quorum] {
        case .witness: return witnesses.count == 1 ? 1 : nil
        case .group(let threshold, let members):
            let areWitnesses = members.allSatisfy { member in
                if case .witness = rules[member] { true } else { false }
            }
            return areWitnesses && members.count == witnesses.count ? threshold : nil
        }
    }

    /// The least sum of costs of witnesses that satisfy the quorum; 0 for `quorum none`.
    func leastCost(_ costs: [Int]) -> Int {
        var sums: [Int] = []
        for rule in rules {
            switch rule {
            case .witness(let index): sums.append(costs[index])
            case .group(let threshold, let members):
                sums.append(members.map { sums[$0] }.sorted().prefix(threshold).reduce(0, +))
            }
        }
        return quorum.map { sums[$0] } ?? 0
    }
}
