import Cryptography
import Encoding
import TestSupport
import Testing
import TransparencyLog

@Suite struct GrantTests {
    let country: SampleCountry
    let buddy: SampleCountry

    init() throws {
        country = try SampleCountry("XA", 1)
        buddy = try SampleCountry("XB", 2)
    }

    private func head(_ size: Int, branch: String = "", from fork: Int = 0) throws -> TreeHead {
        try country.checkpoint(SampleCountry.entries(0..<size, branch: branch, from: fork)).head
    }

    private func request(
        _ size: Int, since old: Int, branch: String = "", from fork: Int = 0,
        by signer: NoteSigner? = nil
    ) throws -> GrantRequest {
        let leaves = SampleCountry.entries(0..<size, branch: branch, from: fork)
            .map(MerkleTree.leafHash)
        let proof = ConsistencyProof.build(oldSize: UInt64(old), newSize: UInt64(size)) {
            level, index in
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
        let made = try GrantRequest(
            head(size, branch: branch, from: fork), oldSize: UInt64(old), proof: proof.hashes,
            signedBy: signer ?? country.log)
        return try GrantRequest(parsing: made.serialized)
    }

    private func decide(_ request: GrantRequest, latest: TreeHead?) -> GrantDecision {
        GrantDecision.decide(request, keys: [country.log.verifier], latest: latest)
    }

    @Test func grantsOneRootForEachSize() throws {
        #expect(try decide(request(3, since: 0), latest: nil) == .grant(head(3)))
        #expect(try decide(request(9, since: 3), latest: head(3)) == .grant(head(9)))
        // The same again after a crash.
        #expect(try decide(request(9, since: 9), latest: head(9)) == .grant(head(9)))
        #expect(
            try decide(request(9, since: 9, branch: "b", from: 8), latest: head(9))
                == .conflict(size: 9))
        #expect(try decide(request(4, since: 4), latest: head(9)) == .conflict(size: 9))
        #expect(
            try decide(request(10, since: 9, branch: "b", from: 8), latest: head(9))
                == .inconsistent)
    }

    @Test func refusesOtherKeysAndOtherTexts() throws {
        let thief = try SampleCountry("XA", 9)
        #expect(try decide(request(3, since: 0, by: thief.log), latest: nil) == .badSignature)
        #expect(
            try GrantDecision.decide(
                request(3, since: 0), keys: [buddy.log.verifier], latest: nil) == .unknownLog)
        // A checkpoint asks for nothing, and a request is no checkpoint.
        let checkpoint = try WitnessRequest(
            oldSize: 0, proof: [], note: country.checkpoint(SampleCountry.entries(0..<3)).note)
        #expect(throws: LogError.self) { try GrantRequest(parsing: checkpoint.serialized) }
        #expect(throws: LogError.self) {
            try Checkpoint(
                opening: try request(3, since: 0).note, signedBy: country.log.verifier)
        }
    }

    @Test func lineIsAGrantOfThatHeadAndNoCosignature() throws {
        let line = try buddy.witness.grant(head(3), at: Timestamp(seconds: 100))
        #expect(try buddy.witness.verifier.grants(head(3), by: line))
        #expect(try !buddy.witness.verifier.grants(head(4), by: line))
        let checkpoint = try country.checkpoint(SampleCountry.entries(0..<3)).adding([line])
        #expect(checkpoint.note.cosignatureTime(by: buddy.witness.verifier) == nil)
    }

    @Test func statementAnswersOneQuestionOnly() throws {
        let question = SeenRequest(origin: country.origin, nonce: HashValue(of: "1".utf8))
        let read = try SeenRequest(parsing: question.serialized)
        #expect(read == question)
        let statement = SeenStatement(
            origin: country.origin, size: 3, root: try head(3).root, isMatched: false,
            nonce: read.nonce)
        let bytes = try statement.signed(by: buddy.witness, at: Timestamp(seconds: 5)).serialized
        let opened = try SeenStatement(
            opening: bytes, by: buddy.witness.verifier, answering: question)
        #expect(opened == statement)
        let later = SeenRequest(origin: country.origin, nonce: HashValue(of: "2".utf8))
        let other = SeenRequest(origin: buddy.origin, nonce: question.nonce)
        for wrong in [later, other] {
            #expect(throws: LogError.self) {
                try SeenStatement(opening: bytes, by: buddy.witness.verifier, answering: wrong)
            }
        }
        #expect(throws: LogError.self) {
            try SeenStatement(opening: bytes, by: country.witness.verifier, answering: question)
        }
        for index in bytes.indices {
            var flipped = bytes
            flipped[index] ^= 0x01
            let read = try? SeenStatement(
                opening: flipped, by: buddy.witness.verifier, answering: question)
            #expect(read == nil, "byte \(index)")
        }
    }
}
