public import Foundation

/// A request as a test's server sees it.
public struct RawRequest: Sendable {
    public let method: String
    public let path: String
    /// The first byte of the range that was asked for, if one was.
    public let rangeStart: Int?
    public let body: [UInt8]
}

/// What a test's server does with a request.
public enum RawAnswer: Sendable {
    case bytes(Int, [UInt8])
    case text(Int, String)
    /// A header and a body of that length which come a byte at a time, a pause between them.
    case trickle(length: Int, pause: TimeInterval)
    /// Announces a length and sends for ever, up to a limit.
    case flood(announced: Int?, sent: Int)
    case redirect(String)
    /// Takes the request and never answers.
    case silence
    /// These bytes and nothing else: no answer in HTTP unless they are one.
    case raw([UInt8])
    /// Closes the connection without a word.
    case close
}

/// An HTTP server on a loopback port that does whatever a test wants, badly if need be.
///
/// Listens until the process ends, so that an address outlives the reference to its server.
public final class RawServer: Sendable {
    public let port: Int

    public init(_ answer: @escaping @Sendable (RawRequest) -> RawAnswer) throws {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        guard socket >= 0, bound, listen(socket, 64) == 0 else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let connection = accept(socket, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread { RawServer.serve(connection, answer) }
            }
        }
    }

    public var url: String { "http://127.0.0.1:\(port)" }

    private static func serve(
        _ connection: Int32, _ answer: @Sendable (RawRequest) -> RawAnswer
    ) {
        defer { close(connection) }
        guard let request = read(connection) else { return }
        switch answer(request) {
        case .bytes(let status, let body): reply(connection, status, body, request)
        case .text(let status, let text): reply(connection, status, Array(text.utf8), request)
        case .trickle(let length, let pause):
            guard write(connection, head(200, length: length)) else { return }
            for _ in 0..<length {
                guard write(connection, [0x2E]) else { return }
                Thread.sleep(forTimeInterval: pause)
            }
        case .flood(let announced, let sent):
            guard write(connection, head(200, length: announced)) else { return }
            let part = [UInt8](repeating: 0x2E, count: 65_536)
            for _ in 0..<(sent / part.count) {
                guard write(connection, part) else { return }
            }
        case .redirect(let url):
            let text = "HTTP/1.1 302 Found\r\nlocation: \(url)\r\ncontent-length: 0\r\n\r\n"
            _ = write(connection, Array(text.utf8))
        case .raw(let bytes): _ = write(connection, bytes)
        case .silence: Thread.sleep(forTimeInterval: 30)
        case .close: break
        }
    }

    private static func reply(
        _ connection: Int32, _ status: Int, _ body: [UInt8], _ request: RawRequest
    ) {
        if status == 200, let start = request.rangeStart, start < body.count {
            _ = write(connection, head(206, length: body.count - start))
            _ = write(connection, Array(body[start...]))
        } else {
            _ = write(connection, head(status, length: body.count))
            _ = write(connection, body)
        }
    }

    private static func head(_ status: Int, length: Int?) -> [UInt8] {
        let length = length.map { "content-length: \($0)\r\n" } ?? ""
        return Array("HTTP/1.1 \(status) Answer\r\nconnection: close\r\n\(length)\r\n".utf8)
    }

    private static func write(_ connection: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func read(_ connection: Int32) -> RawRequest? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let end = Array("\r\n\r\n".utf8)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes.append(contentsOf: buffer[..<count])
            guard let range = bytes.firstRange(of: end) else { continue }
            let head = String(decoding: bytes[..<range.lowerBound], as: UTF8.self)
            let lines = head.split(separator: "\r\n")
            let first = lines.first?.split(separator: " ") ?? []
            guard first.count == 3 else { return nil }
            func header(_ name: String) -> String? {
                lines.first { $0.lowercased().hasPrefix("\(name):") }
                    .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
            }
            let length = header("content-length").flatMap { Int($0) } ?? 0
            let body = Array(bytes[range.upperBound...])
            guard body.count >= length else { continue }
            let start = header("range").flatMap { Int($0.dropFirst(6).dropLast()) }
            return RawRequest(
                method: String(first[0]), path: String(first[1]), rangeStart: start, body: body)
        }
    }
}
