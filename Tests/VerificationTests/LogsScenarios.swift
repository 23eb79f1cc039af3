import Credentials
import Encoding
import Recognition
import Registry
import TestSupport
import TransparencyLog
import Verification

extension Scenario {
    static let logs: [Scenario] = [
        Scenario(
            "a clock before the release",
            [
                "logs undetermined clock"
            ], exit: 2
        ) {
            var network = try SampleNetwork()
            try network.publishList(1)
            let file = try network.issue([network.award("2026-10-01")])[0]
            try network.refresh(at: .noon("2026-10-02"))
            return try network.verify(file, at: .noon("2026-10-02"))
        },
        Scenario("a clock behind the witnesses", ["logs undetermined clock"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(file, at: SampleNetwork.now + -4_201)
        },
        Scenario("a clock a little behind the witnesses", [], exit: 0) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(file, at: SampleNetwork.now + -4_200)
        },
        Scenario("a clock behind what this verifier has seen", ["logs undetermined clock"], exit: 2)
        {
            let (network, file) = try SampleNetwork.standard()
            let knowledge = try network.copies(newest: SampleNetwork.now + 601)
            return Verifier(
                knowledge: knowledge, question: SampleNetwork.authenticity, at: SampleNetwork.now
            ).verify(file, challenge: .none)
        },
        Scenario(
            "no copy of the home log",
            [
                "logs undetermined no-registry-data", "issuer undetermined no-registry-data",
                "credential undetermined awarding-body-unknown",
                "status undetermined no-registry-data",
            ], exit: 2
        ) { try without("PH") },
        Scenario("no copy of the anchor's log", ["logs undetermined no-registry-data"], exit: 2) {
            try without("DE")
        },
        Scenario(
            "a copy of the home log that waits for its witnesses",
            [
                "logs undetermined no-registry-data", "issuer undetermined no-registry-data",
                "credential undetermined awarding-body-unknown",
                "status undetermined no-registry-data",
            ], exit: 2
        ) { try without("PH", isAwaited: true) },
        Scenario(
            "a copy of the anchor's log that waits for its witnesses",
            ["logs undetermined no-registry-data"], exit: 2
        ) { try without("DE", isAwaited: true) },
        Scenario("copies older than a day", ["logs undetermined stale"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(file, at: SampleNetwork.now + 86_400 + -3_599)
        },
        Scenario("copies of exactly a day", [], exit: 0) {
            let (network, file) = try SampleNetwork.standard()
            return try network.verify(file, at: SampleNetwork.now + 86_400 + -3_600)
        },
        Scenario(
            "the destination's statements are old, where someone can be hurt",
            [
                "logs undetermined stale"
            ], exit: 2
        ) {
            var (network, file) = try SampleNetwork.standard()
            try network.ph.seal(at: SampleNetwork.now + 86_400)
            return try network.verify(file, SampleNetwork.visa, at: SampleNetwork.now + 86_400)
        },
        Scenario("the log has shown two histories", ["logs undetermined split-view"], exit: 2) {
            let (network, file) = try SampleNetwork.standard()
            return Verifier(
                knowledge: try network.copies(splitView: "aa"),
                question: SampleNetwork.authenticity, at: SampleNetwork.now
            ).verify(file, challenge: .none)
        },
        Scenario(
            "a critical act of an unknown kind about the body",
            [
                "logs undetermined unknown-entry"
            ], exit: 2
        ) { try unknown(about: SampleNetwork.body, by: "tesda") },
        Scenario("one that no quorum has seen", ["logs undetermined unknown-entry"], exit: 2) {
            try unknown(about: SampleNetwork.body, by: "tesda", isSealed: false)
        },
        Scenario("one about another body", [], exit: 0) {
            try unknown(about: "ph.other", by: "tesda")
        },
        Scenario("one by a stranger", [], exit: 0) {
            try unknown(about: SampleNetwork.body, by: "stranger")
        },
        Scenario("one by another body", [], exit: 0) {
            try unknown(about: SampleNetwork.body, by: "ph.other")
        },
        Scenario("one that is not critical", [], exit: 0) {
            try unknown(about: SampleNetwork.body, by: "tesda", isCritical: false)
        },
        Scenario("an unknown member in a known kind", ["logs undetermined unknown-entry"], exit: 2)
        {
            try unknown(
                about: SampleNetwork.body, by: "tesda", kind: "status-event",
                act: #"{"event":"void","target":{"subject":"ph.centre"},"reason":"r","new":1}"#)
        },
        Scenario("unwitnessed copies without an age", [], exit: 0) { try unwitnessed(nil) },
        Scenario("unwitnessed copies followed today", [], exit: 0) {
            try unwitnessed(SampleNetwork.now + -60)
        },
        Scenario("unwitnessed copies followed last week", ["logs undetermined stale"], exit: 2) {
            try unwitnessed(SampleNetwork.now + -7 * 86_400)
        },
    ]

    /// Without the log of a country, or with one that its two witnesses have not seen.
    static func without(_ country: String, isAwaited: Bool = false) throws -> Verdict {
        let (network, file) = try SampleNetwork.standard()
        let copies = try network.copies()
        let awaited = try [network.de, network.ph].filter { isAwaited && $0.country == country }
            .map { log in
                Knowledge.AwaitedLog(
                    country: log.country, origin: log.origin, policy: try log.policy)
            }
        let knowledge = Knowledge(
            anchor: copies.anchor, logs: copies.logs.filter { $0.country != country },
            awaited: awaited,
            statusLists: copies.statusLists, provenance: .copies, newestQuorumTime: nil)
        return Verifier(
            knowledge: knowledge, question: SampleNetwork.authenticity, at: SampleNetwork.now
        ).verify(file, challenge: .none)
    }

    private static func unknown(
        about subject: String, by author: String, isSealed: Bool = true, isCritical: Bool = true,
        kind: String = "shortage-list", act: String = "{}"
    ) throws -> Verdict {
        var (network, file) = try SampleNetwork.standard()
        try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.other", "q.ph.smaw-nc2"],
            SampleActs.accreditation("ph.other", SampleKeys.signer("ph.other").verifier))
        try network.refresh()
        let text =
            #"{"type":"entry","id":"00112233445566778899aabbccddeeff","origin":"\#(network.ph.origin)","#
            + #""kind":"\#(kind)","critical":\#(isCritical),"by":"\#(author)","subjects":["\#(subject)"],"#
            + #""act":\#(act)}"# + "\n"
        let note = try SignedNote(
            text: text, signatures: [SampleKeys.signer(author).sign(text)])
        network.ph.append(try RegistryEntry(parsing: note.serialized))
        if isSealed { try network.refresh() }
        return try network.verify(file)
    }

    private static func unwitnessed(_ followed: Timestamp?) throws -> Verdict {
        var network = try SampleNetwork(isWitnessed: false)
        try network.publishList(1)
        let file = try network.issue([network.award()])[0]
        try network.refresh()
        let logs = try [network.de, network.ph].map { log in
            Knowledge.Log(
                country: log.country,
                state: try log.state(reading: .noon("2026-11-03")),
                head: try log.newest().checkpoint.head, quorumTime: nil, isUnwitnessed: true,
                followed: followed)
        }
        let knowledge = Knowledge(
            anchor: try network.anchor(), logs: logs, statusLists: network.lists,
            provenance: .copies, newestQuorumTime: nil)
        return Verifier(
            knowledge: knowledge, question: SampleNetwork.authenticity, at: SampleNetwork.now
        ).verify(file, challenge: .none)
    }
}
