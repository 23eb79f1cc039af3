/// Base 64 text (RFC 4648), strict: no white space, no stray bits, one spelling of each value.
public enum Base64: Sendable {
    /// § 4, with padding: signed notes, checkpoints, keys.
    case standard
    /// § 5, without padding: JOSE.
    case url

    public func encode(_ bytes: some Collection<UInt8>) -> String {
        if let text = bytes.withContiguousStorageIfAvailable({ encoded($0) }) { return text }
        return Array(bytes).withUnsafeBufferPointer { encoded($0) }
    }

    private func encoded(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let alphabet = self == .url ? Base64.urlAlphabet : Base64.standardAlphabet
        let capacity = (bytes.count + 2) / 3 * 4
        return String(unsafeUninitializedCapacity: capacity) { text in
            var window: UInt32 = 0
            var bits = 0
            var count = 0
            for byte in bytes {
                window = window << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    text[count] = alphabet[Int(window >> UInt32(bits) & 63)]
                    count += 1
                }
            }
            if bits > 0 {
                text[count] = alphabet[Int(window << UInt32(6 - bits) & 63)]
                count += 1
            }
            while self == .standard, count < capacity {
                text[count] = UInt8(ascii: "=")
                count += 1
            }
            return count
        }
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

    private func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        var count = text.count
        if self == .standard {
            guard count.isMultiple(of: 4) else { return nil }
            for _ in 0..<2 where count > 0 && text[count - 1] == UInt8(ascii: "=") { count -= 1 }
        }
        guard count % 4 != 1 else { return nil }
        let table = self == .url ? Base64.urlTable : Base64.standardTable
        var failed = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count * 3 / 4) { out, written in
            var window: UInt32 = 0
            var bits: UInt32 = 0
            var length = 0
            let whole = count & ~3
            table.withUnsafeBufferPointer { table in
                // Four digits at a time; 255 in any of them sets the two highest bits.
                var index = 0
                var seen: UInt8 = 0
                while index < whole {
                    let first = table[Int(text[index])]
                    let second = table[Int(text[index + 1])]
                    let third = table[Int(text[index + 2])]
                    let fourth = table[Int(text[index + 3])]
                    seen |= first | second | third | fourth
                    out[length] = first << 2 | second >> 4
                    out[length + 1] = second << 4 | third >> 2
                    out[length + 2] = third << 6 | fourth
                    index += 4
                    length += 3
                }
                failed = seen > 63
            }
            for index in whole..<count {
                let digit = table[Int(text[index])]
                if digit == 255 {
                    failed = true
                    break
                }
                window = window << 6 | UInt32(digit)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    out[length] = UInt8(truncatingIfNeeded: window >> bits)
                    length += 1
                }
            }
            if window & ((1 << bits) - 1) != 0 { failed = true }
            written = length
        }
        return failed ? nil : bytes
    }

    private static let standardAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let urlAlphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let standardTable = table(of: standardAlphabet)
    private static let urlTable = table(of: urlAlphabet)

    private static func table(of alphabet: [UInt8]) -> [UInt8] {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, letter) in alphabet.enumerated() { table[Int(letter)] = UInt8(value) }
        return table
    }
}
