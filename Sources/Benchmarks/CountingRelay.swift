import Foundation
import Synchronization

/// Passes the bytes of TCP connections on to a port of this machine and counts them, headers and
/// all, in both directions.
///
/// Listens until the process ends.
final class CountingRelay: Sendable {
    let port: Int
    private let count = Mutex(0)

    init(to target: Int) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = CountingRelay.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard listener >= 0, isBound, listen(listener, 64) == 0 else {
            throw POSIXError(.EADDRNOTAVAIL)
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let near = accept(listener, nil, nil)
                guard near >= 0, let relay = self else { return }
                let far = CountingRelay.connect(to: target)
                Thread.detachNewThread { relay.pass(from: near, to: far) }
                Thread.detachNewThread { relay.pass(from: far, to: near) }
            }
        }
    }

    /// The bytes since the last call.
    func take() -> Int {
        count.withLock { count in
            defer { count = 0 }
            return count
        }
    }

    private func pass(from source: Int32, to sink: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let got = recv(source, &buffer, buffer.count, 0)
            guard got > 0 else { break }
            count.withLock { $0 += got }
            var sent = 0
            while sent < got {
                let put = buffer[sent..<got].withUnsafeBytes {
                    send(sink, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard put > 0 else { break }
                sent += put
            }
        }
        shutdown(sink, Int32(SHUT_WR))
    }

    private static func connect(to port: Int) -> Int32 {
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return connection
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
