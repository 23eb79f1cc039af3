import Foundation
import TestSupport

/// A node's process that listens on a free port of the loopback address.
final class RunningNode {
    enum Failure: Error { case didNotStart(String), didNotAnswer }

    let folder: String
    let port: Int
    private let process: Process
    private let ended = DispatchSemaphore(value: 0)

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts `node serve`, or another command that listens, and waits until it does, at most
    /// a minute.
    ///
    /// - Parameters:
    ///   - arguments: the other command; nil: `node serve`.
    ///   - syncSeconds: the pause between rounds; 0: only when told to.
    ///   - port: where `node serve` listens; 0: on a free port.
    ///   - launcher: a command that starts it; its path comes first.
    init(
        folder: String, _ arguments: [String]? = nil, syncSeconds: Int = 0, port: Int = 0,
        through launcher: [String] = []
    ) throws {
        self.folder = folder
        let portFile = "\(folder)/node.port"
        try? FileManager.default.removeItem(atPath: portFile)
        let complaint = URL(filePath: "\(folder).err")
        process = try ConcordProcess.prepared(
            arguments
                ?? [
                    "node", "serve", "--node", folder, "--port", "\(port)", "--sync-seconds",
                    "\(syncSeconds)",
                ],
            output: URL(filePath: "\(folder).out"), complaint: complaint, through: launcher)
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try ConcordProcess.start(process)
        let limit = Date(timeIntervalSinceNow: 60)
        var found: Int?
        while found == nil, Date() < limit, process.isRunning {
            if let text = try? String(contentsOfFile: portFile, encoding: .utf8) {
                found = Int(text.trimmingCharacters(in: .whitespacesAndNewlines))
            }
            if found == nil { Thread.sleep(forTimeInterval: 0.02) }
        }
        guard let found else {
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            let said = (try? String(contentsOf: complaint, encoding: .utf8)) ?? ""
            throw Failure.didNotStart(said)
        }
        self.port = found
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Tells the process to stop; its exit status, or nil if it had to be killed.
    func stop() -> Int32? {
        process.terminate()
        if ended.wait(timeout: .now() + .seconds(30)) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            return nil
        }
        return process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// The body of an answer over a connection of its own.
    func get(_ path: String) throws -> [UInt8] {
        let connection = try ClientSocket(port: port)
        connection.send("GET \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
        let answer = connection.receive(seconds: 120)
        guard answer.starts(with: "HTTP/1.1 200".utf8),
            let end = answer.firstRange(of: Array("\r\n\r\n".utf8))
        else { throw Failure.didNotAnswer }
        return Array(answer[end.upperBound...])
    }
}
