internal import Cryptography
internal import Encoding
internal import Registry
internal import TestSupport
internal import TransparencyLog

/// A later generation as somebody shows it: the act after so many entries of the old log.
struct SimulatedSuccessor: Hashable, Sendable {
    let size: Int
    let act: [UInt8]
}

// `Protocol/log.md` § Successors.
extension SimulatedWorld {
    private func roots(_ log: Int) throws -> (root: NoteSigner, next: NoteSigner) {
        let name = "S\(log)-root"
        return (try SampleKeys.signer(name), try SampleKeys.signer(name, seed: "\(name)-2"))
    }

    private func pin(_ log: Int) throws -> LogPin {
        let (root, next) = try roots(log)
        return LogPin(
            origin: countries[log].origin, root: root.verifier,
            nextRoot: HashValue(of: next.verifier.description.utf8))
    }

    /// What both histories of the traitor's log begin with.
    private func commonSize(_ node: Int) -> Int {
        let entries = nodes[node].disk.database.logs[nodes[node].country]?.entries ?? []
        return zip(entries, secondHistory ?? []).prefix { $0 == $1 }.count
    }

    /// The country of the forked log goes on from the good part; and thieves of one root try.
    mutating func offerSuccessor(_ node: Int) throws {
        let log = nodes[node].country
        let size = commonSize(node)
        guard secondHistory != nil, size > 0, chance(1, in: 4),
            let root = nodes[node].disk.database.root(log, size)
        else { return }
        let (old, next) = try roots(log)
        let thief = try SampleKeys.signer(old.verifier.name, seed: "thief")
        let isThief = chance(1, in: 2)
        let new = isThief ? thief : next
        let origin = "sample.example/S\(log)/2"
        let head = try TreeHead(
            origin: countries[log].origin, size: UInt64(size), root: root)
        let act = try RegistryEntry(
            envelope: Envelope(
                id: String(repeating: "0", count: 32), origin: origin, kind: "successor",
                author: old.verifier.name, subjects: [origin]),
            act: Successor.members(
                of: head, cause: .splitView, log: SampleKeys.signer(origin).verifier,
                root: new.verifier, nextRoot: HashValue(of: "after".utf8)),
            signedBy: [old, new])
        let peer = Int.random(in: 0..<countries.count, using: &generator)
        let successor = SimulatedSuccessor(size: size, act: act.serialized)
        count(isThief ? "thief's successor" : "offer")
        send(.successor(successor, log: log), from: node, toCountry: peer)
    }

    /// Passes on what was adopted here.
    mutating func showSuccessors(_ node: Int) {
        guard chance(1, in: 10),
            let (log, successor) = nodes[node].disk.database.successors.min(by: {
                $0.key < $1.key
            })
        else { return }
        let peer = Int.random(in: 0..<countries.count, using: &generator)
        send(.successor(successor, log: log), from: node, toCountry: peer)
    }

    /// Takes a successor over if nobody need be asked; at most once, for ever.
    mutating func take(_ successor: SimulatedSuccessor, _ log: Int, _ node: Int) throws {
        let database = nodes[node].disk.database
        guard countries[nodes[node].country].isHonest, let copy = database.logs[log],
            database.successors[log] == nil, successor.size <= copy.entries.count,
            let root = database.root(log, successor.size)
        else { return }
        let origin = "sample.example/S\(log)/2"
        let witnessed = Int(copy.witnessed?.head.size ?? 0)
        let judged = Succession.judge(
            origin, entry: successor.act,
            after: try TreeHead(
                origin: countries[log].origin, size: UInt64(successor.size), root: root),
            state: LogState(pin: try pin(log)),
            goodSize: UInt64(copy.isHalted ? min(witnessed, successor.size) : witnessed),
            isFrozen: copy.isHalted)
        switch judged {
        case .refused(let refusal): count("successor refused: \(refusal.rawValue)")
        case .adopted:
            guard copy.isHalted else {
                throw Failure(
                    description: "I2: node \(node) replaced log \(log), which is sound to it")
            }
            // I2, I7: all who adopt one adopt the same, and keep it.
            let others = nodes.compactMap { $0.disk.database.successors[log] }
            guard others.allSatisfy({ $0 == successor }) else {
                throw Failure(description: "I2: log \(log) has two successors")
            }
            nodes[node].disk.database.successors[log] = successor
            count("successor")
        }
    }

    // MARK: Clocks

    /// What a witness's clock shows: that of one country may be ten years off, either way.
    mutating func clock(of country: Int) -> Timestamp {
        let honest = SimulatedWorld.epoch + Int64(time)
        guard profile.wrongClocks, country == 1 else { return Timestamp(seconds: honest) }
        let decade: Int64 = 10 * 365 * 86_400
        return Timestamp(
            seconds: honest + Int64.random(in: -decade...decade, using: &generator))
    }

    private static let epoch: Int64 = 1_800_000_000

    /// Up to f lying clocks never make a checkpoint look newer than it is.
    func checkTime(_ checkpoint: WitnessedCheckpoint, of log: Int) throws {
        guard let quorumTime = checkpoint.quorumTime else { return }
        guard quorumTime.seconds <= SimulatedWorld.epoch + Int64(time) else {
            throw Failure(
                description: "log \(log) has the quorum time \(quorumTime), which is not yet")
        }
    }
}
