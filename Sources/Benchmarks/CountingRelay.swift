import Foundation
import Synchronization

/// A listener on loopback that passes all bytes on to a server, both ways, and counts them.
///
/// Everything on the wire is counted as it stands there, heads included. Listens until the
/// process ends.
final class CountingRelay: Sendable {
    let port: Int
    private let count = Mutex(0)

    /// The bytes that went through, both ways.
    var byteCount: Int { count.withLock { $0 } }

    init(to server: Int) throws {
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
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                connect(client, to: server)
            }
        }
    }

    private func connect(_ client: Int32, to server: Int) {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = CountingRelay.loopback(server)
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(client)
            close(other)
            return
        }
        let ended = Mutex(0)
        let isLast: @Sendable () -> Bool = {
            ended.withLock { count in
                count += 1
                return count == 2
            }
        }
        for (from, to) in [(client, other), (other, client)] {
            Thread.detachNewThread { [self] in
                pass(from, to)
                shutdown(to, Int32(SHUT_WR))
                guard isLast() else { return }
                close(from)
                close(to)
            }
        }
    }

    private func pass(_ from: Int32, _ to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let received = recv(from, &buffer, buffer.count, 0), received > 0 {
            // Order: counted before it is passed on, so that who has an answer can ask.
            count.withLock { $0 += received }
            var sent = 0
            while sent < received {
                let more = buffer[sent..<received].withUnsafeBytes {
                    send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard more > 0 else { return }
                sent += more
            }
        }
    }

    private static func loopback(_ port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
