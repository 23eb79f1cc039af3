import Foundation
import Node
import Sync

/// A node's process on one core, for measuring it from the outside with the tools of others.
final class BenchmarkedNode: Sendable {
    let port: Int
    private let process: Process

    /// Starts this program's `node serve` and waits until it listens.
    ///
    /// - Parameter isOnOneCore: whether it gets the first core alone, as a server that it is
    ///   compared with does.
    init(folder: String, isOnOneCore: Bool) throws {
        let portFile = "\(folder)/\(NodeServer.portFileName)"
        try? FileManager.default.removeItem(atPath: portFile)
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let words =
            (isOnOneCore ? [try OutsideTool.path("taskset"), "-c", "0"] : [])
            + [program, "node", "serve", "--node", folder, "--port", "0", "--sync-seconds", "0"]
        process = OutsideTool.process(words)
        try process.run()
        let limit = Date(timeIntervalSinceNow: 20)
        var found: Int?
        while found == nil, Date() < limit, process.isRunning {
            found = (try? String(contentsOfFile: portFile, encoding: .utf8))
                .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
            if found == nil { Thread.sleep(forTimeInterval: 0.02) }
        }
        guard let found else {
            throw UnexpectedResult(expected: "a node that listens", found: "no port in \(portFile)")
        }
        port = found
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    var memory: ProcessMemory { .of("\(process.processIdentifier)") }

    func get(_ path: String) async throws -> [UInt8] {
        let address = try PeerAddress(parsing: "http://127.0.0.1:\(port)")
        return try await PeerNetwork.with { network in
            try await network.client(address).get(path, limit: 64 << 20)
        }
    }
}

/// Programs of the system that rows compare with.
enum OutsideTool {
    static func path(_ name: String) throws -> String {
        for folder in ["/usr/bin", "/bin", "/usr/sbin", "/usr/local/bin"] {
            let path = "\(folder)/\(name)"
            if FileManager.default.isExecutableFile(atPath: path) { return path }
        }
        throw MissingTool(name)
    }

    static func process(_ words: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// What wrk measures on the second core: answers a second, and how long they took.
    ///
    /// - Throws: where an answer was no success.
    static func wrk(
        _ url: String, connections: Int, seconds: Int, script: String? = nil
    ) throws -> (rate: Double, median: Double, p99: Double) {
        let words =
            [try path("taskset"), "-c", "1", try path("wrk"), "-t1", "-c\(connections)"]
            + ["-d\(seconds)s", "--latency"] + (script.map { ["-s", $0] } ?? []) + [url]
        let process = process(words)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        func word(after name: String) -> String? {
            // By the first word: other lines of wrk end in percentages too.
            let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
            return lines.first { $0.first == name[...] }?.last.map(String.init)
        }
        guard !text.contains("Non-2xx"),
            let rate = word(after: "Requests/sec:").flatMap(Double.init)
        else {
            throw UnexpectedResult(
                expected: "answers of the kind 2xx and their rate", found: "\(text)")
        }
        let (median, p99) = (milliseconds(word(after: "50%")), milliseconds(word(after: "99%")))
        // Where hardly anything was answered in time, there is nothing to compare.
        guard median > 0, p99 > 0 else {
            throw UnexpectedResult(expected: "answers in time", found: "hardly any")
        }
        return (rate, median, p99)
    }

    private static func milliseconds(_ word: String?) -> Double {
        guard let word else { return 0 }
        for (unit, factor) in [("us", 0.001), ("ms", 1.0), ("s", 1_000)] where word.hasSuffix(unit)
        {
            return (Double(word.dropLast(unit.count)) ?? 0) * factor
        }
        return 0
    }
}
