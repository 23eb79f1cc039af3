/// Where a node listens: `https://node.example` or `http://127.0.0.1:8080/concord`.
public struct PeerAddress: Hashable, Sendable {
    /// The address without a slash at the end.
    public let url: String

    /// Reads an address of `http` or `https` with a host, without user, query and fragment.
    public init(parsing text: String) throws(SyncError) {
        let expected = "http:// or https://, a host, perhaps a port and a path"
        let bytes = Array(text.utf8)
        guard bytes.count <= 1_000, bytes.allSatisfy({ (0x21...0x7E).contains($0) }),
            let scheme = ["http://", "https://"].first(where: { bytes.starts(with: $0.utf8) })
        else { throw .badAddress(expected: expected) }
        let rest = bytes.dropFirst(scheme.utf8.count)
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard !host.isEmpty, host.first != UInt8(ascii: ":"),
            rest.allSatisfy({
                ![UInt8(ascii: "@"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0)
            })
        else { throw .badAddress(expected: expected) }
        var end = bytes.count
        while bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
        url = String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// Whether it is a process of this machine.
    var isLoopback: Bool {
        let host = url.drop { $0 != "/" }.dropFirst(2).prefix { $0 != "/" }
        return host.hasPrefix("127.") || host.hasPrefix("[::1]")
            || host.prefix { $0 != ":" } == "localhost"
    }

    /// A file that is read like a peer; no address of the network.
    init(pack path: String) { url = "pack:\(path)" }
}

extension PeerAddress: CustomStringConvertible {
    public var description: String { url }
}
