import Cryptography
import TestSupport
import Testing

@Suite("Sealed messages")
struct SealedMessageTests {
    var generator = SeededGenerator(seed: 41)
    let wrapping: SealingKey
    let context: [UInt8] = [1, 2, 3]
    let plaintext = Array("Testina Exemplar".utf8)

    init() { wrapping = SealingKey.generated(using: &generator) }

    @Test mutating func openUnderTheirWrappingKey() throws {
        for length in [0, 1, 16, 5_000] {
            let plaintext = [UInt8].random(count: length, using: &generator)
            let message = SealedMessage(
                sealing: plaintext, under: wrapping, context: context, using: &generator)
            #expect(
                try message.opened(with: wrapping, context: context, what: "it") == plaintext)
        }
    }

    @Test mutating func openUnderNothingElse() throws {
        let message = SealedMessage(
            sealing: plaintext, under: wrapping, context: context, using: &generator)
        let other = SealingKey.generated(using: &generator)
        let wrong = CryptographyError.wrongKeyOrDamaged(what: "it")
        #expect(throws: wrong) { try message.opened(with: other, context: context, what: "it") }
        #expect(throws: wrong) { try message.opened(with: wrapping, context: [], what: "it") }
        for index in message.box.indices {
            var box = message.box
            box[index] ^= 1
            let changed = SealedMessage(wrappedKey: message.wrappedKey, box: box)
            #expect(throws: wrong) {
                try changed.opened(with: wrapping, context: context, what: "it")
            }
        }
        for index in message.wrappedKey.indices {
            var key = message.wrappedKey
            key[index] ^= 1
            let changed = SealedMessage(wrappedKey: key, box: message.box)
            #expect(throws: wrong) {
                try changed.opened(with: wrapping, context: context, what: "it")
            }
        }
        let short = SealedMessage(wrappedKey: message.wrappedKey, box: [1, 2])
        #expect(throws: wrong) { try short.opened(with: wrapping, context: context, what: "it") }
    }

    @Test mutating func moveToAnotherWrappingKey() throws {
        let message = SealedMessage(
            sealing: plaintext, under: wrapping, context: context, using: &generator)
        let next = SealingKey.generated(using: &generator)
        let moved = SealedMessage(
            wrappedKey: try SealedMessage.rewrapped(
                message.wrappedKey, from: wrapping, to: next, context: context, what: "it",
                using: &generator), box: message.box)
        #expect(try moved.opened(with: next, context: context, what: "it") == plaintext)
        #expect(throws: CryptographyError.self) {
            try moved.opened(with: wrapping, context: context, what: "it")
        }
    }

    @Test func pooledNumbersDoNotRepeat() {
        let generator = PooledGenerator()
        let other = PooledGenerator()
        let numbers =
            (0..<5_000).map { _ in generator.next() } + (0..<5_000).map { _ in other.next() }
        #expect(Set(numbers).count == 10_000)
    }
}
