import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog
import Verification

/// Whether a body may award a qualification, asked without a certificate
/// (`Protocol/pages.md § Trust queries`).
@Suite struct AuthorizationTests {
    private func outcome(
        _ knowledge: Knowledge, of body: String = SampleNetwork.body,
        by authority: String = "tesda", for qualification: String = "q.ph.smaw-nc2",
        on day: String = "2026-11-02",
        at now: Timestamp = SampleNetwork.now
    ) throws -> Check.Outcome {
        AuthorizationCheck(
            of: body, by: authority, for: qualification, in: "PH",
            on: try #require(CalendarDate(parsing: day)), knowing: knowledge, at: now
        ).check.outcome
    }

    private func standard(
        splitView: String? = nil, changing change: (inout SampleLog) throws -> Void = { _ in }
    ) throws -> Knowledge {
        var network = try SampleNetwork.standard().network
        try change(&network.ph)
        try network.refresh()
        return try network.copies(splitView: splitView)
    }

    @Test func passesWhatTheAccreditationCovers() throws {
        #expect(try outcome(try standard()) == .passed)
    }

    @Test func saysNoWhereTheLogSaysNo() throws {
        let knowledge = try standard()
        #expect(try outcome(knowledge, on: "2018-11-02") == .failed(.notAccredited))
        #expect(try outcome(knowledge, for: "q.ph.dw-nc2") == .failed(.notAccredited))
        let void = try standard { log in
            try log.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event("void", about: SampleNetwork.body))
        }
        #expect(try outcome(void) == .failed(.voided))
        let withdrawn = try standard { log in
            try log.withdraw(SampleNetwork().accreditation, by: "tesda")
        }
        #expect(try outcome(withdrawn, on: "2026-11-23") == .failed(.accreditationWithdrawn))
        #expect(try outcome(withdrawn) == .passed)
    }

    /// What nothing at hand says is neither.
    @Test func leavesOpenWhatIsUnknown() throws {
        let knowledge = try standard()
        #expect(
            try outcome(knowledge, of: "ph.nobody") == .undetermined(.awardingBodyUnknown))
        #expect(
            try outcome(knowledge, by: "nobody") == .undetermined(.awardingBodyUnknown))
        #expect(
            try outcome(knowledge, at: SampleNetwork.now + 86_400) == .undetermined(.stale))
        #expect(
            try outcome(try standard(splitView: "aa")) == .undetermined(.splitView))
        let suspended = try standard { log in
            try log.add(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event("suspend", about: SampleNetwork.body))
        }
        #expect(try outcome(suspended) == .undetermined(.suspended))
        let empty = Knowledge(
            anchor: knowledge.anchor, logs: [], statusLists: [:], provenance: .copies,
            newestQuorumTime: nil)
        #expect(try outcome(empty) == .undetermined(.noRegistryData))
    }
}
