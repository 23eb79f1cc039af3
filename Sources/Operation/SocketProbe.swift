import Foundation
import Sync

/// Whether a port is taken, and whether somebody listens there.
enum SocketProbe {
    /// Whether this process could listen there now; true where the host is no address of IPv4.
    static func isFree(host: String, port: Int) -> Bool {
        guard var address = address(host: host, port: port) else { return true }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        return with(&address) { bind(descriptor, $0, $1) } == 0 || errno != EADDRINUSE
    }

    /// Whether a connection comes about; true where the host is no address of IPv4.
    static func answers(_ peer: PeerAddress) -> Bool {
        let rest = peer.url.split(separator: "/").dropFirst().first ?? ""
        let parts = rest.split(separator: ":")
        guard parts.count == 2, let port = Int(parts[1]),
            var address = address(host: String(parts[0]), port: port)
        else { return true }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return with(&address) { connect(descriptor, $0, $1) } == 0
    }

    private static func address(host: String, port: Int) -> sockaddr_in? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        let host = host == "localhost" ? "127.0.0.1" : host
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
        return address
    }

    private static func with(
        _ address: inout sockaddr_in, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
