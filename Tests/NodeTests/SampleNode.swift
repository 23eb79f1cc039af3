import Cryptography
import Encoding
import Foundation
import FoundationNetworking
import Registry
import Storage
import Sync
import Synchronization
import TestSupport
import TransparencyLog

@testable import Node

/// A country's node on a loopback port: its database, its log, its witness.
final class SampleNode: Sendable {
    let country: SampleCountry
    let folder: TemporaryFolder
    let database: LogDatabase
    let rules: LogRules
    private let mirror: NoteSigner?
    private let time: Mutex<Int64>
    /// The buddy that the log's root would have named.
    let buddyKey: NoteKey?

    init(
        _ country: SampleCountry, among countries: [SampleCountry], quorum: Int,
        folder: TemporaryFolder? = nil, clock: Int64 = 1_800_000_000, buddy: NoteKey? = nil,
        policies stated: [String: WitnessPolicy] = [:], mirror: NoteSigner? = nil
    ) throws {
        self.country = country
        self.mirror = mirror
        time = Mutex(clock)
        let isNew = folder == nil
        buddyKey = buddy
        self.folder = try folder ?? TemporaryFolder()
        database = try LogDatabase(inFolder: self.folder.path)
        let keys = Dictionary(uniqueKeysWithValues: countries.map { ($0.origin, $0.log.verifier) })
        let policies = Dictionary(
            uniqueKeysWithValues: try countries.map { log in
                // An operator's own cosignature counts for nothing on its own log.
                let others = countries.filter { $0.origin != log.origin }
                return (
                    log.origin, try stated[log.origin] ?? SampleCountry.policy(quorum, of: others)
                )
            })
        rules = LogRules(
            keys: { origin, _ in keys[origin].map { [$0] } ?? [] },
            policy: { policies[$0] })
        for other in countries {
            try database.addLog(other.origin, isOwn: other.origin == country.origin)
        }
        if isNew { try database.beginLife(HashValue(of: country.origin.utf8)) }
    }

    /// The machine's clock, for cosignatures.
    var clock: Timestamp { Timestamp(seconds: time.withLock { $0 }) }

    func move(_ seconds: Int64) { time.withLock { $0 += seconds } }

    private func panel(_ network: PeerNetwork) -> PublicationPanel {
        let buddyKey = buddyKey
        return PublicationPanel(
            of: country.origin, in: database, rules: rules, network: network
        ) { () throws(SyncError) in buddyKey }
    }

    func entries(_ range: Range<Int>, branch: String = "") -> [NewEntry] {
        SampleCountry.entries(range, branch: country.origin + branch).map {
            NewEntry(reading: $0)
        }
    }

    /// Publishes as the node does, asking buddy and witnesses.
    func publish(_ range: Range<Int>, branch: String = "") async throws {
        try await SampleNode.network { network in
            _ = try await Publisher(
                database: database, origin: country.origin, signer: country.log,
                panel: panel(network)
            ).publish(entries(range, branch: branch), expecting: UInt64(range.lowerBound))
        }
    }

    func resume() async throws -> Checkpoint {
        try await SampleNode.network { network in
            try await Publisher(
                database: database, origin: country.origin, signer: country.log,
                panel: panel(network)
            ).resume()
        }
    }

    /// What a node does at its start.
    func start(from ports: [Int] = []) async throws -> NodeStart.Report {
        try await SampleNode.network { network in
            await NodeStart(
                database: database, rules: rules, network: network, panel: panel(network),
                witness: country.witness.verifier
            ).run(from: try ports.map { try PeerAddress(parsing: "http://127.0.0.1:\($0)") })
        }
    }

    private static func network<Value>(
        _ body: (PeerNetwork) async throws -> Value
    ) async throws -> Value {
        var limits = PeerLimits()
        (limits.connectSeconds, limits.idleSeconds, limits.totalSeconds) = (5, 5, 10)
        return try await PeerNetwork.with(limits: limits, body)
    }

    var services: NodeServices {
        var services = NodeServices(
            database: database, rules: rules, card: try? card().serialized,
            witness: Witness(database: database, signer: country.witness, rules: rules),
            now: { self.clock })
        services.mirror = mirrorCosigner
        services.seen = SeenDesk(database: database, signer: country.witness)
        services.buddy = Buddy(database: database, signer: country.witness, rules: rules)
        services.uploads = UploadDesk(database: database, rules: rules)
        services.deliveries = DeliveryDesk(database: database, rules: rules)
        services.entries = { _ in .text(422, "declined") }
        services.extract = { body in .json(body) }
        return services
    }

    private var mirrorCosigner: MirrorCosigner? {
        mirror.map { MirrorCosigner(database: database, signer: $0, rules: rules) }
    }

