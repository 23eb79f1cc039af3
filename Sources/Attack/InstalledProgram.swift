import Foundation

/// The installed `concord` and what lies beside it, run as processes of their own.
struct InstalledProgram: Sendable {
    struct Outcome: Sendable {
        /// The exit status; 128 and more if a signal ended the process.
        let code: Int32
        let output: [UInt8]
        let complaint: String
    }

    let path: String
    /// Where what a process says is kept until it has ended.
    private let folder: URL

    /// - Parameter path: the program; its own executable is the installed one.
    init(path: String, folder: URL) {
        self.path = path
        self.folder = folder
    }

    /// A program that was installed beside it.
    func neighbour(_ name: String) throws -> InstalledProgram {
        let place = URL(filePath: path).deletingLastPathComponent().appending(path: name).path
        guard FileManager.default.isExecutableFile(atPath: place) else {
            throw AttackFailure("expected \(name) beside concord at \(place), found none")
        }
        return InstalledProgram(path: place, folder: folder)
    }

    /// Runs it to its end.
    ///
    /// - Parameters:
    ///   - input: what stands on its standard input.
    ///   - launcher: a command that starts it.
    @discardableResult
    func run(
        _ arguments: [String], input: [UInt8] = [], through launcher: [String] = []
    ) throws -> Outcome {
        let id = UInt64.random(in: 0 ... .max)
        let files = ["in", "out", "err"].map { folder.appending(path: "run-\(id).\($0)") }
        defer { for file in files { try? FileManager.default.removeItem(at: file) } }
        for file in files { try Data(file == files[0] ? input : []).write(to: file) }
        let process = prepared(arguments, through: launcher)
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        let isExit = process.terminationReason == .exit
        return Outcome(
            code: process.terminationStatus + (isExit ? 0 : 128),
            output: Array(try Data(contentsOf: files[1])),
            complaint: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }

    /// Runs what must succeed, to set the stage.
    func prepare(_ arguments: [String]) throws {
        let outcome = try run(arguments)
        guard outcome.code == 0 else {
            throw AttackFailure(
                "concord \(arguments.joined(separator: " ")) ended with \(outcome.code): "
                    + outcome.complaint)
        }
    }

    /// Starts `node serve` and waits until it listens; the caller stops it.
    func serve(_ node: String) throws -> (process: Process, url: String) {
        let process = prepared(
            ["node", "serve", "--node", node, "--port", "0", "--sync-seconds", "0"], through: [])
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let limit = Date(timeIntervalSinceNow: 20)
        while process.isRunning, Date() < limit {
            if let text = try? String(contentsOfFile: "\(node)/node.port", encoding: .utf8),
                let port = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
            {
                return (process, "http://127.0.0.1:\(port)")
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
        if process.isRunning { process.terminate() }
        throw AttackFailure("expected a node that listens within 20 s, found none")
    }

    private func prepared(_ arguments: [String], through launcher: [String]) -> Process {
        let process = Process()
        let words = launcher + [path] + arguments
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        // Nobody reads what it says in another language here.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": "C.UTF-8"]) { $1 }
        return process
    }
}
