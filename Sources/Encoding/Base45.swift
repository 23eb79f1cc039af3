/// Base 45 text (RFC 9285), in the alphabet of a QR code's alphanumeric mode: strict, one
/// spelling of each value.
public enum Base45: Sendable {
    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in alphabet.enumerated() { values[Int(letter)] = UInt8(value) }
        return values
    }()

    /// The one text of those bytes: three letters for two bytes, two for a last single one.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = []
        var first: Int?
        func put(_ value: Int, _ count: Int) {
            var rest = value
            for _ in 0..<count {
                text.append(alphabet[rest % 45])
                rest /= 45
            }
        }
        for byte in bytes {
            if let high = first {
                put(high << 8 | Int(byte), 3)
                first = nil
            } else {
                first = Int(byte)
            }
        }
        if let first { put(first, 2) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil if the text is not the one encoding of them.
    public static func decode(utf8 text: some Collection<UInt8>) -> [UInt8]? {
        guard text.count % 3 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 3 * 2 + 1)
        var value = 0
        var place = 0
        for letter in text {
            let digit = Int(values[Int(letter)])
            guard digit < 45 else { return nil }
            value += place == 0 ? digit : place == 1 ? 45 * digit : 2_025 * digit
            place += 1
            guard place == 3 else { continue }
            guard value <= 0xFFFF else { return nil }
            bytes.append(UInt8(value >> 8))
            bytes.append(UInt8(value & 0xFF))
            (value, place) = (0, 0)
        }
        if place == 2 {
            guard value <= 0xFF else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }
}
