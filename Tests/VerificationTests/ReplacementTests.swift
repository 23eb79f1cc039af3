import Credentials
import Encoding
import Language
import TestSupport
import Testing
import Verification

/// What a verdict says of a certificate that was replaced: since when, and by whom.
@Suite struct ReplacementTests {
    private static func detail(_ network: SampleNetwork, _ file: CredentialFile) throws -> String {
        let check = try network.verify(file).checks.first { $0.step == .status }
        return try #require(check).detail.description
    }

    @Test func namesTheDayOfTheFirstListThatSaysSo() throws {
        var (network, file) = try SampleNetwork.standard()
        try network.publishList(2, [7: .replaced])
        try network.ph.seal(at: .noon("2026-11-10"))
        try network.publishList(3, [7: .replaced, 8: .invalid])
        try network.refresh()
        #expect(
            try Self.detail(network, file).hasPrefix(
                "replaced on 2026-11-10 by Centre ph.centre, which has issued a newer certificate"))
    }

    @Test func saysWhenOnlyTheNewestListIsAtHand() throws {
        var (network, file) = try SampleNetwork.standard()
        let old = Set(network.lists.keys)
        try network.publishList(2, [7: .replaced])
        try network.refresh()
        for hash in old { network.lists[hash] = nil }
        #expect(try Self.detail(network, file).hasPrefix("replaced on or before "))
    }
}
