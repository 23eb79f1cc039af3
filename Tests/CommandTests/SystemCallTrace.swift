import Foundation

/// A system call of a run: its name, and the how manieth call of this name its thread made.
struct SystemCall: Hashable, CustomStringConvertible {
    let name: String
    let ordinal: Int

    var description: String { "\(name) \(ordinal)" }
}

/// What a system call meets instead of a sound disk, as strace writes it.
enum DiskFault: String, CaseIterable {
    case killed = "signal=KILL"
    case inputOutputError = "error=EIO"
    case noSpace = "error=ENOSPC"
}

/// strace, which sees the system calls of a process and can let one fail.
enum SystemCallTrace {
    /// All calls that open, write, sync, cut, rename or remove files.
    private static let calls =
        "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat"

    private static let tool = "/usr/bin/strace"
    static var isHere: Bool { FileManager.default.isExecutableFile(atPath: tool) }

    /// Runs a command and lists the calls by which it changes what is in a folder.
    static func changes(
        to folder: String, by arguments: [String]
    ) throws -> (outcome: ConcordProcess.Outcome, calls: [SystemCall]) {
        let trace = FileManager.default.temporaryDirectory
            .appending(path: "concord-trace-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: trace) }
        let outcome = try ConcordProcess.run(
            arguments, through: [tool, "-f", "-y", "-o", trace.path, "-e", "trace=\(calls)"])
        var ordinals: [String: Int] = [:]
        var found: [SystemCall] = []
        for line in try String(contentsOf: trace, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard parts.count == 2, let bracket = parts[1].firstIndex(of: "(") else { continue }
            let name = parts[1][..<bracket].trimmingCharacters(in: .whitespaces)
            guard !name.hasPrefix("<") else { continue }
            // strace counts for each thread and each name.
            let ordinal = ordinals["\(parts[0]) \(name)", default: 0] + 1
            ordinals["\(parts[0]) \(name)"] = ordinal
            let isChange = name != "openat" || !line.contains("O_RDONLY")
            if isChange, line.contains(folder) {
                found.append(SystemCall(name: name, ordinal: ordinal))
            }
        }
        return (outcome, found)
    }

    /// Runs a command and lists what it opens that may be new, and what it syncs, in their order.
    static func makingAndSyncing(
        by arguments: [String]
    ) throws -> (outcome: ConcordProcess.Outcome, paths: [String]) {
        let trace = FileManager.default.temporaryDirectory
            .appending(path: "concord-trace-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: trace) }
        let outcome = try ConcordProcess.run(
            arguments,
            through: [tool, "-f", "-y", "-o", trace.path, "-e", "trace=openat,fsync,fdatasync"])
        let text = try String(contentsOf: trace, encoding: .utf8)
        let steps = text.matches(of: /(?:sync\(\d+|O_CREAT[^\n]* = \d+)<([^>\n]+)>/)
        return (outcome, steps.map { String($0.1) })
    }

    /// Runs a command of which one call meets the fault.
    ///
    /// - Returns: whether a call met it: another run may share its work among threads otherwise.
    static func run(
        _ arguments: [String], with fault: DiskFault, at call: SystemCall
    ) throws -> (outcome: ConcordProcess.Outcome, isHit: Bool) {
        let trace = FileManager.default.temporaryDirectory
            .appending(path: "concord-fault-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: trace) }
        let outcome = try ConcordProcess.run(
            arguments,
            through: [
                tool, "-f", "-o", trace.path, "-e", "trace=\(call.name)", "-e",
                "inject=\(call.name):\(fault.rawValue):when=\(call.ordinal)",
            ])
        let text = String(decoding: try Data(contentsOf: trace), as: UTF8.self)
        return (outcome, text.contains("(INJECTED)") || text.contains("killed by SIGKILL"))
    }
}
