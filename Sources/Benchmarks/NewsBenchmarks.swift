import Encoding
import Foundation
import Node
import Storage
import Sync
import TransparencyLog

/// One new entry, from its publication until a peer that was told has it, verified and durable.
enum NewsBenchmarks {
    static func one(_ scale: BenchmarkScale) -> Benchmark {
        let history = scale.count(full: 1_000_000)
        return Benchmark(
            id: "sync.one",
            what:
                "one entry published after \(history), pushed to a peer and stored there, against "
                + "two syncs of the disk and one round trip",
            unit: "ms", moreIsBetter: false, goal: 1.0 / 3
        ) {
            let stage = try await Stage(history)
            return {
                try await stage.serving { client in
                    let ours = try await stage.seconds(client)
                    let trip = try await median(of: times) {
                        try await Stopwatch.seconds { _ = try await client.get("/card", limit: 64) }
                    }
                    let sync = try stage.syncSeconds(times)
                    return Benchmark.Sample(
                        measured: ours * 1_000, limit: (2 * sync + trip) * 1_000)
                }
            }
        }
    }

    static func growth(_ scale: BenchmarkScale) -> Benchmark {
        let (short, long) = (scale.count(full: 10_000), scale.count(full: 1_000_000))
        return Benchmark(
            id: "sync.one.growth",
            what: "the same after \(long) entries, against after \(short)", unit: "ms",
            moreIsBetter: false, goal: 1 / 1.2
        ) {
            let stages = (try await Stage(short), try await Stage(long))
            return {
                let first = try await stages.0.serving { client in
                    Benchmark.Sample(measured: try await stages.0.seconds(client), limit: 1)
                }
                let second = try await stages.1.serving { client in
                    Benchmark.Sample(measured: try await stages.1.seconds(client), limit: 1)
                }
                return Benchmark.Sample(
                    measured: second.measured * 1_000, limit: first.measured * 1_000)
            }
        }
    }

    private static let times = 25

    private static func median(
        of times: Int, _ measure: () async throws -> Double
    ) async throws -> Double {
        var seconds: [Double] = []
        for _ in 0..<times { seconds.append(try await measure()) }
        return seconds.sorted()[times / 2]
    }

    /// A log with a history at its node, and the peer that serves a copy of it.
    private final class Stage: Sendable {
        let grown: GrownLog

        init(_ history: Int) async throws { grown = try await GrownLog(entries: history) }

        func serving(
            _ body: @escaping @Sendable (PeerClient) async throws -> Benchmark.Sample
        ) async throws -> Benchmark.Sample {
            let rules = grown.log.rules
            var services = NodeServices(
                database: grown.copy, rules: rules, card: Array("a card".utf8)
            ) { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }
            services.uploads = UploadDesk(database: grown.copy, rules: rules)
            return try await LogBenchmarks.served(services) { address in
                try await PeerNetwork.with { network in
                    let client = network.client(address)
                    _ = try await client.get("/card", limit: 64)
                    return try await body(client)
                }
            }
        }

        /// The median time of one entry.
        func seconds(_ client: PeerClient) async throws -> Double {
            try await NewsBenchmarks.median(of: NewsBenchmarks.times) {
                let entries = try grown.log.entries(1)
                let size = try grown.size
                let seconds = try await Stopwatch.seconds {
                    try await grown.publish(entries, expecting: size)
                    _ = try await EntryPush(database: grown.own)
                        .push(SampleLog.origin, to: client, from: size)
                }
                let head = try grown.copy.read { try $0.head(SampleLog.origin) }
                guard head?.head.size == size + 1 else {
                    throw UnexpectedResult(
                        expected: "a copy of \(size + 1) entries", found: "\(head?.head.size ?? 0)")
                }
                return seconds
            }
        }

        /// The median time of a write of 4 KiB that is on the disk when it returns.
        func syncSeconds(_ times: Int) throws -> Double {
            let descriptor = open("\(grown.ownFolder)/sync", O_WRONLY | O_CREAT, 0o600)
            guard descriptor >= 0 else {
                throw UnexpectedResult(
                    expected: "a file to write in \(grown.ownFolder)", found: "errno \(errno)")
            }
            defer { close(descriptor) }
            let page = [UInt8](repeating: 1, count: 4_096)
            var seconds: [Double] = []
            for _ in 0..<times {
                seconds.append(
                    try Stopwatch.seconds {
                        guard pwrite(descriptor, page, page.count, 0) == page.count,
                            fdatasync(descriptor) == 0
                        else {
                            throw UnexpectedResult(
                                expected: "a write that is on the disk", found: "errno \(errno)")
                        }
                    })
            }
            return seconds.sorted()[times / 2]
        }
    }
}
