import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// Mandates under which one signature is not enough.
@Suite struct FourEyesTests {
    /// An authority with two keys and a mandate that asks for so many.
    private static func log(_ signatures: Int64?) throws -> SampleLog {
        var mandate = SampleActs.mandate(
            "prc", ["accredit"], scope: ["q.*"], territory: ["PH"], from: "2020-01-01")
        mandate["signatures"] = signatures.map(JSONValue.integer)
        var log = try LogStateTests.log(mandate)
        try log.add(
            "key", by: log.root.verifier.name, about: ["prc"],
            SampleActs.key(
                "authority", "prc", SampleKeys.signer("prc", seed: "second").verifier))
        return log
    }

    private static func judge(_ signatures: Int64?, _ seeds: [String]) throws -> Judgement {
        let log = try log(signatures)
        let act = SampleActs.accreditation("ph.new", try SampleKeys.signer("ph.new").verifier)
        return try LogStateTests.judge(
            log,
            log.entry(
                "accreditation", by: "prc", about: ["ph.new", "q.ph.smaw-nc2"], act,
                signedBy: seeds.map { try SampleKeys.signer("prc", seed: $0) }))
    }

    @Test func asksForTwoKeysWhereTheMandateDoes() throws {
        #expect(try Self.judge(2, ["prc", "second"]) == .effective)
        #expect(try Self.judge(2, ["prc"]) == .advisory(.outsideMandate))
        #expect(try Self.judge(2, ["second"]) == .advisory(.outsideMandate))
        #expect(try Self.judge(3, ["prc", "second"]) == .advisory(.outsideMandate))
        #expect(try Self.judge(nil, ["prc"]) == .effective)
        #expect(try Self.judge(1, ["second"]) == .effective)
    }

    @Test func countsAKeyOnce() throws {
        #expect(try Self.judge(2, ["prc", "prc"]) == .advisory(.outsideMandate))
    }

    @Test func countsNoKeyThatIsNotTheAuthoritys() throws {
        #expect(try Self.judge(2, ["prc", "stranger"]) == .advisory(.outsideMandate))
    }

    @Test func saysHowManySignaturesAreMissing() throws {
        let log = try Self.log(2)
        let act = SampleActs.accreditation("ph.new", try SampleKeys.signer("ph.new").verifier)
        var sealed = log
        try sealed.seal(at: .noon("2026-10-01"))
        let gap = try sealed.state().mandateGap(
            of: LoggedEntry(
                entry: log.entry(
                    "accreditation", by: "prc", about: ["ph.new", "q.ph.smaw-nc2"], act),
                index: log.size, loggedTime: .noon("2026-10-02"), isWitnessed: true))
        #expect(
            gap?.description
                == "the member by breaks rule P1: its mandate asks for the signatures of 2 keys of "
                + "its author, found 1")
    }

    @Test func takesOneSignatureToEndWhatTwoGranted() throws {
        var log = try Self.log(2)
        let act = SampleActs.accreditation("ph.new", try SampleKeys.signer("ph.new").verifier)
        let index = try log.add(
            "accreditation", by: "prc", about: ["ph.new", "q.ph.smaw-nc2"], act,
            signedBy: [SampleKeys.signer("prc"), SampleKeys.signer("prc", seed: "second")])
        try log.withdraw(index, by: "prc")
        try log.seal(at: .noon("2026-10-01"))
        let all = try log.state().accreditations(of: "ph.new")
        #expect(try #require(all.last).standing.end != nil)
    }
}
