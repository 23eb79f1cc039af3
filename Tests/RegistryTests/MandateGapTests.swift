import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// Which member of an act leaves its author's mandates.
@Suite struct MandateGapTests {
    /// The gap of an equivalence by an authority with a mandate for welders and visas in DE.
    static func gap(_ act: JSONObject, kind: String = "equivalence") throws -> MandateGap? {
        var log = try SampleLog("DE")
        var mandate = SampleActs.mandate(
            "de.ihk", ["recognise"], scope: ["isco:7212"], territory: ["DE"])
        mandate["purposes"] = ["visa-skill"]
        try log.add("mandate", by: "DE-root", about: ["de.ihk"], mandate)
        try log.add(
            "key", by: "DE-root", about: ["de.ihk"],
            SampleActs.key("authority", "de.ihk", SampleKeys.signer("de.ihk").verifier))
        try log.seal(at: .noon("2026-10-01"))
        let entry = try log.entry(
            kind, by: "de.ihk",
            about: ["q.ph.smaw-nc2", "isco:7212", "isco:2221", "DE", "AT", "fw.de"], act)
        let logged = LoggedEntry(
            entry: entry, index: UInt64(log.size), loggedTime: try .noon("2026-10-02"),
            isWitnessed: true)
        return try log.state().mandateGap(of: logged)
    }

    @Test func thereIsNoneWithinTheMandate() throws {
        #expect(try Self.gap(SampleActs.equivalence("DE")) == nil)
    }

    @Test func namesTheSubjectThePlaceAndThePurpose() throws {
        let subject = try Self.gap(SampleActs.equivalence("DE", target: ["occ": "2221"]))
        #expect(subject?.member == "target")
        #expect(subject?.cause == .subject("isco:2221"))
        let place = try Self.gap(SampleActs.equivalence("AT"))
        #expect(place?.member == "jurisdiction")
        let purpose = try Self.gap(
            SampleActs.equivalence("DE", purposes: ["visa-skill", "title"]))
        #expect(purpose?.cause == .purpose("title"))
        #expect(purpose?.description.contains("P1") == true)
    }

    @Test func namesTheCompetenceThatIsNotGiven() throws {
        let gap = try Self.gap(
            ["framework": "fw.de", "names": ["en": "DQR"], "levels": 8], kind: "framework")
        #expect(gap?.member == "kind")
        #expect(gap?.cause == .competence(.register))
    }
}
