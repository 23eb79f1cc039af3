import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// What news costs: bytes on the wire, and the time until one entry is at a peer.
enum SyncBenchmarks {
    static func all(_ scale: BenchmarkScale) -> [Benchmark] {
        [bytes(scale), idle, one(scale), growth(scale)]
    }

    private static func bytes(_ scale: BenchmarkScale) -> Benchmark {
        let (history, news) = (scale.count(full: 20_000), scale.count(full: 2_000))
        return Benchmark(
            id: "sync.bytes",
            what: "bytes on the wire for \(news) new entries over \(history), both ways, against "
                + "1.02 times their bundles by gzip -6 and 1.5 KB",
            unit: "bytes", moreIsBetter: false, goal: 1
        ) {
            let gzip = try tool("gzip")
            let log = try SampleLog()
            let entries = try log.entries(history + news)
            return {
                let source = try Source(log)
                defer { source.folder.remove() }
                try await source.publish(Array(entries[..<history]))
                return try await source.served { relay, address in
                    let copy = try Copy(log)
                    defer { copy.folder.remove() }
                    _ = try await copy.round(with: address)
                    try await source.publish(Array(entries[history...]))
                    _ = relay.take()
                    let size = try await copy.round(with: address)
                    guard size == history + news else { throw UnexpectedVerdict() }
                    let plain = entries[history...].flatMap { entry -> [UInt8] in
                        let count = entry.bytes.count
                        return [UInt8(count >> 8), UInt8(count & 0xFF)] + entry.bytes
                    }
                    let packed = try compressed(plain, by: gzip, in: copy.folder.path)
                    return Benchmark.Sample(
                        measured: Double(relay.take()), limit: 1.02 * Double(packed) + 1_536)
                }
            }
        }
    }

    private static let idle = Benchmark(
        id: "sync.bytes.idle", what: "bytes on the wire of a round with nothing new, against 200",
        unit: "bytes", moreIsBetter: false, goal: 1
    ) {
        let log = try SampleLog()
        let entries = try log.entries(50)
        return {
            let source = try Source(log)
            defer { source.folder.remove() }
            try await source.publish(entries)
            return try await source.served { relay, address in
                let copy = try Copy(log)
                defer { copy.folder.remove() }
                for _ in 0..<2 { _ = try await copy.round(with: address) }
                _ = relay.take()
                _ = try await copy.round(with: address)
                return Benchmark.Sample(measured: Double(relay.take()), limit: 200)
            }
        }
    }

    private static func one(_ scale: BenchmarkScale) -> Benchmark {
        let history = scale.count(full: 1_000_000)
        return Benchmark(
            id: "sync.one",
            what: "one entry over \(history): published, pushed, verified and durable at a peer, "
                + "against 3 times 2 fsyncs and 2 round trips",
            unit: "ms", moreIsBetter: false, goal: 1
        ) {
            let pair = try await PushedPair(history: history)
            return {
                let times = try await pair.news(20)
                return Benchmark.Sample(
                    measured: times.push * 1_000,
                    limit: 3 * 2 * (times.flush + times.roundTrip) * 1_000)
            }
        }
    }

    private static func growth(_ scale: BenchmarkScale) -> Benchmark {
        let (small, large) = (scale.count(full: 10_000), scale.count(full: 1_000_000))
        return Benchmark(
            id: "sync.one.growth",
            what: "one entry over \(large) against one over \(small), against 1.2",
            unit: "ratio", moreIsBetter: false, goal: 1
        ) {
            let (one, other) = (
                try await PushedPair(history: small), try await PushedPair(history: large)
            )
            return {
                let (few, many) = (try await one.news(20), try await other.news(20))
                return Benchmark.Sample(measured: many.push / few.push, limit: 1.2)
            }
        }
    }

    private static func tool(_ name: String) throws -> String {
        guard
            let path = ["/usr/bin/\(name)", "/bin/\(name)"].first(where: {
                FileManager.default.isExecutableFile(atPath: $0)
            })
        else { throw MissingTool(name) }
        return path
    }

    private static func compressed(
        _ bytes: [UInt8], by gzip: String, in folder: String
    ) throws -> Int {
        let path = "\(folder)/news"
        try Data(bytes).write(to: URL(filePath: path))
        let process = Process()
        process.executableURL = URL(filePath: gzip)
        process.arguments = ["-6", "-n", "-f", path]
        try process.run()
        process.waitUntilExit()
        return try Data(contentsOf: URL(filePath: path + ".gz")).count
    }
}
