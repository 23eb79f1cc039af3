import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// Appending to a log, and copying one over loopback.
enum LogBenchmarks {
    static func append(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 10_000)
        return Benchmark(
            id: "log.append",
            what: "\(count) entries appended durably and signed, against bare inserts of the "
                + "same bytes",
            unit: "1/s", moreIsBetter: true
        ) {
            let log = try SampleLog()
            let entries = try log.entries(count)
            let rows = entries.map(\.bytes)
            return {
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let database = try LogDatabase(inFolder: folder.path)
                try database.addLog(SampleLog.origin, isOwn: true)
                let publisher = Publisher(
                    database: database, origin: SampleLog.origin, signer: log.signer)
                try database.beginLife(HashValue(of: "append".utf8))
                let ours = try await Stopwatch.seconds {
                    try await publisher.publish(entries, expecting: 0)
                }
                let bare = try Stopwatch.seconds {
                    try RawInserts.insert(rows, into: "\(folder.path)/raw.sqlite")
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / bare)
            }
        }
    }

    static func sync(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "sync.cold",
            what: "\(count) entries copied over loopback, verified and stored, against the "
                + "slowest of hashing, bare inserts and copying",
            unit: "1/s", moreIsBetter: true
        ) {
            let log = try SampleLog()
            let entries = try log.entries(count)
            let source = try TemporaryFolder()
            let database = try LogDatabase(inFolder: source.path)
            try database.addLog(SampleLog.origin, isOwn: true)
            try database.beginLife(HashValue(of: "sync".utf8))
            _ = try await Publisher(
                database: database, origin: SampleLog.origin, signer: log.signer
            ).publish(entries, expecting: 0)
            let rules = log.rules
            return {
                defer { withExtendedLifetime(source) {} }
                return try await served(database, rules) { address in
                    try await measure(count, entries, rules, address)
                }
            }
        }
    }

    /// The seconds of one copy of the entries over loopback, verified and stored.
    static func copying(
        _ bytes: [[UInt8]], _ log: SampleLog, _ rules: LogRules
    ) async throws -> Double {
        let source = try TemporaryFolder()
        defer { source.remove() }
        let database = try LogDatabase(inFolder: source.path)
        try database.addLog(SampleLog.origin, isOwn: true)
        try database.beginLife(HashValue(of: "copying".utf8))
        _ = try await Publisher(
            database: database, origin: SampleLog.origin, signer: log.signer
        ).publish(bytes.map { NewEntry(reading: $0) }, expecting: 0)
        return try await served(database, rules) { address in
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let copy = try LogDatabase(inFolder: folder.path)
            try copy.addLog(SampleLog.origin, isOwn: false)
            let network = PeerNetwork()
            let client = network.client(address)
            let seconds = await Stopwatch.seconds {
                _ = await Follower(database: copy, rules: rules)
                    .follow(SampleLog.origin, from: [client])
            }
            await network.shutdown()
            return seconds
        }
    }

    private static func measure(
        _ count: Int, _ entries: [NewEntry], _ rules: LogRules, _ address: PeerAddress
    ) async throws -> Benchmark.Sample {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        let copy = try LogDatabase(inFolder: folder.path)
        try copy.addLog(SampleLog.origin, isOwn: false)
        let network = PeerNetwork()
        let client = network.client(address)
        var outcome: FollowOutcome?
        let ours = await Stopwatch.seconds {
            let follower = Follower(database: copy, rules: rules)
            outcome = await follower.follow(SampleLog.origin, from: [client]).outcome
        }
        let copying = try await Stopwatch.seconds {
            for start in stride(from: 0, to: count, by: 256) {
                _ = try await client.bundle(
                    SampleLog.origin, index: UInt64(start / 256), width: min(256, count - start))
            }
        }
        await network.shutdown()
        guard outcome == .advanced(from: 0, to: UInt64(count)) else {
            throw UnexpectedResult(expected: "a copy of \(count) entries", found: "\(outcome)")
        }
        let hashing = Stopwatch.seconds {
            _ = MerkleTree.root(of: entries.map { MerkleTree.leafHash($0.bytes) })
        }
        let inserting = try Stopwatch.seconds {
            try RawInserts.insert(entries.map(\.bytes), into: "\(folder.path)/raw.sqlite")
        }
        return Benchmark.Sample(
            measured: Double(count) / ours,
            limit: Double(count) / max(hashing, inserting, copying))
    }

    /// Runs a body against a server that has the database, then stops it.
    private static func served<Value: Sendable>(
        _ database: LogDatabase, _ rules: LogRules,
        _ body: @escaping @Sendable (PeerAddress) async throws -> Value
    ) async throws -> Value {
        let services = NodeServices(database: database, rules: rules) {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        }
        return try await served(services, body)
    }

    static func served<Value: Sendable>(
        _ services: NodeServices,
        _ body: @escaping @Sendable (PeerAddress) async throws -> Value
    ) async throws -> Value {
        var configuration = NodeConfiguration()
        (configuration.syncSeconds, configuration.scrubSeconds) = (0, 0)
        let server = NodeServer(
            configuration: configuration, services: services, logger: NodeLog.silent)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try await server.run(handlingSignals: false) { port.yield($0) }
                return nil
            }
            group.addTask {
                for await number in ports {
                    return try await body(PeerAddress(parsing: "http://127.0.0.1:\(number)"))
                }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw UnexpectedResult(
                expected: "a server that stays until it is done", found: "that it ended")
        }
    }
}

/// A log of real signed entries, for measuring.
struct SampleLog {
    static let origin = "sample.concord.example/xx/1"
    let signer: NoteSigner

    init() throws {
        signer = try NoteSigner(
            name: Self.origin, key: SigningKey(seed: [UInt8](repeating: 3, count: 32)),
            algorithm: .ed25519)
    }

    var rules: LogRules {
        let key = signer.verifier
        return LogRules(
            keys: { _, _ in [key] }, policy: { _ in try? WitnessPolicy.requiring(0, of: []) })
    }

    func entries(_ count: Int) throws -> [NewEntry] {
        let author = try NoteSigner(
            name: "xx.authority", key: SigningKey(seed: [UInt8](repeating: 4, count: 32)),
            algorithm: .ed25519)
        var generator = SystemRandomNumberGenerator()
        return try (0..<count).map { number in
            let occupation = String(1_000 + number % 8_000)
            let entry = try ActDraft(
                kind: "regulation", author: "xx.authority", subjects: ["isco:\(occupation)", "XX"],
                act: [
                    "jurisdiction": "XX", "occupation": .string(occupation), "regulated": false,
                    "basis": [
                        "text": .string("constructed for this measurement, number \(number)"),
                        "source": "none", "confidence": "constructed",
                    ],
                ]
            ).entry(for: Self.origin, signedBy: [author], using: &generator)
            return NewEntry(reading: entry.serialized)
        }
    }
}

/// A folder that goes away when the measurement is done, at the latest with its last owner.
///
/// What iterations share keeps it: the function that measures once must hold the folder, or
/// whatever owns it, until it returns.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "concord-bench-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { remove() }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}
