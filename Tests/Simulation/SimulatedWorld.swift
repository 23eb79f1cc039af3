internal import Cryptography
internal import Encoding
internal import TestSupport
internal import TransparencyLog

/// Several countries under a virtual clock, network and disk; everything follows from a seed.
///
/// The decisions are those of the program: life marks, read quorums, grants, cosignatures,
/// policies, proofs. What is simulated is the order in which things happen, and what is lost.
public struct SimulatedWorld {
    public struct Failure: Error, CustomStringConvertible {
        public let description: String
    }

    struct Crash: Error {}

    struct Event {
        let time: Int
        let order: Int
        let from: Int
        let to: Int
        let message: SimulatedMessage
    }

    public let seed: UInt64
    public let profile: SimulationProfile
    var generator: SeededGenerator
    var countries: [SimulatedCountry] = []
    var nodes: [SimulatedNode] = []
    var ledger = SignatureLedger()
    var time = 0
    private var queue: [Event] = []
    private var order = 0
    private var groups: [Int]
    var backups: [(node: Int, disk: SimulatedDisk)] = []
    /// Countries whose key two copies hold: as witnesses they count among the bad.
    var doubled: Set<Int> = []
    /// The traitor's second history, once it has one.
    var secondHistory: [[UInt8]]?
    /// The cosignatures under it.
    var secondLines: [NoteSignature] = []
    private var isHealed = false

    /// What happened, so that a run that proves nothing is seen.
    public private(set) var counts: [String: Int] = [:]

    public init(seed: UInt64, profile: SimulationProfile) throws {
        self.seed = seed
        self.profile = profile
        generator = SeededGenerator(seed: seed)
        groups = Array(repeating: 0, count: profile.countries)
        let samples = try (0..<profile.countries).map {
            try SampleCountry("S\($0)", UInt8($0 + 1))
        }
        for (number, sample) in samples.enumerated() {
            let others = samples.filter { $0.origin != sample.origin }
            countries.append(
                SimulatedCountry(
                    origin: sample.origin, log: sample.log, witness: sample.witness,
                    buddy: profile.haveBuddies ? (number + 1) % profile.countries : nil,
                    policy: try SampleCountry.policy(
                        WitnessPolicy.quorum(for: others.count), of: others),
                    isHonest: !(profile.traitor && number == 0)))
            nodes.append(newNode(number))
        }
    }

    private func newNode(_ country: Int) -> SimulatedNode {
        var node = SimulatedNode(
            country: country, disk: SimulatedDisk(identity: country))
        for log in 0..<profile.countries {
            node.disk.database.logs[log] = SimulatedDatabase.Log()
            for role in SimulatedDatabase.SigningRole.allCases {
                node.disk.database.memories[role]?.complete.insert(log)
            }
        }
        for role in LifeMark.Role.allCases {
            let mark = LifeMark(
                role: role, incarnation: HashValue(of: "life \(country)".utf8), head: nil)
            node.disk.database.marks[role] = mark
            node.disk.file[role] = mark
        }
        node.disk.database.session = node.session
        return node
    }

    mutating func count(_ what: String) { counts[what, default: 0] += 1 }

    mutating func chance(_ part: Int, in whole: Int) -> Bool {
        Int.random(in: 0..<whole, using: &generator) < part
    }

    /// A place where the machine may stop.
    mutating func mayCrash(_ node: Int) throws {
        guard !isHealed, chance(profile.crashes, in: 400) else { return }
        crash(node)
        throw Crash()
    }

    mutating func crash(_ node: Int) {
        count("crash")
        nodes[node].isUp = false
        nodes[node].forget()
    }

    // MARK: Network

    /// Sends to a country: to one of its running copies.
    mutating func send(_ message: SimulatedMessage, from node: Int, toCountry country: Int) {
        let copies = nodes.indices.filter { nodes[$0].country == country && nodes[$0].isUp }
        guard let to = copies.randomElement(using: &generator) else { return }
        send(message, from: node, to: to)
    }

    mutating func send(_ message: SimulatedMessage, from node: Int, to: Int) {
        let (here, there) = (nodes[node].country, nodes[to].country)
        guard groups[here] == groups[there], isHealed || !chance(profile.loss, in: 100) else {
            return
        }
        order += 1
        let delay = isHealed ? 1 : Int.random(in: 1...12, using: &generator)
        queue.append(
            Event(time: time + delay, order: order, from: node, to: to, message: message))
    }

