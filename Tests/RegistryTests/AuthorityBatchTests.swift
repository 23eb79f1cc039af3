import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// What an authority may publish for the statements that it makes about persons.
@Suite struct AuthorityBatchTests {
    static let list = "urn:concord:status:prc:1"

    static func mandate(
        _ acts: [String] = ["recognise"], from: String = "2020-01-01",
        until: String? = "2026-12-31"
    ) -> JSONObject {
        SampleActs.mandate(
            "prc", acts, scope: ["isco:*"], territory: ["PH"], from: from, until: until)
    }

    static func batch(_ body: String = "prc") -> JSONObject {
        [
            "body": .string(body), "list": .string(list), "count": 64, "earliest": "2026-10-01",
            "latest": "2026-10-01", "root": .string(HashValue(of: []).hexadecimal),
        ]
    }

    static func list(_ number: Int64 = 1, body: String = "prc") -> JSONObject {
        [
            "body": .string(body), "list": .string(list), "number": .integer(number),
            "hash": .string(HashValue(of: []).hexadecimal),
        ]
    }

    private static func judgeBatch(
        _ log: SampleLog, signedBy signer: String = "prc", body: String = "prc",
        on day: String = "2026-10-02"
    ) throws -> Judgement {
        let entry = try log.entry(
            "batch", by: "prc", about: [body], batch(body),
            signedBy: [SampleKeys.signer("prc", seed: signer)])
        return try LogStateTests.judge(log, entry, on: day)
    }

    private static func judgeList(
        _ log: SampleLog, signedBy signer: String = "prc", number: Int64 = 1,
        body: String = "prc", on day: String = "2026-10-02", isWitnessed: Bool = true
    ) throws -> Judgement {
        let entry = try log.entry(
            "status-list", by: "prc", about: [body, list], list(number, body: body),
            signedBy: [SampleKeys.signer("prc", seed: signer)])
        return try LogStateTests.judge(log, entry, on: day, isWitnessed: isWitnessed)
    }

    @Test(arguments: ["recognise", "register", "license", "alert", "advise", "reference"])
    func takesThemUnderAMandateToSpeakOfPersons(_ act: String) throws {
        let log = try LogStateTests.log(Self.mandate([act]))
        #expect(try Self.judgeBatch(log) == .effective)
        #expect(try Self.judgeList(log) == .effective)
        #expect(try Self.judgeList(log, isWitnessed: false) == .effective)
    }

    @Test(arguments: ["accredit", "award"])
    func givesThemNoEffectUnderAnotherMandate(_ act: String) throws {
        let log = try LogStateTests.log(Self.mandate([act]))
        #expect(try Self.judgeBatch(log) == .advisory(.outsideMandate))
        #expect(try Self.judgeList(log) == .void(.outsideMandate))
    }

    @Test(arguments: ["2019-12-31", "2027-01-01"])
    func givesThemNoEffectOutsideThePeriod(_ day: String) throws {
        let log = try LogStateTests.log(Self.mandate())
        #expect(try Self.judgeBatch(log, on: day) == .advisory(.outsideMandate))
        #expect(try Self.judgeList(log, on: day) == .void(.outsideMandate))
    }

    @Test func givesThemNoEffectOnceTheMandateIsWithdrawn() throws {
        var log = try LogStateTests.log(Self.mandate())
        try log.withdraw(log.size - 2, by: log.root.verifier.name)
        #expect(try Self.judgeBatch(log) == .advisory(.outsideMandate))
        #expect(try Self.judgeList(log) == .void(.outsideMandate))
    }

    @Test func takesThemFromTheAuthoritysOwnKeyAlone() throws {
        let log = try LogStateTests.log(Self.mandate())
        #expect(try Self.judgeBatch(log, signedBy: "stranger") == .void(.notSignedByAuthor))
        #expect(try Self.judgeList(log, signedBy: "stranger") == .void(.notSignedByAuthor))
        #expect(try Self.judgeBatch(log, body: "tesda") == .void(.notSignedByAuthor))
        #expect(try Self.judgeList(log, body: "tesda") == .void(.notSignedByAuthor))
        // A body's batch is the body's, whatever mandate somebody else has.
        #expect(
            try Self.judgeBatch(log, body: SampleNetwork.body) == .void(.notSignedByAuthor))
    }

    @Test func countsListsUpwards() throws {
        var log = try LogStateTests.log(Self.mandate())
        try log.add("status-list", by: "prc", about: ["prc", Self.list], Self.list(2))
        #expect(try Self.judgeList(log, number: 2) == .void(.numberNotHigher))
        #expect(try Self.judgeList(log, number: 3) == .effective)
    }

    @Test func letsTheAuthorityWithdrawItsOwnBatch() throws {
        var log = try LogStateTests.log(Self.mandate())
        let index = try log.add("batch", by: "prc", about: ["prc"], Self.batch())
        try log.withdraw(index, by: "prc")
        try log.seal(at: .noon("2026-10-02"))
        let state = try log.state()
        #expect(state.act(log.entries[Int(index)].identity)?.end != nil)
    }

    @Test func letsNoOtherAuthorityWithdrawIt() throws {
        var log = try LogStateTests.log(Self.mandate())
        let index = try log.add("batch", by: "prc", about: ["prc"], Self.batch())
        try log.withdraw(index, by: "tesda")
        try log.withdraw(index, by: "prc", signedBy: [SampleKeys.signer("tesda")])
        try log.seal(at: .noon("2026-10-02"))
        let state = try log.state()
        #expect(state.act(log.entries[Int(index)].identity)?.isMandated == true)
        #expect(state.act(log.entries[Int(index)].identity)?.end == nil)
    }

    /// A body that is an authority too: its accreditation decides about what its body key signs.
    @Test func keepsTheRulesOfABodyThatIsAnAuthorityToo() throws {
        var log = try LogStateTests.log(Self.mandate())
        let key = try SampleKeys.signer("prc", seed: "prc-body")
        let accreditation = try log.add(
            "accreditation", by: "tesda", about: ["prc", "q.ph.smaw-nc2"],
            SampleActs.accreditation("prc", key.verifier))
        #expect(try Self.judgeBatch(log, signedBy: "prc-body") == .effective)
        #expect(try Self.judgeBatch(log) == .effective)
        try log.withdraw(accreditation, by: "tesda")
        #expect(
            try Self.judgeBatch(log, signedBy: "prc-body") == .advisory(.accreditationEnded))
        #expect(try Self.judgeBatch(log) == .effective)
    }

    @Test func admitsThem() throws {
        var log = try LogStateTests.log(Self.mandate())
        let batch = try log.entry("batch", by: "prc", about: ["prc"], Self.batch())
        let list = try log.entry("status-list", by: "prc", about: ["prc", Self.list], Self.list())
        try log.seal(at: .noon("2026-10-01"))
        for entry in [batch, list] {
            #expect(
                try Admission.decide(
                    entry, into: log.state(), at: log.size, time: .noon("2026-10-02"))
                    == .admitted)
        }
        let strange = try log.entry(
            "batch", by: "prc", about: ["prc"], Self.batch(),
            signedBy: [SampleKeys.signer("prc"), SampleKeys.signer("stranger")])
        #expect(
            try Admission.decide(
                strange, into: log.state(), at: log.size, time: .noon("2026-10-02"))
                == .declined(.strangeSignature))
    }
}
