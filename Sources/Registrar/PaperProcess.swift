import Encoding
import Foundation

/// `concord-paper`, run as a process of its own: it draws certificates and reads pictures.
///
/// It lies beside this program and gets neither keys nor files, only what is written to it. It
/// answers one request after the other; who waits for an answer waits in its own thread.
public final class PaperProcess {
    /// What the process is started for.
    public enum Work: Sendable {
        /// Certificates become pages, a line of JSON each.
        case print
        /// The codes in one picture, with so many seconds of processor time at the most.
        case read(seconds: Int)

        fileprivate var arguments: [String] {
            switch self {
            case .print: ["print"]
            case .read(let seconds): ["read", String(seconds)]
            }
        }
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    private static let name = "concord-paper"
    /// A page, or what a picture says, is smaller.
    private static let answerLimit = 64 << 20

    public init(_ work: Work) throws(RegistrarError) {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: Self.name).path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw .paper(.noProgram(path: path))
        }
        // A process that ended is told by what it did not answer, not by a signal.
        signal(SIGPIPE, SIG_IGN)
        process.executableURL = URL(filePath: path)
        process.arguments = work.arguments
        process.standardInput = input
        process.standardOutput = output
        do { try process.run() } catch { throw .paper(.noProgram(path: path)) }
    }

    /// Sends a line, or everything and an end, and waits for what it answers.
    ///
    /// - Throws: `RegistrarError.paper` with the reason that the process gives.
    public func answer(to request: [UInt8], isLast: Bool) throws(RegistrarError) -> [UInt8] {
        let writer = input.fileHandleForWriting
        do {
            try writer.write(contentsOf: Data(request))
            if isLast { try writer.close() }
        } catch {
            // It may have refused before the end; what it says stands in the answer.
        }
        let head = line().split(separator: " ")
        guard head.count == 2, let count = Int(head[1]), count <= Self.answerLimit,
            let content = bytes(count)
        else { throw .paper(.gaveUp) }
        guard head[0] == "ok" else {
            throw .paper(.refused(String(decoding: content, as: UTF8.self)))
        }
        return content
    }

    public func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func line() -> String {
        var line: [UInt8] = []
        while line.count < 32, let byte = bytes(1)?.first {
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }

    private func bytes(_ count: Int) -> [UInt8]? {
        var found: [UInt8] = []
        while found.count < count {
            guard
                let data = try? output.fileHandleForReading.read(upToCount: count - found.count),
                !data.isEmpty
            else { return nil }
            found.append(contentsOf: data)
        }
        return found
    }
}
