import Foundation

/// A connection to a port of the loopback address, byte by byte: what a client can do that no
/// library would.
public final class ClientSocket {
    public struct NoConnection: Error {}

    private let descriptor: Int32

    public init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, 4)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw NoConnection() }
    }

    deinit { close(descriptor) }

    /// Whether all of it was taken by the system; false once the other side is gone.
    @discardableResult
    public func send(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    @discardableResult
    public func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// What comes until the other side closes, or for at most so many seconds of silence.
    public func receive(seconds: Int = 20, upTo limit: Int = .max) -> [UInt8] {
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while answer.count < limit {
            let count = recv(descriptor, &buffer, min(buffer.count, limit - answer.count), 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return answer
    }

    /// Whether something has come that nobody has read, or the other side has closed.
    public var hasAnswer: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) >= 0
    }

    /// One answer with a length, on a connection that stays open; nil: it did not come whole.
    public func answer(seconds: Int = 20) -> (status: Int, head: String, body: [UInt8])? {
        var bytes: [UInt8] = []
        while true {
            if let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) {
                let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                let length =
                    head.lowercased().split(separator: "\r\n")
                    .first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let missing = length - (bytes.count - end.upperBound)
                if missing <= 0 {
                    let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
                    return (status, head, Array(bytes[end.upperBound...].prefix(length)))
                }
            }
            let next = receive(seconds: seconds, upTo: 1)
            guard !next.isEmpty else { return nil }
            bytes += next
            if bytes.count > 1 << 20 { return nil }
        }
    }

    /// The status of the first line of an answer; nil: none came.
    public static func status(_ answer: [UInt8]) -> Int? {
        let line = String(decoding: answer.prefix(64), as: UTF8.self)
        guard line.hasPrefix("HTTP/1.1 ") else { return nil }
        return Int(line.dropFirst(9).prefix(3))
    }
}
