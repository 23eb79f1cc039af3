import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct NoteKeyTests {
    @Test func writesAndReadsItsText() throws {
        for algorithm in [NoteKey.Algorithm.ed25519, .cosignature] {
            let key = try SampleLog.signer(1, as: algorithm).verifier
            let read = try NoteKey(parsing: key.description)
            #expect(read == key)
            #expect(read.id == key.id)
            #expect(read.description == key.description)
        }
    }

    @Test func computesItsIdFromNameTypeAndKey() throws {
        let key = try SampleLog.signer(1).verifier
        let hash = HashValue(of: Array("\(key.name)\n".utf8) + [1] + key.key.bytes)
        #expect(hash.hexadecimal.hasPrefix(key.description.split(separator: "+")[1]))
        let other = try SampleLog.signer(1, as: .cosignature).verifier
        #expect(other.id != key.id)
    }

    @Test(arguments: [
        "", " ", "a b", "a+b", "a\tb", "a\nb", "a\u{0}", "\u{1F}", "a\u{A0}b", "a\u{2003}",
        "\u{3000}x", "a\u{85}", "a\u{2028}",
    ]) func refusesNames(name: String) throws {
        let key = try SampleLog.signer(1).verifier.key
        #expect(throws: LogError.keyName) {
            try NoteKey(name: name, algorithm: .ed25519, key: key)
        }
    }

    @Test func takesNamesByTheirBytes() throws {
        let key = try SampleLog.signer(1).verifier.key
        // Kelvin sign and K, and two spellings of one letter: equal to `==` of strings.
        for (one, other) in [("\u{212A}", "K"), ("\u{E9}", "e\u{301}")] {
            #expect(one == other)
            let left = try NoteKey(name: one, algorithm: .ed25519, key: key)
            let right = try NoteKey(name: other, algorithm: .ed25519, key: key)
            #expect(left != right)
            #expect(left.id != right.id)
        }
    }

    @Test func refusesEveryFlippedByte() throws {
        let text = Array(try SampleLog.signer(1).verifier.description.utf8)
        for index in text.indices {
            let changed = String(decoding: text.flipped(at: index), as: UTF8.self)
            #expect(throws: LogError.self, "\(index)") { try NoteKey(parsing: changed) }
        }
    }

    @Test func refusesTextsOfAnotherForm() throws {
        let text = try SampleLog.signer(1).verifier.description
        for changed in [text + "\n", " " + text, text + "=", text.uppercased(), "+" + text, ""] {
            #expect(throws: LogError.self) { try NoteKey(parsing: changed) }
        }
        #expect(throws: LogError.self) {
            try NoteKey(parsing: String(repeating: "n", count: 70_000) + "+00000000+AA==")
        }
    }
}
