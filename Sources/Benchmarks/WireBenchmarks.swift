import Encoding
import Foundation
import Node
import Storage
import Sync
import TransparencyLog

/// What news costs on the wire, counted at the socket, between nodes that are not one machine.
enum WireBenchmarks {
    /// A round that fetches some new entries, against their bytes in gzip.
    static func news(_ scale: BenchmarkScale) -> Benchmark {
        let (history, news) = (scale.count(full: 20_000), scale.count(full: 2_000))
        return Benchmark(
            id: "sync.bytes",
            what: "bytes on the wire, both ways, for \(news) new entries after \(history), against "
                + "1.02 of their bundles in gzip -6 and 1.5 KB",
            unit: "bytes", moreIsBetter: false, goal: 1
        ) {
            let grown = try await GrownLog(entries: history)
            return {
                let size = Int(try grown.size)
                let entries = try grown.log.entries(news)
                return try await relayed(grown) { relay, network in
                    try await grown.publish(entries, expecting: UInt64(size))
                    let measured = try await count(relay) {
                        try await round(grown, network, expecting: .advanced)
                    }
                    var bundles: [UInt8] = []
                    for start in stride(from: 0, to: entries.count, by: 256) {
                        let end = min(start + 256, entries.count)
                        bundles += try EntryBundle(entries[start..<end].map(\.bytes)).serialized
                    }
                    return Benchmark.Sample(
                        measured: Double(measured),
                        limit: 1.02 * Double(Gzip.compressed(bundles).count) + 1_500)
                }
            }
        }
    }

    /// A round in which nothing is new, against 200 bytes.
    static func poll(_ scale: BenchmarkScale) -> Benchmark {
        Benchmark(
            id: "sync.bytes.poll",
            what: "bytes on the wire, both ways, of one round in which nothing is new, against 200",
            unit: "bytes", moreIsBetter: false, goal: 1
        ) {
            let grown = try await GrownLog(entries: 300)
            return {
                try await relayed(grown) { relay, network in
                    Benchmark.Sample(
                        measured: Double(
                            try await count(relay) {
                                try await round(grown, network, expecting: .current)
                            }), limit: 200)
                }
            }
        }
    }

    private enum Expected { case advanced, current }

    /// One round of the copy's node with the log's.
    private static func round(
        _ grown: GrownLog, _ network: PeerNetwork, expecting: Expected
    ) async throws {
        let report = await Synchronizer(
            database: grown.copy, rules: grown.log.rules, network: network
        ).round()
        switch (expecting, report.logs.first?.outcome) {
        case (.advanced, .advanced), (.current, .current): return
        case (_, let outcome):
            throw UnexpectedResult(
                expected: "a round that ends as \(expecting)",
                found: "\(outcome.map { "\($0)" } ?? "none")")
        }
    }

    /// Serves the log and has the copy's node know it through a relay that counts; the first
    /// round, before the body, is not counted.
    private static func relayed(
        _ grown: GrownLog,
        _ body: @escaping @Sendable (CountingRelay, PeerNetwork) async throws -> Benchmark.Sample
    ) async throws -> Benchmark.Sample {
        let services = NodeServices(database: grown.own, rules: grown.log.rules) {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        }
        return try await LogBenchmarks.served(services) { address in
            guard let port = Int(address.url.split(separator: ":").last ?? "") else {
                throw UnexpectedResult(expected: "a port in \(address.url)", found: "none")
            }
            let relay = try CountingRelay(to: port)
            let peer = PeerRecord(
                origin: SampleLog.origin, url: "http://127.0.0.1:\(relay.port)")
            try grown.copy.store(peer)
            defer { try? grown.copy.removePeer(origin: peer.origin, url: peer.url) }
            var limits = PeerLimits()
            limits.compression = .always
            return try await PeerNetwork.with(limits: limits) { network in
                try await round(grown, network, expecting: .current)
                return try await body(relay, network)
            }
        }
    }

    private static func count(
        _ relay: CountingRelay, _ body: () async throws -> Void
    ) async throws -> Int {
        let before = relay.byteCount
        try await body()
        return relay.byteCount - before
    }
}
