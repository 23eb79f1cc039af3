import Credentials
import Encoding
import TestSupport
import Testing
import Verification

/// Files that are judged one after the other share what the registry says, and nothing else.
@Suite struct SeveralFilesTests {
    private let network: SampleNetwork
    private let files: [CredentialFile]

    init() throws {
        var network = try SampleNetwork()
        try network.publishList(1, [8: .invalid, 9: .suspended])
        let last = try CalendarDate.day("2026-11-10")
        let batch = try network.issue([
            network.award(), network.award(index: 8), network.award(index: 9),
            network.award("2026-11-01", index: 10),
            network.award(index: 11) { $0.qualification = "q.ph.other" },
            network.award(index: 12) { $0.validUntil = last },
        ])
        let thief = try network.issue(
            [network.award(index: 13)], key: try SampleKeys.signing("thief"))
        try network.ph.seal(at: .noon("2026-11-03"))
        try network.refresh()
        let swapped = CredentialFile(credential: batch[0].credential, batch: batch[3].batch)
        let bare = CredentialFile(credential: batch[0].credential)
        files = batch + thief + [swapped, bare, batch[0]]
        self.network = network
    }

    @Test(arguments: [SampleNetwork.authenticity, SampleNetwork.visa])
    func saysOfEachWhatItSaysOfItAlone(_ question: VerificationQuestion) throws {
        let verifier = Verifier(
            knowledge: try network.copies(), question: question, at: SampleNetwork.now)
        let alone = files.map { verifier.verify($0, challenge: .none) }
        #expect(verifier.verify(each: files, challenge: .none) == alone)
        #expect(verifier.verify(each: files.reversed(), challenge: .none) == alone.reversed())
        let outcomes = alone.map { "\($0.open)" }
        #expect(outcomes[0] == "[]")
        #expect(outcomes[1] == "[\"status failed revoked\"]")
        #expect(outcomes[6] == "[\"credential failed signature\"]")
        #expect(outcomes[7] == "[\"credential failed batch-path\"]")
        #expect(outcomes[9] == "[]")
        #expect(Set(outcomes).count >= 6)
    }
}
