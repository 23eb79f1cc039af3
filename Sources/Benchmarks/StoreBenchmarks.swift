import Foundation
import Registrar
import Storage
import Sync
import TransparencyLog

/// What a log costs on the disk, and looking through it.
enum StoreBenchmarks {
    /// Entries, stored hashes, checkpoints and indexes, as `concord log check` looks through them.
    static func check(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 1_000_000)
        return Benchmark(
            id: "log.check",
            what:
                "a log of \(count) entries checked from its bytes, against hashing them in memory",
            unit: "1/s", moreIsBetter: true, goal: 1 / 1.5
        ) {
            let grown = try await GrownLog(entries: count, isCopied: false)
            let bytes = try grown.own.read { snapshot in
                try snapshot.entries(SampleLog.origin, 0..<UInt64(count)).map(\.bytes)
            }
            return {
                let record = try grown.own.read { try $0.log(SampleLog.origin) }
                guard let record else {
                    throw UnexpectedResult(expected: "the log \(SampleLog.origin)", found: "none")
                }
                let ours = try Stopwatch.seconds {
                    let tallies = try grown.own.read { try $0.indexTallies(of: [record]) }
                    let problem =
                        try LogInspection.problem(record, in: grown.own)
                        ?? LogInspection.indexProblem(
                            record, tally: tallies[record] ?? IndexTally(), in: grown.own,
                            rules: .unbound)
                    if let problem {
                        throw UnexpectedResult(expected: "a sound log", found: "\(problem)")
                    }
                }
                let hashing = Stopwatch.seconds {
                    _ = MerkleTree.root(of: bytes.map { MerkleTree.leafHash($0) })
                }
                return Benchmark.Sample(
                    measured: Double(count) / ours, limit: Double(count) / hashing)
            }
        }
    }

    static func storage(_ scale: BenchmarkScale) -> Benchmark {
        let count = scale.count(full: 200_000)
        return Benchmark(
            id: "log.storage",
            what: "bytes on the disk of a copied log, per entry of \(count), indexes and tiles "
                + "included, against the entry and 32 bytes",
            unit: "bytes", moreIsBetter: false, goal: 1 / 1.25, runs: 1
        ) {
            {
                let log = try SampleLog()
                let folder = try TemporaryFolder()
                defer { folder.remove() }
                let database = try LogDatabase(inFolder: folder.path)
                try database.addLog(SampleLog.origin, isOwn: false)
                var payload = 0
                for start in stride(from: 0, to: count, by: 65_536) {
                    var growth = LogExtension(
                        extending: try database.read { try $0.edge(SampleLog.origin) })
                    let entries = try log.entries(min(65_536, count - start))
                    payload += entries.reduce(0) { $0 + $1.bytes.count }
                    growth.append(contentsOf: entries)
                    try database.append(growth, to: SampleLog.origin)
                }
                // What the log of writes still holds goes into the file.
                try database.close()
                let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                let disk = try names.reduce(0) { sum, name in
                    let attributes = try FileManager.default.attributesOfItem(
                        atPath: "\(folder.path)/\(name)")
                    return sum + ((attributes[.size] as? NSNumber)?.intValue ?? 0)
                }
                return Benchmark.Sample(
                    measured: Double(disk) / Double(count),
                    limit: Double(payload) / Double(count) + 32)
            }
        }
    }
}
