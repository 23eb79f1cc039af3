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

    /// The judgement and the gap of an act of the German log.
    private static func foreign(
        _ kind: String, by author: String, about subjects: [String], _ act: JSONObject
    ) throws -> (judgement: Judgement, gap: MandateGap?) {
        var log = try SampleLog("DE")
        try log.add(
            "mandate", by: "DE-root", about: ["de.bibb"],
            SampleActs.mandate("de.bibb", ["register"], scope: ["*"], territory: ["DE"]))
        try log.add(
            "key", by: "DE-root", about: ["de.bibb"],
            SampleActs.key("authority", "de.bibb", SampleKeys.signer("de.bibb").verifier))
        try log.seal(at: .noon("2026-10-01"))
        let logged = LoggedEntry(
            entry: try log.entry(kind, by: author, about: subjects, act),
            index: UInt64(log.size), loggedTime: try .noon("2026-10-02"), isWitnessed: true)
        let state = try log.state()
        return (state.judge(logged), state.mandateGap(of: logged))
    }

    @Test func aQualificationOfAnotherCountryIsAdvice() throws {
        let found = try Self.foreign(
            "qualification", by: "de.bibb", about: ["q.ph.smaw-nc2"],
            SampleActs.qualification(country: "PH"))
        #expect(found.judgement == .advisory(.outsideMandate))
        #expect(found.gap?.member == "country")
        #expect(found.gap?.cause == .foreignPlace("PH", "DE"))
        #expect(found.gap?.description.contains("P1") == true)
    }

    @Test func aQualificationUnderANameOfAnotherCountryIsAdvice() throws {
        let found = try Self.foreign(
            "qualification", by: "de.bibb", about: ["ph.smaw-nc2"],
            SampleActs.qualification("ph.smaw-nc2", country: "DE"))
        #expect(found.judgement == .advisory(.outsideMandate))
        #expect(found.gap?.member == "qualification")
        #expect(found.gap?.cause == .foreignName("ph.smaw-nc2", "DE"))
    }

    @Test func aQualificationOfTheCountryIsEffectiveUnderAnyOtherName() throws {
        for id in ["de.maurer", "q.ph.maurer", "deu.maurer", "maurer", "ph"] {
            let found = try Self.foreign(
                "qualification", by: "de.bibb", about: [id],
                SampleActs.qualification(id, country: "DE"))
            #expect(found.judgement == .effective, "\(id)")
            #expect(found.gap == nil, "\(id)")
        }
    }

    @Test func aMandateForAnotherCountryIsAdvice() throws {
        for territory in [["PH"], ["DE", "PH-NCR"], ["*"], ["DEX"]] {
            let found = try Self.foreign(
                "mandate", by: "DE-root", about: ["de.ihk"],
                SampleActs.mandate("de.ihk", ["register"], scope: ["*"], territory: territory))
            #expect(found.judgement == .advisory(.outsideMandate), "\(territory)")
            #expect(found.gap?.member == "territory")
        }
        let own = try Self.foreign(
            "mandate", by: "DE-root", about: ["de.ihk"],
            SampleActs.mandate("de.ihk", ["register"], scope: ["*"], territory: ["DE-BY", "DE"]))
        #expect(own.judgement == .effective)
    }

    @Test func namesTheCompetenceThatIsNotGiven() throws {
        let gap = try Self.gap(
            ["framework": "fw.de", "names": ["en": "DQR"], "levels": 8], kind: "framework")
        #expect(gap?.member == "kind")
        #expect(gap?.cause == .competence(.register))
    }
}
