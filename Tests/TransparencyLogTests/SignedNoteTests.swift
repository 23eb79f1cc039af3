import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct SignedNoteTests {
    private func note(_ text: String = "A text.\n\nAnd more.\n") throws -> SignedNote {
        try SignedNote(
            text: text,
            signatures: [SampleLog.signer(1).sign(text), SampleLog.signer(2).sign(text)]
        )
    }

    @Test func splitsAtTheLastBlankLine() throws {
        for text in ["A text.\n", "A text.\n\nAnd more.\n", "\n", "\n\n\n", "a\n\n\n\n"] {
            let note = try note(text)
            let read = try SignedNote(parsing: note.serialized)
            #expect(read == note)
            #expect(read.text == text)
            #expect(read.serialized == note.serialized)
            #expect(read.signatures.count == 2)
        }
    }

    @Test func verifiesByNameIdAndKey() throws {
        let note = try note()
        let (first, second) = (try SampleLog.signer(1), try SampleLog.signer(2))
        let stranger = try SampleLog.signer(3).verifier
        #expect(note.isSigned(by: first.verifier))
        #expect(note.isSigned(by: second.verifier))
        #expect(!note.isSigned(by: stranger))
        #expect(!note.isSigned(by: try SampleLog.signer(1, name: "other").verifier))
        #expect(!note.isSigned(by: try SampleLog.signer(1, as: .cosignature).verifier))
        #expect(
            try note.verifiedKeys(among: [stranger, second.verifier, first.verifier])
                == [first.verifier, second.verifier])
        #expect(throws: LogError.noKnownSignature) { try note.verifiedKeys(among: [stranger]) }
    }

    @Test func refusesTheWholeNoteForOneBadLineOfAKnownKey() throws {
        let (first, second) = (try SampleLog.signer(1), try SampleLog.signer(2))
        let text = "A text.\n"
        let note = try SignedNote(
            text: text, signatures: [first.sign(text), second.sign("Another.\n")])
        #expect(throws: LogError.badSignature(name: SampleLog.origin)) {
            try note.verifiedKeys(among: [first.verifier, second.verifier])
        }
        #expect(try note.verifiedKeys(among: [first.verifier]) == [first.verifier])
        #expect(note.isSigned(by: first.verifier))
        #expect(!note.isSigned(by: second.verifier))
    }

    @Test func refusesEveryFlippedByte() throws {
        let note = try note()
        let keys = [try SampleLog.signer(1).verifier, try SampleLog.signer(2).verifier]
        let bytes = note.serialized
        for index in bytes.indices {
            for bit: UInt8 in [1, 0x20, 0x80] {
                let changed = bytes.flipped(at: index, bit: bit)
                let verified = try? SignedNote(parsing: changed).verifiedKeys(among: keys)
                // A change in a line can make it a stranger's, and never more than that.
                if let verified {
                    let line = try #require(String(validating: changed, as: UTF8.self))
                    #expect(verified.count == 1, "\(index)")
                    #expect(line.hasPrefix(note.text), "\(index)")
                }
            }
        }
    }

    @Test func staysWithinItsLimits() throws {
        let text = "A text.\n"
        let line = try SampleLog.signer(1).sign(text)
        #expect(throws: LogError.tooManySignatures(limit: 64)) {
            try SignedNote(text: text, signatures: Array(repeating: line, count: 65))
        }
        let full = try SignedNote(text: text, signatures: Array(repeating: line, count: 64))
        #expect(try SignedNote(parsing: full.serialized) == full)
        #expect(full.adding(try SampleLog.signer(2).sign(text)) == full)
        #expect(throws: LogError.tooManySignatures(limit: 64)) {
            try SignedNote(parsing: full.serialized + Array(line.line.utf8))
        }
        let large = [UInt8](repeating: 0x61, count: SignedNote.byteLimit + 1)
        #expect(throws: LogError.tooLarge(.note, limit: 1 << 16, found: large.count)) {
            try SignedNote(parsing: large)
        }
        #expect(throws: LogError.self) {
            try SignedNote(
                text: String(decoding: large, as: UTF8.self) + "\n", signatures: [line])
        }
    }

    @Test func addsEachLineOnceAndKeepsTheOrder() throws {
        let note = try note()
        let line = try SampleLog.signer(3).sign(note.text)
        let more = note.adding(line)
        #expect(more.signatures == note.signatures + [line])
        #expect(more.adding(line) == more)
        #expect(more.adding(note.signatures[1]) == more)
    }

    @Test(arguments: [
        "", "\n", "\n\n", "text\n", "text\n\n", "text", "\n\n— a AAAAAAA=",
        "text\n— a AAAAAAA=\n", "text\n\n- a AAAAAAA=\n", "text\n\n—a AAAAAAA=\n",
        "text\n\n— AAAAAAA=\n", "text\n\n—  AAAAAAA=\n", "text\n\n— a  AAAAAAA=\n",
        "text\n\n— a AAAAAAA= \n", "text\n\n— a AAAAAA==\n", "text\n\n— a AAAAAAA\n",
        "text\n\n— a AAAAAAB=\n", "text\n\n— a+b AAAAAAA=\n", "text\n\n— a\u{A0}b AAAAAAA=\n",
        "text\n\n— a AAAAAAA=\n— b\n", "text\n\n— a AAAAAAA=\nx\n", "te\u{0}xt\n\n— a AAAAAAA=\n",
        "te\rxt\n\n— a AAAAAAA=\n", "te\txt\n\n— a AAAAAAA=\n", "text\r\n\r\n— a AAAAAAA=\r\n",
        "— a AAAAAAA=\n", "\n— a AAAAAAA=\n",
    ]) func refusesOtherForms(text: String) {
        #expect(throws: LogError.self) { try SignedNote(parsing: Array(text.utf8)) }
    }

    @Test func acceptsTheSmallestNote() throws {
        let note = try SignedNote(parsing: Array("\n\n— a AAAAAAA=\n".utf8))
        #expect(note.text == "\n")
        #expect(note.signatures.first?.signature == [0])
    }

    @Test func refusesBrokenUTF8() throws {
        for broken: [UInt8] in [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x80]] {
            let bytes = Array("te".utf8) + broken + Array("xt\n\n— a AAAAAAA=\n".utf8)
            #expect(throws: LogError.notUTF8(.note)) { try SignedNote(parsing: bytes) }
            let name = Array("text\n\n— a".utf8) + broken + Array(" AAAAAAA=\n".utf8)
            #expect(throws: LogError.self) { try SignedNote(parsing: name) }
        }
    }

    @Test(arguments: 0..<20) func survivesRandomDamage(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = try note().serialized
        for _ in 0..<50 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<changed.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: changed.remove(at: index)
                case 1: changed.insert(.random(in: 0...255, using: &generator), at: index)
                default: changed[index] = .random(in: 0...255, using: &generator)
                }
            }
            // What is read is written back byte for byte.
            if let note = try? SignedNote(parsing: changed) { #expect(note.serialized == changed) }
        }
    }

    @Test func readsListsOfLines() throws {
        let lines = try note().signatures
        let bytes = lines.flatMap { Array($0.line.utf8) }
        #expect(try NoteSignature.list(parsing: bytes) == lines)
        #expect(try NoteSignature(parsing: lines[0].line) == lines[0])
        for wrong in [[], Array(bytes.dropLast()), bytes + [0x0A], [0x0A] + bytes] {
            #expect(throws: LogError.self) { try NoteSignature.list(parsing: wrong) }
        }
        #expect(throws: LogError.self) { try NoteSignature(parsing: lines[0].line + "\n") }
        #expect(throws: LogError.self) {
            try NoteSignature(parsing: String(lines[0].line.dropLast()))
        }
    }
}
