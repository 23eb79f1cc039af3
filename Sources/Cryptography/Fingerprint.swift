/// A hash that two people can read to each other over a telephone.
///
/// Six groups of four letters and digits: the first 120 bits of a SHA-256, in the alphabet
/// of Crockford's base 32, which has no I, L, O or U.
public struct Fingerprint: Hashable, Sendable {
    /// The 24 letters and digits, without dashes.
    public let letters: String

    /// The fingerprint of some bytes: of a key's 32, or of a whole file.
    public init(of bytes: some Sequence<UInt8>) {
        let hash = HashValue(of: bytes).bytes
        var letters: [UInt8] = []
        var window: UInt32 = 0
        var bits: UInt32 = 0
        for byte in hash.prefix(15) {
            window = window << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                letters.append(Fingerprint.alphabet[Int(window >> bits & 31)])
            }
        }
        self.letters = String(decoding: letters, as: UTF8.self)
    }

    /// Reads a fingerprint as people write it: any case, with or without dashes and spaces,
    /// O for 0 and I or L for 1.
    public init?(parsing text: String) {
        var letters: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: "-") && byte != UInt8(ascii: " ") {
            guard let value = Fingerprint.value(byte) else { return nil }
            letters.append(Fingerprint.alphabet[Int(value)])
        }
        guard letters.count == 24 else { return nil }
        self.letters = String(decoding: letters, as: UTF8.self)
    }

    static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    /// The five bits of a sign as people write it, or nil.
    static func value(_ byte: UInt8) -> UInt8? {
        let sign: UInt8 =
            switch (0x61...0x7A).contains(byte) ? byte - 0x20 : byte {
            case UInt8(ascii: "O"): UInt8(ascii: "0")
            case UInt8(ascii: "I"), UInt8(ascii: "L"): UInt8(ascii: "1")
            case let byte: byte
            }
        return alphabet.firstIndex(of: sign).map { UInt8($0) }
    }
}

extension Fingerprint: CustomStringConvertible {
    /// The letters in groups: `M7YX-...`.
    public var description: String {
        stride(from: 0, to: 24, by: 4)
            .map { String(letters.dropFirst($0).prefix(4)) }
            .joined(separator: "-")
    }
}
