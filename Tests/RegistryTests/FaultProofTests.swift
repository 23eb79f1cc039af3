import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct FaultProofTests {
    var log: SampleLog

    init() throws {
        log = try SampleLog("XA", isWitnessed: true)
        try log.add(
            "country", by: log.root.verifier.name, about: ["XA"],
            ["country": "XA", "names": ["en": "Country XA"]])
        try log.seal(at: Timestamp(seconds: 1_800_000_000))
    }

    private func key() throws -> NoteKey { try log.logSigner().verifier }

    /// Reads back what was written, and is judged the same.
    private func judge(_ kind: FaultProof.Kind, _ keys: [NoteKey]) throws -> FaultProof.Finding? {
        let proof = FaultProof(kind)
        let read = try FaultProof(parsing: proof.serialized)
        #expect(read == proof)
        return read.judge(keys: keys)
    }

    private func placed(_ index: UInt64, in log: SampleLog) -> FaultProof.Placed {
        FaultProof.Placed(
            index: index, bytes: log.entries[Int(index)].serialized,
            hashes: log.inclusion(of: index, size: log.size))
    }

    @Test func provesThatAnEntryBelongsToAnotherLog() throws {
        var log = log
        let other = try SampleLog("XB", isWitnessed: true)
        let index = log.append(
            try other.entry(
                "country", by: other.root.verifier.name, about: ["XB"],
                ["country": "XB", "names": ["en": "Country XB"]]))
        let note = try log.sealed(at: Timestamp(seconds: 5)).note
        let proof = FaultProof.Kind.foreignEntry(note, placed(index, in: log))
        #expect(
            try judge(proof, [key()]) == .foreignEntry(origin: log.origin, index: index))
        #expect(try judge(.foreignEntry(note, placed(0, in: log)), [key()]) == nil)
        #expect(try judge(proof, [other.logSigner().verifier]) == nil)
        let moved = FaultProof.Placed(
            index: 0, bytes: log.entries[Int(index)].serialized,
            hashes: log.inclusion(of: 0, size: log.size))
        #expect(try judge(.foreignEntry(note, moved), [key()]) == nil)
    }

    @Test func provesThatOneActStandsTwice() throws {
        var log = log
        let second = log.append(log.entries[0])
        let note = try log.sealed(at: Timestamp(seconds: 5)).note
        let (one, two) = (placed(0, in: log), placed(second, in: log))
        #expect(
            try judge(.entryTwice(note, one, two), [key()])
                == .entryTwice(origin: log.origin, first: 0, second: second))
        #expect(try judge(.entryTwice(note, two, one), [key()]) == nil)
        #expect(try judge(.entryTwice(note, one, one), [key()]) == nil)
    }

    @Test func provesThatARootNamedTwoSuccessors() throws {
        let root = log.root
        func statement(_ key: NoteKey, next: String, by signer: NoteSigner? = nil) throws
            -> [UInt8]
        {
            try log.entry(
                "key", by: root.verifier.name, about: [root.verifier.name],
                [
                    "role": "root", "holder": .string(root.verifier.name),
                    "key": .string(key.description),
                    "nextRoot": .string(HashValue(of: next.utf8).hexadecimal),
                ], signedBy: [signer ?? root]
            ).serialized
        }
        let name = root.verifier.name
        let (first, second) = (
            try SampleKeys.signer(name, seed: "first").verifier,
            try SampleKeys.signer(name, seed: "second").verifier
        )
        let keys = [root.verifier]
        let genesis = try statement(root.verifier, next: "a")
        let rotation = try statement(first, next: "b")
        // The way it should be: oneself, then one successor.
        #expect(try judge(.twoRoots(genesis, rotation), keys) == nil)
        #expect(
            try judge(.twoRoots(rotation, statement(second, next: "b")), keys)
                == .twoRoots(name: name))
        #expect(
            try judge(.twoRoots(genesis, statement(root.verifier, next: "c")), keys)
                == .twoRoots(name: name))
        let stranger = try SampleKeys.signer(name, seed: "stranger")
        #expect(
            try judge(
                .twoRoots(rotation, statement(second, next: "b", by: stranger)), keys) == nil)
    }

    @Test func gradesTheftMisuseAndForkAndNamesWhoCosignedBoth() throws {
        let country = try SampleCountry("XA", 1)
        let thief = try NoteSigner(
            name: country.origin, key: SigningKey(seed: [UInt8](repeating: 77, count: 32)),
            algorithm: .ed25519)
        let witnesses = [try SampleCountry("XB", 2), try SampleCountry("XC", 3)]
        let policy = try SampleCountry.policy(1, of: witnesses)
        let one = SampleCountry.entries(0..<5)
        let two = SampleCountry.entries(0..<5, branch: "b")
        func grade(_ first: SignedNote, _ second: SignedNote) -> SplitViewGrade? {
            SplitViewGrade(
                SplitView(sameSize: first, second), keys: { _ in [country.log.verifier] },
                former: [thief.verifier], policy: policy)
        }
        let cosigned = try country.checkpoint(one, cosignedBy: witnesses)
        let both = try country.checkpoint(two, cosignedBy: [witnesses[1]])
        let bare = try country.checkpoint(two)
        let stolen = Checkpoint.signed(bare.head, by: thief)
        #expect(grade(cosigned.note, both.note) == .fork)
        #expect(grade(cosigned.note, bare.note) == .keyMisused)
        #expect(grade(cosigned.note, stolen.note) == .theft)
        #expect(grade(cosigned.note, cosigned.note) == nil)

        let split = SplitView(sameSize: cosigned.note, both.note)
        let (honest, liar) = (witnesses[0].witness.verifier, witnesses[1].witness.verifier)
        #expect(split.cosignersOfBoth(among: [honest, liar]) == [liar])
        #expect(try judge(.cosigner(split, witness: liar), [liar]) == .cosigner(name: liar.name))
        #expect(try judge(.cosigner(split, witness: honest), [honest]) == nil)
        #expect(try judge(.cosigner(split, witness: liar), [honest]) == nil)
        // One history, cosigned twice, is no lie.
        let again = SplitView(sameSize: both.note, both.note)
        #expect(try judge(.cosigner(again, witness: liar), [liar]) == nil)
    }

    @Test func refusesFilesOfAnotherForm() {
        for text in [
            "{}", "[]", #"{"type":"fault","version":1,"kind":"cosigner"}"#,
            #"{"type":"fault","version":2,"kind":"two-roots","acts":["a","b"]}"#,
            #"{"type":"fault","version":1,"kind":"two-roots","acts":["a"]}"#,
            #"{"type":"fault","version":1,"kind":"two-roots","acts":["a","b"],"more":1}"#,
            #"{"type":"fault","version":1,"kind":"extract"}"#,
        ] {
            #expect(throws: RegistryError.self) { try FaultProof(parsing: Array(text.utf8)) }
        }
    }
}
