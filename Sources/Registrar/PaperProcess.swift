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
        /// A text becomes a picture of a QR code.
        case code(CodeForm)

        fileprivate var arguments: [String] {
            switch self {
            case .print: ["print"]
            case .read(let seconds): ["read", String(seconds)]
            case .code(let form): ["code", form.rawValue]
            }
        }
    }

    /// The kinds of pictures that a code can be.
    public enum CodeForm: String, CaseIterable, Sendable {
        case png, svg
    }

    private let process: ChildProcess

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
        guard let process = ChildProcess(path: path, arguments: work.arguments) else {
            throw .paper(.noProgram(path: path))
        }
        self.process = process
    }

    /// Sends a line, or everything and an end, and waits for what it answers.
    ///
    /// - Throws: `RegistrarError.paper` with the reason that the process gives.
    public func answer(to request: [UInt8], isLast: Bool) throws(RegistrarError) -> [UInt8] {
        // It may refuse before the end; what it says stands in the answer.
        _ = process.write(request)
        if isLast { process.closeInput() }
        let head = line().split(separator: " ")
        guard head.count == 2, let count = Int(head[1]), count <= Self.answerLimit,
            let content = process.read(count)
        else { throw .paper(.gaveUp) }
        guard head[0] == "ok" else {
            throw .paper(.refused(String(decoding: content, as: UTF8.self)))
        }
        return content
    }

    public func stop() { process.end() }

    private func line() -> String {
        var line: [UInt8] = []
        while line.count < 32, let byte = process.read(1)?.first {
            if byte == UInt8(ascii: "\n") { break }
            line.append(byte)
        }
        return String(decoding: line, as: UTF8.self)
    }
}
