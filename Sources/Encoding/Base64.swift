/// Base 64 text (RFC 4648), strict: no white space, no stray bits, one spelling of each value.
public enum Base64: Sendable {
    /// § 4, with padding: signed notes, checkpoints, keys.
    case standard
    /// § 5, without padding: JOSE.
    case url

    /// The one text of those bytes.
    public func encode(_ bytes: some Collection<UInt8>) -> String {
        bytes.withContiguousStorageIfAvailable { encoded($0) }
            ?? Array(bytes).withUnsafeBufferPointer { encoded($0) }
    }

    /// The bytes, or nil if the text is not the one encoding of them.
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(utf8: text.utf8)
    }

    /// The bytes, or nil if the text is not the one encoding of them.
    public func decode(utf8 text: some Collection<UInt8>) -> [UInt8]? {
        if let bytes = text.withContiguousStorageIfAvailable({ decoded($0) }) { return bytes }
        return Array(text).withUnsafeBufferPointer { decoded($0) }
    }

    private func encoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let (groups, rest) = bytes.count.quotientAndRemainder(dividingBy: 3)
        let tail = rest == 0 ? 0 : self == .standard ? 4 : rest + 1
        return String(unsafeUninitializedCapacity: groups * 4 + tail) { text in
            alphabet.withUnsafeBufferPointer { alphabet in
                var length = 0
                func put(_ window: UInt32, _ count: Int) {
                    for place in 0..<count {
                        text[length] = alphabet[Int(window >> UInt32(18 - 6 * place) & 63)]
                        length += 1
                    }
                }
                for group in 0..<groups {
                    put(
                        UInt32(bytes[3 * group]) << 16 | UInt32(bytes[3 * group + 1]) << 8
                            | UInt32(bytes[3 * group + 2]), 4)
                }
                if rest > 0 {
                    let second = rest == 2 ? UInt32(bytes[3 * groups + 1]) << 8 : 0
                    put(UInt32(bytes[3 * groups]) << 16 | second, rest + 1)
                }
                while length < groups * 4 + tail {
                    text[length] = UInt8(ascii: "=")
                    length += 1
                }
                return length
            }
        }
    }

    private func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var count = text.count
        if self == .standard {
            guard count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where count > 0 && text[count - 1] == UInt8(ascii: "=") { count -= 1 }
        }
        let (groups, rest) = count.quotientAndRemainder(dividingBy: 4)
        guard rest != 1 else { return nil }
        return values.withUnsafeBufferPointer { values in
            // A byte that is no digit has the two highest bits set, which no digit has.
            var seen: UInt8 = 0
            func digit(_ index: Int) -> UInt32 {
                let value = values[Int(text[index])]
                seen |= value
                return UInt32(value)
            }
            var strayBits: UInt32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: count * 3 / 4) { out, length in
                for group in 0..<groups {
                    let at = 4 * group
                    let window =
                        digit(at) << 18 | digit(at + 1) << 12 | digit(at + 2) << 6 | digit(at + 3)
                    out[length] = UInt8(truncatingIfNeeded: window >> 16)
                    out[length + 1] = UInt8(truncatingIfNeeded: window >> 8)
                    out[length + 2] = UInt8(truncatingIfNeeded: window)
                    length += 3
                }
                guard rest > 0 else { return }
                let third = rest == 3 ? digit(4 * groups + 2) << 6 : 0
                let window = digit(4 * groups) << 18 | digit(4 * groups + 1) << 12 | third
                strayBits = window & (rest == 3 ? 0xFF : 0xFFFF)
                for place in 0..<(rest - 1) {
                    out[length] = UInt8(truncatingIfNeeded: window >> UInt32(16 - 8 * place))
                    length += 1
                }
            }
            return seen < 64 && strayBits == 0 ? bytes : nil
        }
    }

    private var alphabet: [UInt8] {
        self == .url ? Base64.urlAlphabet : Base64.standardAlphabet
    }

    private var values: [UInt8] { self == .url ? Base64.urlValues : Base64.standardValues }

    private static let standardAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let standardValues = values(of: standardAlphabet)
    private static let urlValues = values(of: urlAlphabet)

    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }
}
