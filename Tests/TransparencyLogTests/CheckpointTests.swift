import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct CheckpointTests {
    @Test func opensWithTheLogsKeyAlone() throws {
        let checkpoint = try SampleLog.checkpoint(SampleLog.leaves(5))
        let key = try SampleLog.signer(1).verifier
        let read = try SignedNote(parsing: checkpoint.note.serialized)
        #expect(try Checkpoint(opening: read, signedBy: key) == checkpoint)
        #expect(throws: LogError.noKnownSignature) {
            try Checkpoint(opening: read, signedBy: try SampleLog.signer(2).verifier)
        }
        #expect(throws: LogError.wrongAlgorithm(expected: .ed25519, found: .cosignature)) {
            try Checkpoint(
                opening: read, signedBy: try SampleLog.signer(1, as: .cosignature).verifier)
        }
    }

    @Test func refusesAnotherOrigin() throws {
        let head = try SampleLog.head(SampleLog.leaves(5), origin: "other.example/XB/1")
        let signer = try SampleLog.signer(1)
        let note = try SignedNote(text: head.text, signatures: [signer.sign(head.text)])
        #expect(
            throws: LogError.originMismatch(
                expected: SampleLog.origin, found: "other.example/XB/1")
        ) {
            try Checkpoint(opening: note, signedBy: signer.verifier)
        }
    }

    @Test func refusesTextsThatAreNoCheckpoints() throws {
        let signer = try SampleLog.signer(1)
        let text = "\(SampleLog.origin)\nsomething else\n"
        let note = try SignedNote(text: text, signatures: [signer.sign(text)])
        #expect(throws: LogError.self) {
            try Checkpoint(opening: note, signedBy: signer.verifier)
        }
    }

    @Test func refusesEveryFlippedByte() throws {
        let key = try SampleLog.signer(1).verifier
        let bytes = try SampleLog.checkpoint(SampleLog.leaves(5)).note.serialized
        for index in bytes.indices {
            for bit: UInt8 in [1, 0x20, 0x80] {
                #expect(throws: LogError.self, "\(index)") {
                    let note = try SignedNote(parsing: bytes.flipped(at: index, bit: bit))
                    _ = try Checkpoint(opening: note, signedBy: key)
                }
            }
        }
    }

    @Test func keepsCosignaturesAndDropsFalseLinesOfTheLog() throws {
        let checkpoint = try SampleLog.checkpoint(SampleLog.leaves(5))
        let line = try SampleLog.witness(1).cosign(checkpoint.head, at: Timestamp(seconds: 9))
        let forged = try SampleLog.signer(1).sign("another text\n")
        let more = checkpoint.adding([line, forged, line])
        #expect(more.note.signatures == checkpoint.note.signatures + [line])
        #expect(try Checkpoint(opening: more.note, signedBy: checkpoint.key) == more)
        #expect(more.withoutCosignatures == checkpoint)
    }

    @Test func cosignsAsTheSpecificationWrites() throws {
        let head = try SampleLog.head(SampleLog.leaves(5))
        let witness = try SampleLog.witness(1)
        let line = witness.cosign(head, at: Timestamp(seconds: 1_679_315_147))
        #expect(line.signature.count == 72)
        #expect(Array(line.signature.prefix(8)) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xCB])
        let message = Array("cosignature/v1\ntime 1679315147\n\(head.text)".utf8)
        #expect(witness.verifier.key.isValid(line.signature.dropFirst(8), for: message))
    }

    @Test func refusesEveryFlippedByteOfACosignature() throws {
        let checkpoint = try SampleLog.checkpoint(SampleLog.leaves(5))
        let witness = try SampleLog.witness(1)
        let line = witness.cosign(checkpoint.head, at: Timestamp(seconds: 1_700_000_000))
        let note = checkpoint.adding([line]).note
        #expect(note.cosignatureTime(by: witness.verifier) == Timestamp(seconds: 1_700_000_000))
        let bytes = Array(line.line.utf8)
        for index in bytes.indices {
            let text = String(decoding: bytes.flipped(at: index), as: UTF8.self)
            guard let changed = try? NoteSignature(parsing: text) else { continue }
            let note = checkpoint.adding([changed]).note
            #expect(note.cosignatureTime(by: witness.verifier) == nil, "\(index)")
            #expect(!note.isSigned(by: witness.verifier), "\(index)")
        }
        let other = try SampleLog.checkpoint(SampleLog.leaves(6)).adding([line])
        #expect(other.note.cosignatureTime(by: witness.verifier) == nil)
    }

    @Test func refusesTimesBeyondTheLimit() throws {
        let checkpoint = try SampleLog.checkpoint(SampleLog.leaves(5))
        let witness = try SampleLog.witness(1)
        let last = witness.cosign(checkpoint.head, at: Timestamp(seconds: .max))
        #expect(
            checkpoint.adding([last]).note.cosignatureTime(by: witness.verifier)
                == Timestamp(seconds: .max))
        // The same key over the time 2^63, which its bytes could write.
        let key = try SigningKey(seed: [UInt8](repeating: 101, count: 32))
        let message = "cosignature/v1\ntime 9223372036854775808\n\(checkpoint.head.text)"
        let id = witness.verifier.id
        let bytes =
            (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * $0)) }
            + [0x80, 0, 0, 0, 0, 0, 0, 0] + key.signature(for: Array(message.utf8))
        let line = try NoteSignature(
            parsing: "— \(witness.verifier.name) \(Base64.standard.encode(bytes))\n")
        #expect(
            checkpoint.adding([line]).note.cosignatureTime(by: witness.verifier) == nil)
    }
}
