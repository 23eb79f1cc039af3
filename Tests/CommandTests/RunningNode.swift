import Foundation

/// A node's process that listens on a free port of the loopback address.
final class RunningNode {
    enum Failure: Error { case didNotStart(String), didNotAnswer }

    let folder: String
    let port: Int
    private let process: Process
    private let ended = DispatchSemaphore(value: 0)

    var url: String { "http://127.0.0.1:\(port)" }

    /// Starts `node serve`, or another command that listens, and waits until it does, at most
    /// ten seconds.
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
        try process.run()
        let limit = Date(timeIntervalSinceNow: 10)
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
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        let request = Array(
            "GET \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n".utf8)
        guard isConnected, send(connection, request, request.count, Int32(MSG_NOSIGNAL)) > 0
        else { throw Failure.didNotAnswer }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(connection, &buffer, buffer.count, 0), count > 0 {
            answer += buffer[..<count]
        }
        guard answer.starts(with: "HTTP/1.1 200".utf8),
            let end = answer.firstRange(of: Array("\r\n\r\n".utf8))
        else { throw Failure.didNotAnswer }
        return Array(answer[end.upperBound...])
    }
}
