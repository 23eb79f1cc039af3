internal import Sync

/// How fast a new checkpoint reaches a network in which nodes are down and messages are lost.
///
/// The choice of peers and the pauses are the program's own; time and loss are simulated. One
/// contact is a question and an answer, each of which can be lost; what either side has that is
/// newer goes over, as following and push do it.
public struct SpreadSimulation {
    public struct Settings: Hashable, Sendable {
        public var nodes = 200
        /// Out of a hundred nodes, those that are down all the time.
        public var down = 20
        /// Out of a hundred messages, those that are lost.
        public var loss = 5
        /// The witnesses that all policies name.
        public var witnesses = 13
        /// The part of live nodes that counts as everybody, in hundredths.
        public var share = 99

        public init() {}
    }

    private let settings: Settings
    private var generator: any RandomNumberGenerator
    private let plan = ContactPlan()

    public init(_ settings: Settings = Settings(), using generator: any RandomNumberGenerator) {
        self.settings = settings
        self.generator = generator
    }

    /// The contact intervals from a new checkpoint at one live node until nearly all live nodes
    /// have it; nil if that takes more than a hundred.
    public mutating func run() -> Double? {
        var random = AnyGenerator(base: generator)
        defer { generator = random.base }
        let all = Array(0..<settings.nodes)
        let down = Set(all.shuffled(using: &random).prefix(settings.nodes * settings.down / 100))
        let live = all.filter { !down.contains($0) }
        let witnesses = Set(all.shuffled(using: &random).prefix(settings.witnesses))
        guard let author = live.randomElement(using: &random) else { return nil }
        var informed: Set<Int> = [author]
        // Each node is somewhere within its pause when the checkpoint is made.
        var next = Dictionary(
            uniqueKeysWithValues: live.map { ($0, Double.random(in: 0..<1, using: &random)) })
        let wanted = (live.count * settings.share + 99) / 100
        while let (node, time) = next.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
            guard time < 100 else { return nil }
            let peers = all.filter { $0 != node }
            for peer in plan.choose(from: peers, witnesses: witnesses, using: &random) {
                guard !down.contains(peer), !isLost(&random), !isLost(&random) else { continue }
                if informed.contains(peer) {
                    informed.insert(node)
                } else if informed.contains(node), !isLost(&random) {
                    informed.insert(peer)
                }
            }
            if informed.count >= wanted { return time }
            next[node] = time + plan.pause(of: 1, using: &random)
        }
        return nil
    }

    private func isLost(_ random: inout AnyGenerator) -> Bool {
        Int.random(in: 0..<100, using: &random) < settings.loss
    }

    /// A generator behind one type, so that it can be handed on.
    private struct AnyGenerator: RandomNumberGenerator {
        var base: any RandomNumberGenerator

        mutating func next() -> UInt64 { base.next() }
    }
}
