/// Whom a node asks in a round, and when the next round begins (`Protocol/sync.md § A round`).
///
/// Chance comes in from outside: the same generator makes the same plan.
public struct ContactPlan: Hashable, Sendable {
    /// The peers of one round.
    public var peerCount = 4
    /// How far a pause may depart from its length, either way.
    public var jitter = 0.2

    public init() {}

    /// Some of the peers at random, each once, and at least one of the core witnesses: whoever
    /// asks strangers only can be kept in the dark by them.
    public func choose<Peer: Hashable>(
        from peers: [Peer], witnesses: Set<Peer>,
        using generator: inout some RandomNumberGenerator
    ) -> [Peer] {
        var seen: Set<Peer> = []
        let known = peers.filter { seen.insert($0).inserted }
        var chosen = Array(known.shuffled(using: &generator).prefix(peerCount))
        let core = known.filter(witnesses.contains)
        if let last = chosen.indices.last, !chosen.contains(where: witnesses.contains),
            let witness = core.randomElement(using: &generator)
        {
            chosen[last] = witness
        }
        return chosen
    }

    /// The seconds until the next round: nodes that started together do not stay together.
    public func pause(
        of seconds: Double, using generator: inout some RandomNumberGenerator
    ) -> Double {
        seconds * Double.random(in: (1 - jitter)...(1 + jitter), using: &generator)
    }
}
