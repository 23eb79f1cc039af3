public import Cryptography

/// How many witnesses must say what they saw before a node that started may sign.
///
/// `Protocol/log.md § Start`: so many that at least one honest member of every quorum is among
/// them.
public struct ReadQuorum: Hashable, Sendable {
    /// What one of those who were asked has seen of the log.
    public struct Answer: Hashable, Sendable {
        public let name: String
        public let size: UInt64
        public let root: HashValue
        /// Whether it vouches for its memory: its own life mark matched.
        public let isMatched: Bool

        public init(name: String, size: UInt64, root: HashValue, isMatched: Bool) {
            self.name = name
            self.size = size
            self.root = root
            self.isMatched = isMatched
        }
    }

    public enum Judgement: Hashable, Sendable {
        case reached
        case refused(SealReason)
    }

    public let names: [String]
    public let needed: Int

    /// - Parameter absent: a witness of the policy that cannot be asked: the node itself.
    public init(of policy: WitnessPolicy, without absent: NoteKey? = nil) {
        let plain = policy.plainWitnesses
        names = plain.filter { $0.key != absent }.map(\.name)
        needed = ReadQuorum.needed(witnesses: plain.count, quorum: policy.leastPlainQuorum)
    }

    /// Those names, of whom so many must answer.
    public init(of names: [String], needed: Int) {
        self.names = names
        self.needed = needed
    }

    /// The least r > n + f - k, f = (n - 1) / 3; none for a policy without witnesses.
    public static func needed(witnesses: Int, quorum: Int) -> Int {
        guard witnesses > 0, quorum > 0 else { return 0 }
        return max(1, witnesses + (witnesses - 1) / 3 - quorum + 1)
    }

    /// How many witnesses that nobody can ask a policy may name beside those who can be asked, so
    /// that the read quorum can still be reached.
    public static func roomForSilent(_ silent: Int, beside reachable: Int) -> Int {
        (0...silent).last { count in
            let all = reachable + count
            return needed(witnesses: all, quorum: WitnessPolicy.quorum(for: all)) <= reachable
        } ?? 0
    }

    /// Whether nobody has seen anything but a prefix of the tree here, and enough have spoken.
    ///
    /// Whoever has seen more is believed in that, its own life mark or not: a mark that did not
    /// match only takes away its weight in the count.
    public func judge<Failure: Error>(
        _ answers: [Answer], size: UInt64, root: (UInt64) throws(Failure) -> HashValue
    ) throws(Failure) -> Judgement {
        if let ahead = answers.filter({ $0.size > size }).max(by: { $0.size < $1.size }) {
            return .refused(.ahead(name: ahead.name, size: ahead.size, own: size))
        }
        for answer in answers where try root(answer.size) != answer.root {
            return .refused(.contradicted(name: answer.name, size: answer.size))
        }
        let spoken = Set(answers.filter(\.isMatched).map(\.name)).intersection(names)
        guard spoken.count >= needed else {
            return .refused(
                .quorumSilent(
                    answered: spoken.count, needed: needed,
                    silent: names.filter { !spoken.contains($0) }))
        }
        return .reached
    }
}

extension WitnessPolicy {
    /// The number of witnesses in the smallest set that satisfies the policy.
    public var leastQuorum: Int { leastCost(witnesses.map { _ in 1 }) }
}
