import Encoding
import Foundation

/// `concord-paper`, run as a process of its own: it draws certificates and reads pictures.
///
/// It lies beside this program and gets neither keys nor files, only what is written to it.
final class PaperProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    private static let name = "concord-paper"
    /// A page, or what a picture says, is smaller.
    private static let answerLimit = 64 << 20

    /// - Parameter work: `print` or `read`.
    init(_ work: String) throws {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: Self.name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw CommandFailure(
                .inputMissing,
                "expected \(Self.name) beside concord at \(path), found none; install both")
        }
        // A process that ended is told by what it did not answer, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(filePath: path)
        process.arguments = [work]
        process.standardInput = input
        process.standardOutput = output
        do { try process.run() } catch {
            throw CommandFailure(.unavailable, "\(path) cannot be started")
        }
    }

    /// Sends a line, or everything and an end, and waits for what it answers.
    ///
    /// - Throws: `notWhatItClaims` with the reason that the process gives.
    func answer(to request: [UInt8], isLast: Bool) throws -> [UInt8] {
        let writer = input.fileHandleForWriting
        do {
            try writer.write(contentsOf: Data(request))
            if isLast { try writer.close() }
        } catch {
            // It may have refused before the end; what it says stands in the answer.
        }
        let head = try line().split(separator: " ")
        guard head.count == 2, let count = Int(head[1]), count <= Self.answerLimit,
            let content = try bytes(count)
        else { throw failure }
        guard head[0] == "ok" else {
            throw CommandFailure(.notWhatItClaims, String(decoding: content, as: UTF8.self))
        }
        return content
    }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private var failure: CommandFailure {
        CommandFailure(
            .notWhatItClaims,
            "\(Self.name) gave up: the file takes more time or memory than a picture of a "
                + "certificate may")
    }

    private func line() throws -> String {
        var line: [UInt8] = []
        while line.count < 32, let byte = try bytes(1)?.first {
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    private func bytes(_ count: Int) throws -> [UInt8]? {
        var found: [UInt8] = []
        while found.count < count {
            guard
                let data = try output.fileHandleForReading.read(upToCount: count - found.count),
                !data.isEmpty
            else { return nil }
            found.append(contentsOf: data)
        }
        return found
    }
}
