import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct SplitViewTests {
    private static let leaves = SampleLog.leaves(20)
    private static let branch = SampleLog.leaves(20, branch: "'", from: 6)

    private func note(_ leaves: [HashValue], _ size: Int, signer: UInt8 = 1) throws -> SignedNote {
        let head = try SampleLog.head(Array(leaves.prefix(size)))
        return try SignedNote(
            text: head.text, signatures: [SampleLog.signer(signer).sign(head.text)])
    }

    private func inconsistent(
        _ old: Int, _ new: Int, older: [HashValue] = branch, signer: UInt8 = 1
    ) throws -> SplitView {
        let tree = ReferenceTree(Array(Self.leaves.prefix(new)))
        let note = try note(older, old)
        return try SplitView(
            older: note, newer: self.note(Self.leaves, new, signer: signer)
        ) { level, index throws(LogError) in tree.subtree(level, index) }
    }

    private func keys() throws -> [NoteKey] { [try SampleLog.signer(1).verifier] }

    @Test func judgesTwoRootsOfOneSize() throws {
        for size in 7...20 {
            let (one, other) = (try note(Self.leaves, size), try note(Self.branch, size))
            let split = SplitView(sameSize: one, other)
            #expect(split.judge(keys: try keys()))
            #expect(SplitView(sameSize: other, one) == split)
            #expect(try SplitView(parsing: split.serialized) == split)
            #expect(split.origin == SampleLog.origin)
            // In swapped order it is not the one spelling of this proof.
            let (first, second) = split.notes
            #expect(!SplitView(.sameSize(second, first)).judge(keys: try keys()))
        }
    }

    @Test func judgesTreesThatDoNotExtendEachOther() throws {
        for new in 8...20 {
            for old in 7..<new {
                let split = try inconsistent(old, new)
                #expect(split.judge(keys: try keys()), "\(old) \(new)")
                let read = try SplitView(parsing: split.serialized)
                #expect(read == split)
                #expect(read.judge(keys: try keys()))
            }
        }
    }

    @Test func acquitsHonestLogs() throws {
        for new in 1...20 {
            let note = try note(Self.leaves, new)
            #expect(!SplitView(sameSize: note, note).judge(keys: try keys()))
            for old in 1..<max(new, 1) {
                let split = try inconsistent(old, new, older: Self.leaves)
                #expect(!split.judge(keys: try keys()), "\(old) \(new)")
            }
        }
        // One tree under two texts is no fork.
        let head = try SampleLog.head(Self.leaves)
        let other = try TreeHead(
            origin: head.origin, size: head.size, root: head.root, extensions: ["x"])
        let notes = try [head, other].map {
            try SignedNote(text: $0.text, signatures: [SampleLog.signer(1).sign($0.text)])
        }
        #expect(!SplitView(sameSize: notes[0], notes[1]).judge(keys: try keys()))
    }

    @Test func refusesForgedAndForeignNotes() throws {
        let key = try SampleLog.signer(1).verifier
        let one = try note(Self.leaves, 9)
        let forged = try SignedNote(
            text: note(Self.branch, 9).text, signatures: one.signatures)
        #expect(!SplitView(sameSize: one, forged).judge(keys: [key]))
        let stolen = try note(Self.branch, 9, signer: 2)
        #expect(!SplitView(sameSize: one, stolen).judge(keys: [key]))
        #expect(
            SplitView(sameSize: one, stolen).judge(
                keys: [key, try SampleLog.signer(2).verifier]))
        #expect(!SplitView(sameSize: one, try note(Self.branch, 9)).judge(keys: []))
        #expect(
            !SplitView(sameSize: one, try note(Self.branch, 9)).judge(
                keys: [try SampleLog.signer(1, name: "other").verifier]))
        #expect(try !inconsistent(8, 12, signer: 2).judge(keys: [key]))
        let head = try SampleLog.head(Array(Self.branch.prefix(9)), origin: "other.example/XB/1")
        let signer = try SampleLog.signer(1, name: "other.example/XB/1")
        let foreign = try SignedNote(text: head.text, signatures: [signer.sign(head.text)])
        #expect(!SplitView(sameSize: one, foreign).judge(keys: [key, signer.verifier]))
    }

    @Test func refusesTwoSizesWithoutTheData() throws {
        let split = try inconsistent(8, 12)
        guard case .inconsistent(let older, let newer, let subtrees) = split.kind else { return }
        let keys = try keys()
        let wrong: [[HashValue]] = [
            [], Array(subtrees.dropLast()), subtrees + [subtrees[0]], subtrees.reversed(),
            [newer, older].map { HashValue(of: Array($0.text.utf8)) },
        ]
        for hashes in wrong {
            let changed = SplitView.Kind.inconsistent(
                older: older, newer: newer, subtrees: hashes)
            #expect(!SplitView(changed).judge(keys: keys))
        }
        let swapped = SplitView.Kind.inconsistent(older: newer, newer: older, subtrees: subtrees)
        #expect(!SplitView(swapped).judge(keys: keys))
        #expect(!SplitView(sameSize: older, newer).judge(keys: keys))
        #expect(throws: LogError.sizesReversed(old: 12, new: 8)) {
            try SplitView(older: newer, newer: older) { _, _ throws(LogError) in subtrees[0] }
        }
    }

    @Test func provesNothingAfterAFlippedByte() throws {
        let keys = try keys()
        let same = SplitView(sameSize: try note(Self.leaves, 9), try note(Self.branch, 9))
        for split in [same, try inconsistent(8, 12)] {
            let bytes = split.serialized
            for index in bytes.indices {
                let changed = try? SplitView(parsing: bytes.flipped(at: index))
                #expect(changed?.judge(keys: keys) != true, "\(index)")
            }
        }
    }

    @Test func keepsItsIdentityUnderMoreLines() throws {
        let (one, other) = (try note(Self.leaves, 9), try note(Self.branch, 9))
        let split = SplitView(sameSize: one, other)
        let line = try SampleLog.signer(7, name: "x").sign("junk\n")
        #expect(SplitView(sameSize: one.adding(line), other).identity == split.identity)
        #expect(try inconsistent(8, 12).identity != split.identity)
    }

    /// A key of small order: libsodium accepts none of its signatures, other libraries any.
    @Test func countsSignaturesThatOnlyOthersAccept() throws {
        let identity = [UInt8(1)] + [UInt8](repeating: 0, count: 31)
        let key = try NoteKey(
            name: SampleLog.origin, algorithm: .ed25519,
            key: #require(VerificationKey(bytes: identity)))
        let id = (0..<4).map { UInt8(truncatingIfNeeded: key.id >> (24 - 8 * $0)) }
        let signature = identity + [UInt8](repeating: 0, count: 32)
        let line = try NoteSignature(
            parsing: "— \(key.name) \(Base64.standard.encode(id + signature))\n")
        let notes = try [Self.leaves, Self.branch].map {
            try SignedNote(text: SampleLog.head($0).text, signatures: [line])
        }
        #expect(!notes[0].isSigned(by: key))
        #expect(throws: LogError.self) { try Checkpoint(opening: notes[0], signedBy: key) }
        #expect(SplitView(sameSize: notes[0], notes[1]).judge(keys: [key]))
    }

    @Test func refusesOtherForms() throws {
        let split = SplitView(sameSize: try note(Self.leaves, 9), try note(Self.branch, 9))
        let object = try #require(JSONValue(parsing: split.serialized).object)
        let changes: [(String, JSONValue?)] = [
            ("type", "split"), ("type", nil), ("version", 2), ("version", "1"), ("kind", "both"),
            ("kind", "inconsistent"), ("notes", []), ("notes", ["a", "b"]), ("notes", [1, 2]),
            ("notes", nil), ("subtrees", []), ("more", 1),
        ]
        for (name, value) in changes {
            var changed = object
            changed[name] = value
            #expect(throws: LogError.self, "\(name)") {
                try SplitView(parsing: JSONValue.object(changed).serialized)
            }
        }
        #expect(throws: LogError.self) { try SplitView(parsing: split.serialized + [0x7D]) }
        #expect(throws: LogError.self) {
            try SplitView(parsing: [UInt8](repeating: 0x20, count: SplitView.byteLimit + 1))
        }
    }
}
