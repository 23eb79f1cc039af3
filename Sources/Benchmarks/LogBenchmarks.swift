import Cryptography
import Encoding
import Foundation
import Node
import Storage
import Sync
import TransparencyLog

/// Appending to a log, and copying one over loopback.
enum LogBenchmarks {
    /// The first step of publishing: hashed, with tree and index, on disk.
    static func append(_ scale: BenchmarkScale) -> Benchmark {
        appending(
            scale, id: "log.append", goal: 0.6,
            what: "appended durably, with tree and index, against bare inserts of the same bytes"
        ) { database, publisher, entries, size in
            _ = try database.append(entries, to: SampleLog.origin, expecting: size)
        }
    }

    /// All of its steps on a node without witnesses.
    static func publish(_ scale: BenchmarkScale) -> Benchmark {
        appending(
            scale, id: "log.publish", goal: nil,
            what: "appended durably, looked at again, signed and published batch by batch, "
                + "against bare inserts of the same bytes"
        ) { database, publisher, entries, size in
            try await publisher.publish(entries, expecting: size)
        }
    }

    private typealias Appending =
        @Sendable (LogDatabase, Publisher, [NewEntry], _ size: UInt64) async throws -> Void

    private static func appending(
        _ scale: BenchmarkScale, id: String, goal: Double?, what: String,
        _ append:
            @escaping @Sendable (LogDatabase, Publisher, [NewEntry], UInt64) async throws ->
            Void
    ) -> Benchmark {
        let (count, batch) = (scale == .full ? 64 : 16, 1_024)
        return Benchmark(
            id: id, what: "\(count) batches of \(batch) entries of 250 bytes \(what)",
            unit: "1/s", moreIsBetter: true, goal: goal
        ) {
            let log = try SampleLog()
            let batches = (0..<count).map { number in
                (0..<batch).map { SampleLog.short(number * batch + $0) }
            }
            let rows = batches.flatMap { $0.map(\.bytes) }
            return {
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let database = try LogDatabase(inFolder: folder.path)
                try database.addLog(SampleLog.origin, isOwn: true)
                let publisher = Publisher(
                    database: database, origin: SampleLog.origin, signer: log.signer)
                try database.beginLife(HashValue(of: "append".utf8))
                let ours = try await Stopwatch.seconds {
                    for (number, batch) in batches.enumerated() {
                        let entries = batch.map(\.entry)
                        try await append(
                            database, publisher, entries, UInt64(number * entries.count))
                    }
                }
                let bare = try RawInserts(into: "\(folder.path)/raw.sqlite")
                let inserting = try Stopwatch.seconds { try bare.insert(rows, batch: batch) }
                return Benchmark.Sample(
                    measured: Double(rows.count) / ours, limit: Double(rows.count) / inserting)
            }
        }
    }

    static func sync(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 100_000)
        return Benchmark(
            id: "sync.cold",
            what: "\(count) entries copied over loopback, verified and stored, against the "
                + "slowest of hashing, bare inserts and copying",
            unit: "1/s", moreIsBetter: true, goal: 1 / 1.5
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
            throw UnexpectedResult(
                expected: "a copy of \(count) entries", found: String(describing: outcome))
        }
        let hashing = Stopwatch.seconds {
            _ = MerkleTree.root(of: entries.map { MerkleTree.leafHash($0.bytes) })
        }
        let rows = entries.map(\.bytes)
        let bare = try RawInserts(into: "\(folder.path)/raw.sqlite")
        let inserting = try Stopwatch.seconds { try bare.insert(rows) }
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
