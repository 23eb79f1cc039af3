import Cryptography
import Foundation
import Node
import Storage
import TransparencyLog

/// A node's process from its start until it answers, with the logs of two hundred countries.
enum RestartBenchmarks {
    static func restart(_ scale: BenchmarkScale) -> Benchmark {
        let (logs, entries) = (200, scale.count(full: 10_000))
        return Benchmark(
            id: "node.restart",
            what:
                "concord node serve with \(logs) logs of \(entries) entries, from its start until "
                + "it listens, against 1 s",
            unit: "ms", moreIsBetter: false, goal: 1
        ) {
            let office = try await SampleOffice()
            try fill(office.folder.path, logs: logs, entries: entries)
            return {
                defer { withExtendedLifetime(office) {} }
                return Benchmark.Sample(
                    measured: try start(office.folder.path) * 1_000, limit: 1_000)
            }
        }
    }

    /// Copies of logs beside the node's own, all with the same entries.
    private static func fill(_ folder: String, logs: Int, entries count: Int) throws {
        let log = try SampleLog()
        let entries = try log.entries(count)
        let database = try LogDatabase(inFolder: folder)
        var growth = LogExtension(extending: TreeEdge())
        growth.append(contentsOf: entries)
        for number in 0..<logs {
            let origin = "sample.concord.example/x\(number)/1"
            let signer = try NoteSigner(
                name: origin, key: SigningKey(seed: [UInt8](repeating: 3, count: 32)),
                algorithm: .ed25519)
            let head = try TreeHead(
                origin: origin, size: growth.newSize, root: growth.root)
            try database.addLog(origin, isOwn: false)
            try database.append(
                growth, to: origin,
                record: CheckpointRecord(Checkpoint.signed(head, by: signer)), replacing: nil)
        }
        try database.close()
    }

    /// Seconds until the process has written that it listens.
    private static func start(_ folder: String) throws -> Double {
        let file = "\(folder)/\(NodeServer.portFileName)"
        let process = Process()
        process.executableURL = URL(
            filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        process.arguments = [
            "node", "serve", "--node", folder, "--port", "0", "--sync-seconds", "0",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        return try Stopwatch.seconds {
            try process.run()
            while !FileManager.default.fileExists(atPath: file) {
                guard process.isRunning else {
                    throw UnexpectedResult(
                        expected: "a node that starts",
                        found: "that it ended with \(process.terminationStatus)")
                }
                usleep(500)
            }
        }
    }
}
