public import Cryptography
public import TransparencyLog

/// What survives a crash: a database that changes as a whole, and a file beside it.
public struct SimulatedDisk: Sendable {
    public var database = SimulatedDatabase()
    public var file: [LifeMark.Role: LifeMark] = [:]
    /// Which files these are: a copy has others.
    public var identity: Int

    public init(identity: Int) { self.identity = identity }
}

/// The tables of a node, as far as the protocol rests on them.
public struct SimulatedDatabase: Sendable {
    public struct Log: Sendable {
        public private(set) var entries: [[UInt8]] = []
        private(set) var leaves: [HashValue] = []
        /// The root over each number of entries: a log only ever grows.
        private(set) var roots = [MerkleTree.emptyRoot]
        private var frontier = Frontier()
        /// The newest note over stored entries, and the newest with a quorum.
        public var head: Checkpoint?
        public var witnessed: Checkpoint?
        public var isHalted = false

        public init(entries: [[UInt8]] = []) {
            for entry in entries { append(entry) }
        }

        mutating func append(_ entry: [UInt8]) {
            entries.append(entry)
            leaves.append(MerkleTree.leafHash(entry))
            frontier.append(MerkleTree.leafHash(entry))
            roots.append(frontier.root)
        }
    }

    public struct Memory: Sendable {
        public var heads: [Int: TreeHead] = [:]
        public var complete: Set<Int> = []
    }

    public var logs: [Int: Log] = [:]
    public var memories: [SigningRole: Memory] = [.witness: Memory(), .buddy: Memory()]
    public var marks: [LifeMark.Role: LifeMark] = [:]
    public var session: String?
    public var splitViews: [HashValue: SplitView] = [:]
    var successors: [Int: SimulatedSuccessor] = [:]

    /// A memory of other logs.
    public enum SigningRole: Hashable, Sendable, CaseIterable {
        case witness, buddy

        var mark: LifeMark.Role { self == .witness ? .witness : .buddy }
    }

    func root(_ log: Int, _ size: Int) -> HashValue? {
        guard let log = logs[log], size < log.roots.count else { return nil }
        return log.roots[size]
    }

    func proof(_ log: Int, from old: Int, to new: Int) -> [HashValue]? {
        guard let leaves = logs[log]?.leaves, old <= new, new <= leaves.count else {
            return nil
        }
        return SimulatedDatabase.proof(over: leaves, from: UInt64(old), to: UInt64(new))
    }

    static func proof(
        over leaves: [HashValue], from old: UInt64, to new: UInt64
    ) -> [HashValue] {
        ConsistencyProof.build(oldSize: old, newSize: new) { level, index in
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }.hashes
    }

    /// The largest head of a log that this node signed for, in whichever role, or holds signed.
    func seen(_ log: Int) -> TreeHead? {
        ([logs[log]?.head?.head] + SigningRole.allCases.map { memories[$0]?.heads[log] })
            .compactMap(\.self).max { $0.size < $1.size }
    }
}