    /// What a mirror does after a round.
    func mirrorRound(renewing seconds: Int64 = 0) async throws -> MirrorRound.Report {
        guard let mirror = mirrorCosigner else { return MirrorRound.Report() }
        return try await SampleNode.network { network in
            await MirrorRound(mirror, database: database, network: network).run(
                at: clock, renewal: CosignatureRenewal(every: seconds) { self.clock })
        }
    }

    func card() throws -> NodeCard {
        let root = try NoteKey(
            name: "root", algorithm: .ed25519, key: country.log.verifier.key)
        return NodeCard(
            country: String(country.origin.split(separator: "/")[1]),
            pin: LogPin(origin: country.origin, root: root, nextRoot: HashValue(of: [])),
            log: country.log.verifier, witness: country.witness.verifier, extract: root,
            isSample: true, mirror: mirror?.verifier)
    }

    /// A copy of the database as a backup takes it, perhaps with the file that backups leave out.
    func backUp(withLifeMark: Bool = false) throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("log.sqlite") && !$0.hasSuffix("-shm") }
        for name in names + (withLifeMark ? ["life-mark"] : []) {
            try FileManager.default.copyItem(
                atPath: folder.path(name), toPath: copy.path(name))
        }
        return copy
    }

    func add(_ peer: SampleNode, at port: Int) throws {
        try database.store(
            PeerRecord(
                origin: peer.country.origin, url: "http://127.0.0.1:\(port)",
                card: peer.card().serialized))
    }

    func round(renewing seconds: Int64 = 0) async throws -> Synchronizer.Report {
        let renewal = CosignatureRenewal(every: seconds) { self.clock }
        return try await PeerNetwork.with { network in
            await Synchronizer(
                database: database, rules: rules, network: network,
                witness: Witness(database: database, signer: country.witness, rules: rules),
                now: { self.clock }, renewal: renewal
            ).round()
        }
    }

    /// Holds another log's entries under a checkpoint, as if it had followed it.
    func follow(
        _ other: SampleCountry, _ entries: [[UInt8]], under checkpoint: Checkpoint
    ) async throws {
        let edge = try database.read { try $0.edge(other.origin) }
        var growth = LogExtension(extending: edge)
        growth.append(contentsOf: entries.map { NewEntry(reading: $0) })
        let record = rules.policy(other.origin).map { CheckpointRecord(checkpoint, under: $0) }
        try database.append(
            growth, to: other.origin, record: record ?? CheckpointRecord(checkpoint))
    }

    func head(_ origin: String) throws -> StoredCheckpoint? {
        try database.read { try $0.head(origin) }
    }

    /// Runs the body while three nodes serve and know each other's addresses.
    static func connect(
        _ nodes: [SampleNode], _ body: @escaping @Sendable ([Int]) async throws -> Void
    ) async throws {
        try await nodes[0].serving { first in
            try await nodes[1].serving { second in
                try await nodes[2].serving { third in
                    let ports = [first, second, third]
                    for node in nodes {
                        for (peer, port) in zip(nodes, ports)
                        where peer.country.origin != node.country.origin {
                            try node.add(peer, at: port)
                        }
                    }
                    try await body(ports)
                }
            }
        }
    }

    /// Serves while the body runs, and has stopped when this returns.
    ///
    /// - Parameters:
    ///   - guardLimits: what a connection may hold up.
    ///   - configure: changes the configuration of the test.
    func serving<Value: Sendable>(
        port: Int = 0, guardLimits: ConnectionGuard.Limits = ConnectionGuard.Limits(),
        configure: (inout NodeConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> Value {
        var configuration = NodeConfiguration()
        configuration.port = port
        configuration.syncSeconds = 0
        configure(&configuration)
        var prepared = NodeServer(
            configuration: configuration, services: services, folder: folder.path,
            logger: NodeLog.silent)
        prepared.guardLimits = guardLimits
        let server = prepared
        let (ports, continuation) = AsyncStream<Int>.makeStream()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await server.run(handlingSignals: false) { continuation.yield($0) }
                return nil
            }
            group.addTask {
                for await port in ports { return try await body(port) }
                return nil
            }
            var value: Value?
            while value == nil, let next = try await group.next() { value = next }
            group.cancelAll()
            try await group.waitForAll()
            guard let value else { throw CancellationError() }
            return value
        }
    }
}

/// One exchange over HTTP with its headers.
struct Exchange {
    let status: Int
    let headers: [String: String]
    let body: [UInt8]

    init(
        _ url: String, method: String = "GET", headers: [String: String] = [:],
        body: [UInt8]? = nil
    ) async throws {
        var request = URLRequest(url: URL(string: url) ?? URL(filePath: "/"))
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = body.map { Data($0) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        let (data, response) = try await URLSession(configuration: configuration)
            .data(for: request)
        let answer = response as? HTTPURLResponse
        status = answer?.statusCode ?? 0
        self.headers = Dictionary(
            (answer?.allHeaderFields ?? [:]).map { ("\($0)".lowercased(), "\($1)") },
            uniquingKeysWith: { first, _ in first })
        self.body = Array(data)
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}