    // MARK: Running

    /// Runs the schedule, then heals everything and lets the nodes come together.
    public mutating func run() throws {
        do {
            for _ in 0..<profile.steps { try step() }
            heal()
            for _ in 0..<200 { try step() }
            try judgeEnd()
        } catch let failure as SignatureLedger.Violation {
            throw report("\(failure)")
        } catch let failure as Failure {
            throw report(failure.description)
        }
    }

    private func report(_ text: String) -> Failure {
        Failure(description: "seed \(seed), \(profile.name), time \(time): \(text)")
    }

    private mutating func step() throws {
        time += 1
        if !isHealed { disturb() }
        let due = queue.filter { $0.time <= time }
            .sorted { ($0.time, $0.order) < ($1.time, $1.order) }
        queue.removeAll { $0.time <= time }
        for event in due where nodes[event.to].isUp {
            do { try deliver(event) } catch is Crash {}
            try checkInvariants(event.to)
        }
        for node in nodes.indices where nodes[node].isUp {
            do { try tick(node) } catch is Crash {}
            try checkInvariants(node)
        }
        if !profile.restores, !profile.clones { try checkMemories() }
    }

    private mutating func disturb() {
        for node in nodes.indices {
            if nodes[node].isUp, chance(profile.crashes, in: 2_000) { crash(node) }
            if !nodes[node].isUp, chance(1, in: 15) { start(node) }
        }
        if profile.partitions, chance(1, in: 60) {
            let parts = Int.random(in: 1...3, using: &generator)
            for country in groups.indices {
                groups[country] = Int.random(in: 0..<parts, using: &generator)
            }
        }
        disturbDisks()
    }

    mutating func start(_ node: Int) {
        nodes[node].isUp = true
        nodes[node].boot += 1
    }

    private mutating func heal() {
        isHealed = true
        groups = Array(repeating: 0, count: profile.countries)
        for node in nodes.indices where !nodes[node].isUp { start(node) }
    }

    /// Without lost disks, second copies and traitors, everybody ends with everything.
    private func judgeEnd() throws {
        guard !profile.restores, !profile.clones, !profile.traitor else { return }
        for (number, node) in nodes.enumerated() {
            let reasons = node.sealReasons(among: countries)
            guard reasons.isEmpty else {
                throw Failure(description: "node \(number) is still sealed: \(reasons)")
            }
            for log in countries.indices {
                let own = nodes[log].disk.database.logs[log]
                let here = node.disk.database.logs[log]
                guard here?.entries == own?.entries,
                    here?.witnessed?.head.size ?? 0 == UInt64(own?.entries.count ?? 0)
                else {
                    throw Failure(
                        description: "node \(number) has \(here?.entries.count ?? 0) of the "
                            + "\(own?.entries.count ?? 0) entries of log \(log), witnessed "
                            + "\(here?.witnessed?.head.size ?? 0)")
                }
            }
        }
    }

    var isQuiet: Bool { isHealed }

    private mutating func deliver(_ event: Event) throws {
        let (node, from) = (event.to, event.from)
        switch event.message {
        case .seen(let bytes, let log): answerSeen(bytes, log, node, from)
        case .seenAnswer(let bytes, let log, let question):
            takeSeen(bytes, log, question, node, nodes[from].country)
        case .grant(let bytes): try answerGrant(bytes, node, from)
        case .granted(let line, let head): takeGrant(line, head, node)
        case .notGranted(let size, let old, let head):
            takeRefusal(size, asked: old, head, node)
        case .addCheckpoint(let bytes, let log): try answerCheckpoint(bytes, log, node, from)
        case .cosigned(let line, let head): try takeCosignature(line, head, node)
        case .knows(let size, let log):
            if nodes[node].country == log { nodes[node].guesses[nodes[from].country] = size }
        case .pull(let log, let start): answerPull(log, start, node, from)
        case .pulled(let log, let start, let entries, let note):
            try takePulled(log, start, entries, note, node)
        case .splitView(let splitView, let log): take(splitView, log, node)
        case .successor(let successor, let log): try take(successor, log, node)
        }
    }
}
