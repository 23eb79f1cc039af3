internal import Encoding

/// Names and values as addresses and forms write them (RFC 3986 § 2.1; the URL standard's
/// `application/x-www-form-urlencoded`).
enum PercentEncoding {
    /// nil if a percent sign leads nowhere or the bytes are no UTF-8.
    static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
        var bytes: [UInt8] = []
        let source = Array(text.utf8)
        var index = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < source.count,
                    let byte = UInt8(
                        String(decoding: source[(index + 1)...(index + 2)], as: UTF8.self),
                        radix: 16)
                else { return nil }
                bytes.append(byte)
                index += 2
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(source[index])
            }
            index += 1
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// How many pairs are read.
    private static let pairLimit = 32

    /// What does not read is left out.
    static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").prefix(pairLimit).compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, let name = decoded(first, plusIsSpace: true),
                let value = decoded(parts.count > 1 ? parts[1] : "", plusIsSpace: true)
            else { return nil }
            return (name, value)
        }
    }
}
