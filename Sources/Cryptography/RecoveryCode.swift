/// A private key as groups of letters and digits that a person can write down and type again
/// (`Protocol/keys.md § Recovery sheets`).
///
/// Fourteen groups of five: four hold the content, the fifth is the check of the group and of
/// its place, so that one wrong or two exchanged signs are found, and in which group.
public struct RecoveryCode: Sendable {
    /// `ABCDE`, fourteen times. As secret as the key.
    public let groups: [String]

    public static let groupCount = 14
    static let groupLength = 5

    /// The code of a key.
    public init(of key: SigningKey) {
        var seed = key.seed
        defer { Sodium.wipe(&seed) }
        self.init(seed: seed)
    }

    private init(seed: [UInt8]) {
        var values = RecoveryCode.values(of: seed)
        // 256 bits are 51 signs and one bit; the check of all follows in the last group.
        values += RecoveryCode.sum(of: seed)
        groups = (1...RecoveryCode.groupCount).map { number in
            let content = Array(values[(4 * number - 4)..<(4 * number)])
            let signs = content + [RecoveryCode.check(content, number: number)]
            return String(decoding: signs.map { Fingerprint.alphabet[Int($0)] }, as: UTF8.self)
        }
    }

    /// Reads what a person typed: groups apart by white space, in any case, with or without
    /// their numbers; O for 0, I and L for 1.
    ///
    /// - Throws: `recoveryGroups` with the numbers of the groups in which a mistake is.
    public init(parsing text: String) throws(CryptographyError) {
        let words = text.split { $0.isWhitespace }.map { word in
            String(word.filter { !"-.):".contains($0) })
        }.filter { word in
            // The number that stands before a group.
            !(word.utf8.count <= 2 && word.utf8.allSatisfy { (0x30...0x39).contains($0) })
        }
        guard words.count == RecoveryCode.groupCount else {
            throw .recoveryGroupCount(expected: RecoveryCode.groupCount, found: words.count)
        }
        var values: [UInt8] = []
        var wrong: [Int] = []
        for (index, word) in words.enumerated() {
            let signs = word.utf8.map(Fingerprint.value)
            let content = signs.prefix(4).compactMap { $0 }
            guard signs.count == RecoveryCode.groupLength, content.count == 4,
                signs[4] == RecoveryCode.check(content, number: index + 1)
            else {
                wrong.append(index + 1)
                continue
            }
            values += content
        }
        guard wrong.isEmpty else { throw .recoveryGroups(wrong) }
        var seed = RecoveryCode.bytes(of: values.prefix(52))
        defer { Sodium.wipe(&seed) }
        let whole = RecoveryCode(seed: seed)
        guard
            whole.groups.map({ Array($0.utf8.prefix(4)) })
                == stride(from: 0, to: values.count, by: 4).map({ start in
                    values[start..<(start + 4)].map { Fingerprint.alphabet[Int($0)] }
                })
        else { throw .recoverySum }
        groups = whole.groups
    }

    /// The key of the code.
    public func signingKey() throws(CryptographyError) -> SigningKey {
        let values = groups.flatMap { $0.utf8.prefix(4).compactMap(Fingerprint.value) }
        var seed = RecoveryCode.bytes(of: values.prefix(52))
        defer { Sodium.wipe(&seed) }
        return try SigningKey(seed: seed)
    }

    /// 52 values of five bits, four zero bits at the end.
    private static func values(of seed: [UInt8]) -> [UInt8] {
        var values: [UInt8] = []
        var window: UInt32 = 0
        var bits: UInt32 = 0
        for byte in seed + [0] {
            window = window << 8 | UInt32(byte)
            bits += 8
            while bits >= 5, values.count < 52 {
                bits -= 5
                values.append(UInt8(window >> bits & 31))
            }
        }
        return values
    }

    private static func bytes(of values: some Collection<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var window: UInt32 = 0
        var bits: UInt32 = 0
        for value in values {
            window = window << 5 | UInt32(value)
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: window >> bits))
            }
        }
        return Array(bytes.prefix(SigningKey.seedByteCount))
    }

    /// The first twenty bits of a hash of the seed, as four values.
    private static func sum(of seed: [UInt8]) -> [UInt8] {
        let hash = HashValue(of: Array("concord recovery 1\n".utf8) + seed).bytes
        let bits = UInt32(hash[0]) << 16 | UInt32(hash[1]) << 8 | UInt32(hash[2])
        return stride(from: UInt32(19), through: 4, by: -5).map { UInt8(bits >> $0 & 31) }
    }

    /// The check of a group: a polynomial over GF(32), in which each place has its own power.
    private static func check(_ content: [UInt8], number: Int) -> UInt8 {
        var sum = UInt8(number)
        for value in content { sum = doubled(sum) ^ value }
        return doubled(sum)
    }

    /// Times the root of x^5 + x^2 + 1.
    private static func doubled(_ value: UInt8) -> UInt8 {
        let shifted = value << 1
        return shifted & 32 == 0 ? shifted : shifted ^ 0b100101
    }
}
