/// One range of bytes that a client asks for (RFC 9110 § 14.2).
struct ByteRange: Hashable {
    let bounds: Range<Int>

    enum Request: Hashable {
        /// No range, or a form that may be ignored: the whole is served.
        case whole
        case part(ByteRange)
        case unsatisfiable
    }

    /// Reads `bytes=5-` and `bytes=5-9` for a body of `count` bytes; anything else asks for
    /// the whole.
    static func request(_ header: String?, count: Int) -> Request {
        let prefix = "bytes="
        guard let header, header.utf8.count <= 64, header.hasPrefix(prefix) else { return .whole }
        let parts = header.utf8.dropFirst(prefix.utf8.count).split(
            separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let first = number(parts[0]) else { return .whole }
        guard first < count else { return .unsatisfiable }
        if parts[1].isEmpty { return .part(ByteRange(bounds: first..<count)) }
        guard let last = number(parts[1]), last >= first else { return .whole }
        return .part(ByteRange(bounds: first..<(min(last, count - 1) + 1)))
    }

    private static func number(_ digits: Substring.UTF8View) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(String(Substring(digits)))
    }
}
