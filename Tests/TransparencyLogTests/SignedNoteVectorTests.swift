import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite(.enabled(if: ConformanceVectors.has("signed-note"), "no vectors for signed-note"))
struct SignedNoteVectorTests {
    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "notes"))
    func opensExactlyTheValidNotes(vector: VectorCase) throws {
        let keys = try vector.texts("verifier_keys").map { try NoteKey(parsing: $0) }
        let bytes =
            if let text = vector["note"]?.string { Array(text.utf8) } else {
                try #require(Base64.standard.decode(vector.text("note_base64")))
            }
        guard vector.isValid else {
            #expect(throws: LogError.self) {
                try SignedNote(parsing: bytes).verifiedKeys(among: keys)
            }
            return
        }
        let note = try SignedNote(parsing: bytes)
        let verified = try note.verifiedKeys(among: keys)
        #expect(verified.map(short) == vector.texts("verified"))
        let others = note.signatures.filter { line in
            !verified.contains { $0.name == line.name && $0.id == line.keyID }
        }
        #expect(others.count >= vector.texts("unverified").count)
        #expect(Set(others.map(short)) == Set(vector.texts("unverified")))
        #expect(note.serialized == bytes)
    }

    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "vkeys"))
    func readsExactlyTheValidKeys(vector: VectorCase) throws {
        let text = try vector.text("vkey")
        #expect(((try? NoteKey(parsing: text))?.description == text) == vector.isValid)
    }

    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "vkeys").filter(\.isValid))
    func refusesEveryPartAndEveryChangeOfAKey(vector: VectorCase) throws {
        let bytes = Array(try vector.text("vkey").utf8)
        for start in bytes.indices {
            for end in start...bytes.count where end - start < bytes.count {
                let part = String(decoding: bytes[start..<end], as: UTF8.self)
                #expect(throws: LogError.self) { try NoteKey(parsing: part) }
            }
            var changed = bytes
            changed[start] &+= 1
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: LogError.self) { try NoteKey(parsing: text) }
        }
    }

    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "signing"))
    func signsByteForByte(vector: VectorCase) throws {
        let parts = try vector.text("signer_key").split(separator: "+", maxSplits: 4)
        let (name, material) = (String(parts[2]), parts[4])
        let decoded = try #require(Base64.standard.decode(material))
        #expect(decoded.first == NoteKey.Algorithm.ed25519.rawValue)
        let key = try SigningKey(seed: decoded.dropFirst())
        let signer = try NoteSigner(name: name, key: key, algorithm: .ed25519)
        let text = try vector.text("text")
        let note = try SignedNote(text: text, signatures: [signer.sign(text)])
        #expect(note.serialized == Array(try vector.text("expect_note").utf8))
    }

    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "bodies"))
    func readsExactlyTheValidCheckpoints(vector: VectorCase) throws {
        let body = try vector.text("body")
        let head = try? TreeHead(parsing: body)
        // Some bodies are of logs with longer or shorter roots; SHA-256 has 32 bytes.
        let hasRoot = vector["hash_utf8"]?.string.map { $0.utf8.count == 32 } ?? true
        // One body is refused because it is not of the log that was asked for.
        let isOther = vector["why"]?.string?.hasPrefix("wrong origin") ?? false
        guard vector.isValid && hasRoot || isOther else {
            #expect(head == nil)
            return
        }
        #expect(head?.text == body)
        if isOther {
            #expect(head?.origin != "go.sum database tree")
        } else {
            #expect(head?.origin == vector["origin"]?.string)
            #expect(head?.size == vector["size"]?.unsigned)
            if let root = vector["hash_base64"]?.string {
                #expect(head.map { Base64.standard.encode($0.root.bytes) } == root)
            }
            if let leaf = vector["leaf_utf8"]?.string {
                #expect(head?.root == MerkleTree.leafHash(Array(leaf.utf8)))
            }
        }
    }

    @Test(arguments: try VectorFile.cases(in: "signed-note", under: "signed"))
    func readsSignedCheckpoints(vector: VectorCase) throws {
        let bytes = Array(try vector.text("note").utf8)
        let note = try SignedNote(parsing: bytes)
        #expect(note.serialized == bytes)
        #expect(try TreeHead(parsing: note.text).text == note.text)
        let keys = try vector.texts("verifier_keys").map { try NoteKey(parsing: $0) }
        if vector.isValid { _ = try note.verifiedKeys(among: keys) }
    }

    private func short(_ key: NoteKey) -> String {
        key.description.split(separator: "+").prefix(2).joined(separator: "+")
    }

    private func short(_ line: NoteSignature) -> String {
        let id = (0..<4).map { UInt8(truncatingIfNeeded: line.keyID >> (24 - 8 * $0)) }
        return "\(line.name)+\(Hexadecimal.encode(id))"
    }
}
