import Credentials
import Cryptography
import Encoding
import Issuance
import TestSupport
import Testing
import TransparencyLog

@Suite struct AwardBatchTests {
    static func awards(_ count: Int) throws -> [QualificationCredential] {
        let network = try SampleNetwork()
        return try (0..<count).map { try network.award(index: $0) }
    }

    static func batch(_ count: Int, leastLeaves: Int = 64, seed: UInt64 = 1) throws -> AwardBatch {
        var generator = SeededGenerator(seed: seed)
        return try AwardBatch(
            signing: awards(count), by: SampleKeys.signing(SampleNetwork.body),
            leastLeaves: leastLeaves, using: &generator)
    }

    @Test(arguments: [1, 2, 3, 63, 64, 65, 100])
    func everyPathLeadsToTheRoot(_ count: Int) throws {
        let batch = try AwardBatchTests.batch(count)
        #expect(batch.count == UInt64(max(64, count)))
        let files = batch.files(origin: "o", entry: 5)
        #expect(files.count == count)
        for file in files {
            let path = try #require(file.batch)
            let proof = InclusionProof(
                index: path.leafIndex, size: batch.count, hashes: path.hashes)
            try proof.verify(
                leaf: MerkleTree.leafHash(file.credential.issuerSignedBytes), root: batch.root)
            #expect(path.origin == "o")
            #expect(path.entryIndex == 5)
        }
        #expect(Set(files.compactMap { $0.batch?.leafIndex }).count == count)
    }

    /// A full batch of paper: nothing to keep back, ten hashes, and a code that is small enough.
    @Test func paperFitsIntoItsCode() throws {
        var generator = SeededGenerator(seed: 1)
        let places = (0..<AwardBatch.paperLimit).map {
            StatusReference(uri: "urn:concord:status:ph.centre:1", index: $0)
        }
        let awards = try AwardBatchTests.awards(1).flatMap { award in
            places.map { IssuedCredential.award(award.onPaper(status: $0)) }
        }
        let batch = try AwardBatch(
            signing: awards, by: SampleKeys.signing(SampleNetwork.body), isOpen: true,
            using: &generator)
        for file in batch.files(origin: "sample.concord.example/ph/1", entry: 4_711) {
            #expect(file.credential.disclosures.isEmpty)
            #expect(file.batch?.hashes.count == 10)
            let code = try PaperCode(file)
            #expect(code.byteCount <= PaperCode.byteLimit)
            #expect(try PaperCode(parsing: code.text.utf8).file == file)
        }
    }

    @Test func theLeavesSayNothingOfTheOrder() throws {
        let places = try AwardBatchTests.batch(64).files(origin: "o", entry: 0)
            .compactMap { $0.batch?.leafIndex }
        #expect(places != places.sorted())
    }

    @Test func oneSeedGivesOneBatch() throws {
        let one = try AwardBatchTests.batch(3)
        #expect(try one.root == AwardBatchTests.batch(3).root)
        #expect(try one.root != AwardBatchTests.batch(3, seed: 2).root)
    }

    @Test func statesTheDaysOfItsAwards() throws {
        let network = try SampleNetwork()
        var generator = SeededGenerator(seed: 1)
        let batch = try AwardBatch(
            signing: [
                network.award("2026-11-02"), network.award("2026-10-01", index: 8),
                network.award("2026-10-05", index: 9),
            ], by: SampleKeys.signing(SampleNetwork.body), using: &generator)
        let act = batch.act(body: "b", list: "l")
        #expect(act["earliest"]?.string == "2026-10-01")
        #expect(act["latest"]?.string == "2026-11-02")
    }

    @Test func refusesNothingAndTooMuch() throws {
        #expect(throws: IssuanceError.nothingToIssue) { try AwardBatchTests.batch(0) }
    }

    @Test func refusesAwardsOfTwoBodies() throws {
        let network = try SampleNetwork()
        var generator = SeededGenerator(seed: 1)
        let awards = try [network.award(), network.award(index: 8) { $0.issuer = "ph.other" }]
        #expect(throws: IssuanceError.severalIssuers(line: 2)) {
            try AwardBatch(
                signing: awards, by: SampleKeys.signing(SampleNetwork.body), using: &generator)
        }
    }

    /// Two people on one place of a list would be revoked together.
    @Test func refusesOnePlaceOfAStatusListTwice() throws {
        let network = try SampleNetwork()
        var generator = SeededGenerator(seed: 1)
        let awards = try [network.award(), network.award()]
        #expect(throws: IssuanceError.statusTwice(line: 2)) {
            try AwardBatch(
                signing: awards, by: SampleKeys.signing(SampleNetwork.body), using: &generator)
        }
    }

    @Test func namesTheLineThatCannotBeIssued() throws {
        let network = try SampleNetwork()
        var generator = SeededGenerator(seed: 1)
        let awards = try [network.award(), network.award(index: 8) { $0.country = "Philippines" }]
        do {
            _ = try AwardBatch(
                signing: awards, by: SampleKeys.signing(SampleNetwork.body), using: &generator)
            Issue.record("expected an error")
        } catch {
            guard case IssuanceError.credential(let line, _) = error else {
                Issue.record("expected the line")
                return
            }
            #expect(line == 2)
        }
    }
}
