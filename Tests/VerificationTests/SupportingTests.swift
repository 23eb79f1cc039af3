import Credentials
import Encoding
import Recognition
import TestSupport
import Testing
import Verification

@Suite struct SupportingTests {
    @Test func listsWhatItUsesAndWhatItIgnores() throws {
        var (network, award) = try SampleNetwork.standard()
        let files = try network.issue(
            statements: [
                SampleNetwork.statement(index: 3), SampleNetwork.statement(index: 4),
            ], revoked: [4])
        try network.refresh()
        let verdict = try network.verify(award, SampleNetwork.visa, with: files)
        // The decision in use says less than the general statement, and decides (P3).
        #expect(verdict.word == .worth(.partial))
        #expect(verdict.supporting.map(\.word) == [.authentic, .invalid])
        #expect(verdict.supporting.map(\.reason) == [nil, .revoked])
        #expect(verdict.supporting.map(\.isUsed) == [true, false])
        #expect(verdict.supporting.map(\.kind) == ["decision", "decision"])
        #expect(verdict.supporting.map(\.issuerName) == ["Authority de.ihk", "Authority de.ihk"])
        let document = try #require(verdict.document.object?["supporting"]?.array)
        #expect(document.map { $0.object?["used"]?.bool } == [true, false])
        #expect(document.map { $0.object?["reason"]?.string } == [nil, "revoked"])
        let text = VerdictReport(verdict).text
        #expect(text.contains("1  authentic, used: decision"))
        #expect(text.contains("2  invalid, ignored: decision"))
        #expect(text.contains(" [revoked]\n     status: its issuer has revoked this certificate"))
    }

    @Test func saysNothingOfThemWhereThereAreNone() throws {
        let (network, award) = try SampleNetwork.standard()
        let verdict = try network.verify(award)
        #expect(verdict.document.object?["supporting"] == nil)
        #expect(!VerdictReport(verdict).text.contains("supporting"))
    }

    @Test func takesAFurtherAwardOfThePerson() throws {
        var (network, award) = try SampleNetwork.standard()
        let other = try network.issue([network.award(index: 8)])[0]
        try network.ph.seal(at: .noon("2026-11-03"))
        try network.refresh()
        let verdict = try network.verify(award, with: [other, award])
        #expect(verdict.supporting.map(\.kind) == ["award", "award"])
        #expect(verdict.supporting.map(\.isUsed) == [true, true])
    }

    @Test func describesTheStatementThatIsAskedAbout() throws {
        var (network, award) = try SampleNetwork.standard()
        let file = try network.issue(statements: [SampleNetwork.statement()])[0]
        try network.refresh()
        let verdict = try network.verify(file, with: [award])
        #expect(verdict.word == .authentic)
        #expect(verdict.subject == nil)
        #expect(verdict.statement?.issuerName == "Authority de.ihk")
        #expect(verdict.statement?.statement == SampleNetwork.decision)
        #expect(verdict.supporting.map(\.isUsed) == [true])
        let object = verdict.document.object?["statement"]?.object
        #expect(object?["kind"] == "decision")
        #expect(object?["statement"]?.object?["result"] == "partial")
        #expect(VerdictReport(verdict).text.contains("statement    decision"))
    }

    /// The same from a dossier, whose extract speaks about the award alone.
    @Test func usesNothingThatADossierDoesNotProve() throws {
        var (network, award) = try SampleNetwork.standard()
        let file = try network.issue(statements: [SampleNetwork.statement()])[0]
        try network.refresh()
        let dossier = try Dossier(parsing: network.dossier(award).serialized)
        let verdict = Verifier(
            knowledge: try dossier.knowledge(
                anchor: network.anchor(), at: SampleNetwork.now),
            question: SampleNetwork.visa, at: SampleNetwork.now
        ).verify(dossier.presentation, supporting: [file], challenge: .none)
        #expect(verdict.word == .worth(.granted))
        #expect(verdict.supporting.map(\.isUsed) == [false])
        #expect(verdict.supporting.first?.reason != nil)
    }
}
