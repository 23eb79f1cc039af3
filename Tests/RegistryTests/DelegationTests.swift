import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// A body lets its campus award: within its own scope, and never wider.
@Suite struct DelegationTests {
    private static let body = "ph.university"
    private static let campus = "ph.campus"
    private static let qualification = "q.ph.smaw-nc2"

    /// A log in which the authority of the sample accredited a body that may delegate.
    private static func log(
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> (log: SampleLog, accreditation: UInt64) {
        var log = try SampleNetwork().ph
        var act = SampleActs.accreditation(body, try SampleKeys.signer(body).verifier)
        act["delegation"] = true
        change(&act)
        let index = try log.add("accreditation", by: "tesda", about: [body, qualification], act)
        return (log, index)
    }

    private static func campusAct(
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> JSONObject {
        var act = SampleActs.accreditation(campus, try SampleKeys.signer(campus).verifier)
        change(&act)
        return act
    }

    private static func judge(
        _ own: (inout JSONObject) -> Void = { _ in },
        _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> Judgement {
        let (log, _) = try log(own)
        let act = try campusAct(change)
        let about =
            [campus] + (act["qualifications"]?.array ?? []).compactMap(\.string)
        return try LogStateTests.judge(
            log, log.entry("accreditation", by: body, about: about, act))
    }

    @Test func takesADelegationWithinTheOwnScope() throws {
        #expect(try Self.judge() == .effective)
        #expect(
            try Self.judge { _ in
            } _: {
                $0["from"] = "2020-06-01"
                $0["until"] = "2021-06-01"
                $0["site"] = "davao"
                $0["loggingDays"] = 10
            } == .effective)
    }

    @Test func keepsAWiderOneAsAdvice() throws {
        let wider: [(inout JSONObject) -> Void] = [
            { $0["qualifications"] = ["q.ph.smaw-nc2", "q.ph.other"] },
            { $0["from"] = "2018-12-31" }, { $0["until"] = "2028-01-01" },
            { $0["until"] = nil }, { $0["archive"] = true }, { $0["loggingDays"] = 31 },
            { $0["tier"] = 1 }, { $0["delegation"] = true },
        ]
        for change in wider {
            #expect(try Self.judge({ _ in }, change) == .advisory(.outsideMandate))
        }
    }

    @Test func asksForTheAccreditorsWord() throws {
        #expect(try Self.judge { $0["delegation"] = nil } == .advisory(.outsideMandate))
        #expect(try Self.judge { $0["delegation"] = false } == .advisory(.outsideMandate))
    }

    @Test func staysAtTheOwnSite() throws {
        #expect(try Self.judge { $0["site"] = "manila" } == .advisory(.outsideMandate))
        #expect(
            try Self.judge({ $0["site"] = "manila" }, { $0["site"] = "davao" })
                == .advisory(.outsideMandate))
        #expect(
            try Self.judge({ $0["site"] = "manila" }, { $0["site"] = "manila" }) == .effective)
    }

    @Test func refusesWhatTheBodyDidNotSign() throws {
        let (log, _) = try Self.log()
        let entry = try log.entry(
            "accreditation", by: Self.body, about: [Self.campus, Self.qualification],
            Self.campusAct(), signedBy: [SampleKeys.signer(Self.body, seed: "stranger")])
        #expect(try LogStateTests.judge(log, entry) == .void(.notSignedByAuthor))
    }

    @Test func delegatesOnce() throws {
        var (log, _) = try Self.log()
        try log.add(
            "accreditation", by: Self.body, about: [Self.campus, Self.qualification],
            Self.campusAct())
        let further = SampleActs.accreditation(
            "ph.annex", try SampleKeys.signer("ph.annex").verifier)
        let entry = try log.entry(
            "accreditation", by: Self.campus, about: ["ph.annex", Self.qualification], further)
        #expect(try LogStateTests.judge(log, entry) == .void(.notSignedByAuthor))
    }

    private static func delegated() throws -> (
        log: SampleLog, own: UInt64, campus: UInt64
    ) {
        var (log, own) = try log()
        let index = try log.add(
            "accreditation", by: body, about: [campus, qualification], campusAct())
        return (log, own, index)
    }

    private static func end(_ log: SampleLog) throws -> StandingAct.End? {
        var sealed = log
        try sealed.seal(at: .noon("2026-10-01"))
        let all = try sealed.state().accreditations(of: campus)
        return try #require(all.last).standing.end
    }

    @Test func endsWithTheAccreditationOfTheBody() throws {
        var (log, own, _) = try Self.delegated()
        #expect(try Self.end(log) == nil)
        try log.withdraw(own, by: "tesda")
        #expect(try Self.end(log) != nil)
        #expect(try Self.end(log)?.isAnnulment == false)
    }

    @Test func isAnnulledWithTheAccreditationOfTheBody() throws {
        var (log, own, _) = try Self.delegated()
        try log.withdraw(own, by: "tesda", annul: true)
        #expect(try Self.end(log)?.isAnnulment == true)
    }

    /// A body that gets a new key is the same body: its campuses stay.
    @Test func outlivesANewKeyOfTheBody() throws {
        var (log, own, _) = try Self.delegated()
        var act = SampleActs.accreditation(
            Self.body, try SampleKeys.signer(Self.body, seed: "second").verifier)
        act["delegation"] = true
        try log.add(
            "accreditation", by: "tesda", about: [Self.body, Self.qualification], act)
        try log.withdraw(own, by: "tesda")
        #expect(try Self.end(log) == nil)
    }

    @Test func isWithdrawnByTheBodyItself() throws {
        var (log, _, campus) = try Self.delegated()
        try log.withdraw(campus, by: Self.body)
        #expect(try Self.end(log) != nil)
    }

    private static func compromise(
        _ log: inout SampleLog, _ holder: String, since: UInt64, by author: String
    ) throws {
        try log.add(
            "status-event", by: author, about: [holder],
            [
                "event": "compromise",
                "target": [
                    "subject": .string(holder),
                    "key": .string(try SampleKeys.signer(holder).verifier.description),
                ], "sinceIndex": .integer(Int64(since)), "reason": "stated by the test",
            ])
    }

    /// What a thief of the body's key delegated is void with the key.
    @Test func isVoidWithTheKeyThatMadeIt() throws {
        var (log, own, campus) = try Self.delegated()
        try Self.compromise(&log, Self.body, since: campus, by: "tesda")
        try log.seal(at: .noon("2026-10-01"))
        #expect(try log.state().accreditations(of: Self.campus).isEmpty)
        #expect(own < campus)
    }

    @Test(arguments: ["ph.university", "tesda"])
    func letsThoseAboveEndTheKeyOfACampus(_ author: String) throws {
        var (log, _, campus) = try Self.delegated()
        try Self.compromise(&log, Self.campus, since: campus, by: author)
        try log.seal(at: .noon("2026-10-01"))
        let state = try log.state()
        let item = try #require(state.accreditations(of: Self.campus).last)
        #expect(state.grant(of: item)?.voidFrom == campus)
    }

    @Test func letsNobodyElseEndTheKeyOfACampus() throws {
        for author in [Self.campus, SampleNetwork.body] {
            var (log, _, campus) = try Self.delegated()
            try Self.compromise(&log, Self.campus, since: campus, by: author)
            try log.seal(at: .noon("2026-10-01"))
            let state = try log.state()
            let item = try #require(state.accreditations(of: Self.campus).last)
            #expect(state.grant(of: item)?.voidFrom == nil, "\(author)")
        }
    }
}
