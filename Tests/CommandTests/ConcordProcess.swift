import Foundation

/// The built `concord`, run as a process of its own.
enum ConcordProcess {
    struct Outcome {
        /// The exit status; nil if a signal ended the process, ours after the time limit included.
        let code: Int32?
        let output: [UInt8]
        let complaint: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var complaintLines: [Substring] { complaint.split(separator: "\n") }
    }

    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the bundle of the tests, or where a debug build puts it.
    static let binary: URL = {
        let bundles =
            [Bundle.main.bundleURL, URL(filePath: CommandLine.arguments[0])]
            + CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { URL(filePath: $0) }
        let places = bundles.flatMap { [$0, $0.deletingLastPathComponent()] }
            .map { $0.appending(path: "concord") }
        return places.first {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0.path, isDirectory: &isFolder)
                && !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: $0.path)
        } ?? repository.appending(path: ".build/debug/concord")
    }()

    /// Runs it with nothing on standard input and kills it after the time limit.
    ///
    /// - Parameters:
    ///   - launcher: a command that starts it; its path comes first.
    ///   - isLauncherAlone: the launcher is all there is to run.
    ///   - environment: what is added to the environment of the tests.
    static func run(
        _ arguments: [String], seconds: Int = 60, locale: String = "C.UTF-8",
        through launcher: [String] = [], isLauncherAlone: Bool = false,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let base = FileManager.default.temporaryDirectory
            .appending(path: "concord-run-\(UUID().uuidString)")
        // Files rather than pipes: no output is too long for them.
        let output = base.appendingPathExtension("out")
        let complaint = base.appendingPathExtension("err")
        defer {
            try? FileManager.default.removeItem(at: output)
            try? FileManager.default.removeItem(at: complaint)
        }
        let process = try prepared(
            arguments, output: output, complaint: complaint, locale: locale, through: launcher)
        process.environment?.merge(environment) { $1 }
        if isLauncherAlone { process.arguments = launcher.dropFirst() + arguments }
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try start(process)
        if ended.wait(timeout: .now() + .seconds(seconds)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        return Outcome(
            code: process.terminationReason == .exit ? process.terminationStatus : nil,
            output: Array(try Data(contentsOf: output)),
            complaint: String(decoding: try Data(contentsOf: complaint), as: UTF8.self))
    }

    /// Starts what `prepared` made; the files of its output are then its own alone.
    static func start(_ process: Process) throws {
        try process.run()
        // Foundation keeps a process that has a termination handler, and with it these.
        for stream in [process.standardOutput, process.standardError] {
            try (stream as? FileHandle)?.close()
        }
    }

    /// Foundation's `Process` breaks at some 1,350 open files (see `ChildProcess`); a test that
    /// leaves files or sockets open is to be found before.
    struct TooManyOpenFiles: Error {
        let count: Int
        static let limit = 1_000
    }

    /// A process that is ready to run, its output going to two files.
    static func prepared(
        _ arguments: [String], output: URL, complaint: URL, locale: String = "C.UTF-8",
        through launcher: [String] = []
    ) throws -> Process {
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        guard open < TooManyOpenFiles.limit else { throw TooManyOpenFiles(count: open) }
        let process = Process()
        let words = launcher + [binary.path] + arguments
        process.executableURL = URL(filePath: words[0])
        process.arguments = Array(words.dropFirst())
        process.currentDirectoryURL = repository
        // Transcripts are compared in English, whatever the language of this machine.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["LC_ALL": locale]) { $1 }
        process.standardInput = FileHandle.nullDevice
        try Data().write(to: output)
        try Data().write(to: complaint)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: complaint)
        return process
    }
}
