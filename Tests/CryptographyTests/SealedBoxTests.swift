import Cryptography
import TestSupport
import Testing

@Suite struct SealedBoxTests {
    private let message = Array("a key of a backup".utf8)

    @Test func opensForItsKeyAlone() throws {
        var generator = SeededGenerator(seed: 1)
        let (key, other) = (
            SigningKey.generated(using: &generator), SigningKey.generated(using: &generator)
        )
        let box = try key.verificationKey.sealed(message, using: &generator)
        #expect(try key.opened(box, what: "it") == message)
        #expect(throws: CryptographyError.wrongKeyOrDamaged(what: "it")) {
            try other.opened(box, what: "it")
        }
        #expect(try key.verificationKey.sealed(message, using: &generator) != box)
    }

    @Test func refusesEveryChangedByteAndEveryLength() throws {
        var generator = SeededGenerator(seed: 2)
        let key = SigningKey.generated(using: &generator)
        let box = try key.verificationKey.sealed(message, using: &generator)
        for index in box.indices {
            var changed = box
            changed[index] ^= 1
            #expect(throws: CryptographyError.self) { try key.opened(changed, what: "it") }
        }
        for count in 0..<box.count {
            #expect(throws: CryptographyError.self) {
                try key.opened(box.prefix(count), what: "it")
            }
        }
    }

    @Test func refusesBytesThatAreNoKey() throws {
        var generator = SeededGenerator(seed: 3)
        let none = try #require(VerificationKey(bytes: [UInt8](repeating: 0, count: 32)))
        #expect(throws: CryptographyError.self) {
            try none.sealed(message, using: &generator)
        }
    }

    @Test func carriesASealingKey() throws {
        var generator = SeededGenerator(seed: 4)
        let recipient = SigningKey.generated(using: &generator)
        let key = SealingKey.generated(using: &generator)
        let sealed = key.seal(message, context: [1], using: &generator)
        let box = try key.sealed(for: recipient.verificationKey, using: &generator)
        let again = try SealingKey(opening: box, with: recipient, what: "the key")
        #expect(try again.open(sealed, context: [1], what: "it") == message)
    }
}
