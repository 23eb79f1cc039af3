import Cryptography
import Encoding
import TestSupport
import Testing

/// A seed with the key and the one signature that follow from it.
struct SigningVector: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let seed: [UInt8]
    let key: [UInt8]
    let message: [UInt8]
    let signature: [UInt8]

    static func all() throws -> [SigningVector] {
        let bytes = try ConformanceVectors.bytes("ed25519/rfc8032-and-sign-input.json")
        var file = try MemberReader(JSONValue(parsing: bytes), at: "")
        return try file.readers("cases").map { reader in
            var reader = reader
            let row = try reader.integer("row")
            return SigningVector(
                testDescription: "row \(row)",
                seed: try #require(Hexadecimal.decode(try reader.string("seed"))),
                key: try #require(Hexadecimal.decode(try reader.string("pk"))),
                message: try #require(Hexadecimal.decode(try reader.string("msg"))),
                signature: try #require(Hexadecimal.decode(try reader.string("sig"))))
        }
    }
}

@Suite(.enabled(if: ConformanceVectors.has("ed25519"), "no vectors for ed25519"))
struct SigningKeyVectorTests {
    @Test(arguments: try SigningVector.all())
    func signsByteForByte(_ vector: SigningVector) throws {
        let key = try SigningKey(seed: vector.seed)
        #expect(key.verificationKey.bytes == vector.key)
        #expect(key.signature(for: vector.message) == vector.signature)
        #expect(key.signature(for: AnyCollection(vector.message)) == vector.signature)
        #expect(key.verificationKey.isValid(vector.signature, for: vector.message))
    }

    @Test(arguments: try SigningVector.all())
    func refusesEveryFlippedBit(_ vector: SigningVector) throws {
        let key = try #require(VerificationKey(bytes: vector.key))
        for bit in 0..<(8 * 64) {
            if key.isValid(flipped(vector.signature, bit), for: vector.message) {
                Issue.record("bit \(bit) of the signature")
            }
        }
        for bit in 0..<(8 * 32) {
            let other = try #require(VerificationKey(bytes: flipped(vector.key, bit)))
            if other.isValid(vector.signature, for: vector.message) {
                Issue.record("bit \(bit) of the key")
            }
        }
        // Of a long message one bit of each byte, to end within a second or two.
        let isShort = vector.message.count <= 64
        for place in vector.message.indices {
            for bit in isShort ? Array(0..<8) : [place % 8]
            where key.isValid(vector.signature, for: flipped(vector.message, 8 * place + bit)) {
                Issue.record("bit \(bit) of byte \(place) of the message")
            }
        }
    }

    private func flipped(_ bytes: [UInt8], _ bit: Int) -> [UInt8] {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }
}

@Suite struct SigningKeyTests {
    @Test func refusesASeedOfAnotherLength() {
        #expect(
            throws: CryptographyError.wrongLength(of: "a seed", expected: 32, found: 31)
        ) { try SigningKey(seed: [UInt8](repeating: 0, count: 31)) }
    }

    @Test func followsFromItsGenerator() {
        var one = SeededGenerator(seed: 1)
        var same = SeededGenerator(seed: 1)
        let key = SigningKey.generated(using: &one)
        #expect(key.verificationKey == SigningKey.generated(using: &same).verificationKey)
        #expect(key.verificationKey != SigningKey.generated(using: &one).verificationKey)
    }

    @Test func drawsAsManyBytesAsAsked() {
        var generator = SeededGenerator(seed: 2)
        for count in 0...40 {
            #expect([UInt8].random(count: count, using: &generator).count == count)
        }
    }
}
