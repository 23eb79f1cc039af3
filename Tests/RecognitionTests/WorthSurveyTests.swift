import Encoding
import Recognition
import Registry
import TestSupport
import Testing

/// What a country's statements say about an award, line by line.
@Suite struct WorthSurveyTests {
    /// The lines for a welder's award in DE, whose only authority has this mandate.
    private static func rows(scope: String, purposes: [JSONValue]?) throws -> [WorthRow] {
        var log = try SampleLog("DE")
        var mandate = SampleActs.mandate(
            "de.ihk", ["recognise"], scope: [scope], territory: ["DE"])
        mandate["purposes"] = purposes.map { .array($0) }
        try log.add("mandate", by: "DE-root", about: ["de.ihk"], mandate)
        try log.seal(at: .noon("2026-10-01"))
        let country = LogStatements.Log(country: "DE", acts: try log.state().acts)
        return WorthSurvey(
            country: "DE",
            statements: LogStatements(destination: country, others: []).statements,
            frameworks: [], awards: [try ResolverTests.award()], on: try .day("2026-11-23")
        ).rows
    }

    @Test func whereNothingIsKnownALineForEachPurposeNamesWhomToAsk() throws {
        let rows = try Self.rows(scope: "isco:7212", purposes: nil)
        #expect(rows.map(\.purpose) == [.employ, .practise, .studyAccess, .title, .visaSkill])
        #expect(rows.allSatisfy { $0.verdict.word == .undetermined })
        #expect(rows.allSatisfy { $0.verdict.ask == ["de.ihk"] })
    }

    @Test func theLineIsForAPurposeForWhichSomebodyMayDecide() throws {
        let rows = try Self.rows(scope: "isco:7212", purposes: ["visa-skill"])
        #expect(rows.map(\.purpose) == [.visaSkill])
        #expect(rows.map(\.verdict.reason) == [.noGround])
        #expect(rows.map(\.verdict.ask) == [["de.ihk"]])
    }

    @Test func whereNobodyMayDecideItIsAboutWork() throws {
        let rows = try Self.rows(scope: "isco:2221", purposes: ["visa-skill"])
        #expect(rows.map(\.purpose) == [.employ])
        #expect(rows.map(\.verdict.ask) == [[]])
    }
}
