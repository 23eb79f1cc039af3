import Cryptography
import Encoding
import Foundation
import Recognition
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification

/// Resolving questions from a large registry, and folding entries into it.
enum RecognitionBenchmarks {
    static func all(_ scale: BenchmarkScale, _ worlds: SampleWorlds) -> [Benchmark] {
        [
            resolve(scale, worlds), tail(scale, worlds), parsing(scale, worlds),
            lookup(scale, worlds),
            growth(scale, worlds), memory(scale, worlds), fold(scale),
        ]
    }

    private static let large = 1_000_000
    private static let small = 10_000

    /// Seconds of each question, warm: every question was asked once before.
    private static func seconds(
        _ world: SampleWorld, questions: Int, cachedBytes: Int? = nil
    ) throws -> [Double] {
        let inquiry = try SampleInquiry(world, cachedBytes: cachedBytes)
        for number in 0..<questions { try inquiry.ask(number) }
        return try (0..<questions).map { number in
            try Stopwatch.seconds { try inquiry.ask(number) }
        }.sorted()
    }

    private static func resolve(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "resolve.one",
            what: "one question resolved, registry of \(count) entries of 200 countries, warm; "
                + "median, against 100 microseconds",
            unit: "us", moreIsBetter: false, goal: 1
        ) {
            let world = try worlds.world(entries: count)
            return {
                let all = try seconds(world, questions: 2_000)
                return Benchmark.Sample(measured: all[all.count / 2] * 1e6, limit: 100)
            }
        }
    }

    private static func tail(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "resolve.one.p99",
            what: "the same, 99th of 100, against a millisecond", unit: "us",
            moreIsBetter: false, goal: 1
        ) {
            let world = try worlds.world(entries: count)
            return {
                let all = try seconds(world, questions: 2_000)
                return Benchmark.Sample(measured: all[all.count * 99 / 100] * 1e6, limit: 1_000)
            }
        }
    }

    private static func parsing(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "resolve.one.parsing",
            what: "the same, every act that it needs parsed anew, against 100 microseconds",
            unit: "us", moreIsBetter: false
        ) {
            let world = try worlds.world(entries: count)
            return {
                let all = try seconds(world, questions: 2_000, cachedBytes: 0)
                return Benchmark.Sample(measured: all[all.count / 2] * 1e6, limit: 100)
            }
        }
    }

    private static func lookup(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "resolve.one.lookup",
            what: "the same, against one primary-key lookup in the same file", unit: "us",
            moreIsBetter: false
        ) {
            let world = try worlds.world(entries: count)
            return {
                let all = try seconds(world, questions: 2_000)
                let origin = try SampleCountryLog(world.countries[1]).pin.origin
                let times = 2_000
                let lookups = try Stopwatch.seconds {
                    try world.database.read { snapshot throws(StorageError) in
                        for number in 0..<UInt64(times) {
                            let index = number % UInt64(world.entriesPerLog)
                            _ = try snapshot.entries(origin, index..<(index + 1))
                        }
                    }
                }
                return Benchmark.Sample(
                    measured: all[all.count / 2] * 1e6, limit: lookups / Double(times) * 1e6)
            }
        }
    }

    private static func growth(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let (few, many) = (scale.count(full: small), scale.count(full: large))
        return Benchmark(
            id: "resolve.growth",
            what: "one question with \(many) entries, against one with \(few)", unit: "us",
            moreIsBetter: false, goal: 1 / 1.5
        ) {
            let (little, world) = (
                try worlds.world(entries: few), try worlds.world(entries: many)
            )
            return {
                let before = try seconds(little, questions: 1_000)
                let after = try seconds(world, questions: 1_000)
                return Benchmark.Sample(
                    measured: after[after.count / 2] * 1e6,
                    limit: before[before.count / 2] * 1e6)
            }
        }
    }

    private static func memory(
        _ scale: BenchmarkScale, _ worlds: SampleWorlds
    ) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "resolve.growth.memory",
            what: "anonymous memory after 2,000 questions to \(count) entries", unit: "MB",
            moreIsBetter: false, goal: 1
        ) {
            let world = try worlds.world(entries: count)
            return {
                _ = try seconds(world, questions: 2_000)
                return Benchmark.Sample(
                    measured: try AnonymousMemory.megabytes(), limit: 200)
            }
        }
    }

    /// Folding is reading what each entry is found by, and storing that; its time beside that of
    /// the whole copying, with the same entries.
    private static func fold(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: large)
        return Benchmark(
            id: "registry.fold",
            what: "\(count) new entries read and indexed, against copying them over loopback",
            unit: "s", moreIsBetter: false, goal: 2, runs: scale == .full ? 1 : 5
        ) {
            let log = try SampleLog()
            let bytes = try log.entries(count).map(\.bytes)
            let rules = log.rules
            return {
                let folding = try await folded(bytes, log)
                let copying = try await LogBenchmarks.copying(bytes, log, rules)
                return Benchmark.Sample(measured: folding, limit: copying)
            }
        }
    }

    /// The seconds that entries take with what they are found by, beyond those without.
    private static func folded(_ bytes: [[UInt8]], _ log: SampleLog) async throws -> Double {
        var entries: [NewEntry] = []
        let reading = Stopwatch.seconds { entries = bytes.map { NewEntry(reading: $0) } }
        let bare = entries.map {
            NewEntry(bytes: $0.bytes, identity: $0.identity, kind: nil, subjects: [])
        }
        func stored(_ entries: [NewEntry]) throws -> Double {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let database = try LogDatabase(inFolder: folder.path)
            try database.addLog(SampleLog.origin, isOwn: true)
            return try Stopwatch.seconds {
                try database.append(entries, to: SampleLog.origin, expecting: 0)
            }
        }
        return reading + max(try stored(entries) - stored(bare), 0)
    }
}

/// Anonymous memory of this process; mapped files are not counted.
enum AnonymousMemory {
    static func megabytes() throws -> Double {
        let text = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        for line in text.split(separator: "\n") where line.hasPrefix("RssAnon:") {
            let digits = line.filter { ("0"..."9").contains($0) }
            if let kilobytes = Double(digits) { return kilobytes / 1_024 }
        }
        throw UnexpectedResult(expected: "RssAnon in the status of this process", found: "none")
    }
}
