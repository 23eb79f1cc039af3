import Cryptography
import Encoding
import TestSupport
import Testing

@Suite struct SealingKeyTests {
    private let key: SealingKey
    private let context = Array("context".utf8)
    private let refusal = CryptographyError.wrongKeyOrDamaged(what: "the record")

    init() throws {
        key = try SealingKey(bytes: (0..<32).map { UInt8($0) })
    }

    private func sealed(_ text: String, seed: UInt64 = 1) -> [UInt8] {
        var generator = SeededGenerator(seed: seed)
        return key.seal(Array(text.utf8), context: context, using: &generator)
    }

    @Test(arguments: ["", "x", "a longer text, of more than one block of the cipher, to be sealed"])
    func opensWhatItSealed(_ text: String) throws {
        let box = sealed(text)
        #expect(box.count == 24 + text.utf8.count + 16)
        #expect(try key.open(box, context: context, what: "the record") == Array(text.utf8))
        #expect(box != sealed(text, seed: 2))
    }

    @Test func refusesEveryFlippedBitAndEveryTruncation() {
        let box = sealed("sealed text")
        for bit in 0..<(8 * box.count) {
            var changed = box
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: refusal) {
                try key.open(changed, context: context, what: "the record")
            }
        }
        for length in box.indices {
            #expect(throws: refusal) {
                try key.open(box[..<length], context: context, what: "the record")
            }
        }
        #expect(throws: refusal) { try key.open(box + [0], context: context, what: "the record") }
    }

    @Test func refusesAnotherKeyAndAnotherContext() throws {
        let box = sealed("sealed text")
        let other = try SealingKey(bytes: (1..<33).map { UInt8($0) })
        #expect(throws: refusal) { try other.open(box, context: context, what: "the record") }
        #expect(throws: refusal) { try key.open(box, context: [], what: "the record") }
        #expect(
            refusal.description
                == "expected to open the record, found a wrong passphrase or key, or changed bytes"
        )
    }

    @Test func wrapsAKey() throws {
        var generator = SeededGenerator(seed: 3)
        let inner = SealingKey.generated(using: &generator)
        let wrapped = inner.wrapped(by: key, context: context, using: &generator)
        let box = inner.seal([1, 2, 3], context: [], using: &generator)
        let opened = try SealingKey(
            unwrapping: wrapped, with: key, context: context, what: "the record")
        #expect(try opened.open(box, context: [], what: "the record") == [1, 2, 3])
        let short = key.seal([1, 2, 3], context: context, using: &generator)
        #expect(throws: CryptographyError.wrongLength(of: "a key", expected: 32, found: 3)) {
            try SealingKey(unwrapping: short, with: key, context: context, what: "the record")
        }
    }

    @Test func derivesFromPassphraseSaltAndCost() throws {
        let cost = PassphraseCost(operations: 1, memory: 8_192)
        let salt = [UInt8](repeating: 5, count: 16)
        let word = Array("correct horse".utf8)
        let key = try SealingKey(passphrase: word, salt: salt, cost: cost)
        var generator = SeededGenerator(seed: 4)
        let box = key.seal([9], context: [], using: &generator)
        func opens(_ passphrase: [UInt8], _ salt: [UInt8], _ cost: PassphraseCost) throws -> Bool {
            let key = try SealingKey(passphrase: passphrase, salt: salt, cost: cost)
            return (try? key.open(box, context: [], what: "x")) == [9]
        }
        #expect(try opens(word, salt, cost))
        #expect(try !opens(word + [0], salt, cost))
        #expect(try !opens([], salt, cost))
        #expect(try !opens(word, [UInt8](repeating: 6, count: 16), cost))
        #expect(try !opens(word, salt, PassphraseCost(operations: 2, memory: 8_192)))
        #expect(try !opens(word, salt, PassphraseCost(operations: 1, memory: 16_384)))
    }

    @Test func refusesWrongLengthsAndImpossibleCosts() {
        #expect(throws: CryptographyError.wrongLength(of: "a key", expected: 32, found: 31)) {
            try SealingKey(bytes: [UInt8](repeating: 0, count: 31))
        }
        let cost = PassphraseCost(operations: 1, memory: 8_192)
        #expect(throws: CryptographyError.wrongLength(of: "salt", expected: 16, found: 15)) {
            try SealingKey(passphrase: [1], salt: [UInt8](repeating: 0, count: 15), cost: cost)
        }
        let salt = [UInt8](repeating: 0, count: 16)
        #expect(throws: CryptographyError.keyDerivationOutOfMemory(bytes: 1)) {
            try SealingKey(
                passphrase: [1], salt: salt, cost: PassphraseCost(operations: 1, memory: 1))
        }
    }
}
