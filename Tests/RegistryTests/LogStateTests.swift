import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct LogStateTests {
    /// A PH log with its root, its log key, `tesda` under a mandate, and a day to read it on.
    static func log(_ mandate: JSONObject? = nil) throws -> SampleLog {
        var log = try SampleNetwork().ph
        if let mandate {
            try log.add("mandate", by: log.root.verifier.name, about: ["prc"], mandate)
            try log.add(
                "key", by: log.root.verifier.name, about: ["prc"],
                SampleActs.key("authority", "prc", SampleKeys.signer("prc").verifier))
        }
        return log
    }

    static func judge(
        _ log: SampleLog, _ entry: RegistryEntry, on day: String = "2026-10-02",
        isWitnessed: Bool = true
    ) throws -> Judgement {
        var sealed = log
        try sealed.seal(at: .noon("2026-10-01"))
        return try sealed.state().judge(
            LoggedEntry(
                entry: entry, index: log.size, loggedTime: .noon(day), isWitnessed: isWitnessed))
    }

    static func judge(
        _ mandate: JSONObject, _ kind: String, about subjects: [String], _ act: JSONObject,
        on day: String = "2026-10-02"
    ) throws -> Judgement {
        let log = try log(mandate)
        return try judge(log, log.entry(kind, by: "prc", about: subjects, act), on: day)
    }

    // MARK: Kinds by their signers

    @Test(arguments: ["country", "key", "peer", "mandate"])
    func takesGovernanceFromTheRootAlone(_ kind: String) throws {
        let log = try LogStateTests.log()
        let root = log.root.verifier.name
        let key = try SampleKeys.signer("new").verifier
        let (subject, act): (String, JSONObject) =
            switch kind {
            case "country": ("PH", ["country": "PH", "names": ["en": "S"]])
            case "key": ("new", SampleActs.key("authority", "new", key))
            case "peer": ("DE", try SampleActs.peer("DE", SampleLog("DE").pin, log.policyText))
            default:
                ("new", SampleActs.mandate("new", ["award"], scope: ["*"], territory: ["PH"]))
            }
        func judged(_ author: String, _ signer: String) throws -> Judgement {
            try LogStateTests.judge(
                log,
                log.entry(
                    kind, by: author, about: [subject], act, signedBy: [SampleKeys.signer(signer)]))
        }
        #expect(try judged(root, root) == .effective)
        #expect(try judged(root, "stranger") == .void(.notSignedByAuthor))
        #expect(try judged("tesda", "tesda") == .void(.notSignedByAuthor))
        #expect(try judged("tesda", root) == .void(.notSignedByAuthor))
    }

    static let prc = SampleActs.mandate(
        "prc", ["accredit", "register", "recognise", "reference"],
        scope: ["q.ph.rn-*", "isco:2221", "fw.ph"], territory: ["PH-NCR"], from: "2020-01-01",
        until: "2026-12-31", purposes: ["practise"])

    @Test func takesAnAccreditationUnderItsMandateAlone() throws {
        func judged(_ qualification: String, on day: String = "2026-10-02") throws -> Judgement {
            try LogStateTests.judge(
                LogStateTests.prc, "accreditation", about: ["b", qualification],
                SampleActs.accreditation(
                    "b", SampleKeys.signer("b").verifier, qualifications: [qualification]),
                on: day)
        }
        #expect(try judged("q.ph.rn-2020") == .effective)
        #expect(try judged("q.ph.smaw-nc2") == .advisory(.outsideMandate))
        #expect(try judged("q.ph.rn-2020", on: "2019-12-31") == .advisory(.outsideMandate))
        #expect(try judged("q.ph.rn-2020", on: "2027-01-01") == .advisory(.outsideMandate))
        let without = SampleActs.mandate(
            "prc", ["recognise"], scope: ["*"], territory: ["PH"])
        #expect(
            try LogStateTests.judge(
                without, "accreditation", about: ["b", "q.ph.rn-2020"],
                SampleActs.accreditation(
                    "b", SampleKeys.signer("b").verifier, qualifications: ["q.ph.rn-2020"]))
                == .advisory(.outsideMandate))
    }

    @Test func takesAQualificationOfItsTerritoryAlone() throws {
        func judged(_ country: String) throws -> Judgement {
            try LogStateTests.judge(
                LogStateTests.prc, "qualification", about: ["q.ph.rn-2020"],
                SampleActs.qualification("q.ph.rn-2020", country: country))
        }
        #expect(try judged("PH-NCR") == .effective)
        #expect(try judged("PH") == .advisory(.outsideMandate))
        #expect(try judged("DE") == .advisory(.outsideMandate))
    }

    @Test(
        arguments: [
            (["occ": "2221"], "PH-NCR", "practise", true),
            (["occ": "2221"], "PH-NCR-1", "practise", true),
            (["occ": "2221"], "PH", "practise", false),
            (["occ": "2221"], "PH-NCR", "title", false),
            (["occ": "7212"], "PH-NCR", "practise", false),
            ([:], "PH-NCR", "practise", false),
            (["occ": "*"], "PH-NCR", "practise", false),
            (["title": "Nurse"], "PH-NCR", "practise", false),
            (["occ": "2221", "qual": "q.ph.other"], "PH-NCR", "practise", false),
            (["fw": "fw.ph"], "PH-NCR", "practise", true),
            (["fw": "fw.de"], "PH-NCR", "practise", false),
        ] as [(JSONObject, String, String, Bool)])
    func takesARecognitionWithinScopeTerritoryAndPurpose(
        _ target: JSONObject, _ place: String, _ purpose: String, _ isEffective: Bool
    ) throws {
        let subjects = [
            "q.ph.smaw-nc2", "isco:2221", "isco:7212", "q.ph.other", place,
        ]
        let judged = try LogStateTests.judge(
            LogStateTests.prc, "equivalence", about: subjects,
            SampleActs.equivalence(place, purposes: [purpose], target: target))
        #expect(judged == (isEffective ? .effective : .advisory(.outsideMandate)))
    }

    @Test func takesARegulationWithinScopeAndTerritory() throws {
        func judged(_ place: String, _ occupation: String) throws -> Judgement {
            try LogStateTests.judge(
                LogStateTests.prc, "regulation", about: ["isco:\(occupation)", place],
                SampleActs.regulation(place, occupation, regulated: false))
        }
        #expect(try judged("PH-NCR", "2221") == .effective)
        #expect(try judged("PH", "2221") == .advisory(.outsideMandate))
        #expect(try judged("PH-NCR", "7212") == .advisory(.outsideMandate))
    }

    @Test func takesFrameworksAndReferencingsWithinScope() throws {
        let names: JSONValue = ["en": "F"]
        #expect(
            try LogStateTests.judge(
                LogStateTests.prc, "framework", about: ["fw.ph"],
                ["framework": "fw.ph", "names": names, "levels": 8]) == .effective)
        #expect(
            try LogStateTests.judge(
                LogStateTests.prc, "referencing", about: ["fw.de", "fw.ph"],
                [
                    "from": "fw.de", "to": "fw.ph", "status": "draft",
                    "rows": [["from": ["1"], "to": ["1"], "relation": "equal"]],
                ]) == .advisory(.outsideMandate))
    }

    @Test func aMandateCountsFromItsPositionOn() throws {
        var log = try SampleNetwork().ph
        let act = try SampleActs.accreditation(
            "b", SampleKeys.signer("b").verifier, qualifications: ["q.ph.rn-2020"])
        let root = log.root.verifier.name
        try log.add(
            "key", by: root, about: ["prc"],
            SampleActs.key("authority", "prc", SampleKeys.signer("prc").verifier))
        let early = try log.add("accreditation", by: "prc", about: ["b", "q.ph.rn-2020"], act)
        let mandate = try log.add("mandate", by: root, about: ["prc"], LogStateTests.prc)
        let inTime = try log.add("accreditation", by: "prc", about: ["b", "q.ph.rn-2020"], act)
        try log.withdraw(mandate, by: root)
        let late = try log.add("accreditation", by: "prc", about: ["b", "q.ph.rn-2020"], act)
        try log.seal(at: .noon("2026-10-01"))
        let state = try log.state()
        func isMandated(_ index: UInt64) -> Bool? {
            state.act(log.entries[Int(index)].identity)?.isMandated
        }
        #expect(isMandated(early) == false)
        #expect(isMandated(inTime) == true)
        #expect(isMandated(late) == false)
        #expect(state.accreditations(of: "b").count == 1)
    }

    @Test func takesNoEntryOfAnotherLog() throws {
        let log = try LogStateTests.log()
        let envelope = log.envelope("country", by: "PH-root", about: ["PH"], origin: "other/ph/2")
        let entry = try RegistryEntry(
            envelope: envelope, act: ["country": "PH", "names": ["en": "S"]], signedBy: [log.root])
        #expect(try LogStateTests.judge(log, entry) == .void(.wrongOrigin))
    }

    @Test func takesNoLogKeyOfAnotherName() throws {
        let log = try LogStateTests.log()
        let entry = try log.entry(
            "key", by: "PH-root", about: ["x"],
            SampleActs.key("log", "x", SampleKeys.signer("sample.example/de/1").verifier))
        #expect(try LogStateTests.judge(log, entry) == .void(.wrongOrigin))
    }

    // MARK: Ends

    @Test func aWithdrawnActSentAgainChangesNothing() throws {
        var network = try SampleNetwork()
        let old = network.ph.entries[Int(network.accreditation)]
        try network.ph.withdraw(network.accreditation, by: "tesda")
        for entry in [
            old,
            try RegistryEntry(
                parsing: old.note.adding(SampleKeys.signer("tesda-2").sign(old.note.text))
                    .serialized),
        ] {
            #expect(try LogStateTests.judge(network.ph, entry) == .void(.duplicate))
            network.ph.append(entry)
        }
        try network.ph.seal(at: .noon("2026-10-05"))
        let state = try network.ph.state()
        #expect(
            state.accreditations(of: SampleNetwork.body).map { $0.standing.end != nil } == [true])
    }

    @Test func anIdCountsOnce() throws {
        let log = try LogStateTests.log()
        let entry = try log.entry(
            "country", by: "PH-root", about: ["PH"], ["country": "PH", "names": ["en": "other"]],
            id: log.entries[0].envelope.id)
        #expect(try LogStateTests.judge(log, entry) == .void(.duplicate))
    }

    @Test func reinstatingIsANewAct() throws {
        var network = try SampleNetwork()
        try network.ph.withdraw(network.accreditation, by: "tesda")
        let withdrawal = network.ph.entries.count - 1
        let again = try network.ph.entry(
            "withdrawal", by: "tesda", about: [SampleNetwork.body, "q.ph.smaw-nc2"],
            [
                "act": .string(network.ph.entries[withdrawal].identity.hexadecimal),
                "reason": "changed our mind",
            ])
        #expect(try LogStateTests.judge(network.ph, again) == .void(.final))
        try network.ph.add(
            "accreditation", by: "tesda", about: [SampleNetwork.body, "q.ph.smaw-nc2"],
            SampleActs.accreditation(
                SampleNetwork.body, SampleKeys.signer(SampleNetwork.body).verifier))
        try network.ph.seal(at: .noon("2026-10-05"))
        let standing = try network.ph.state().accreditations(of: SampleNetwork.body)
        #expect(standing.map { $0.standing.end != nil } == [true, false])
    }

    @Test func onlyTheAuthorOrTheRootWithdraws() throws {
        var log = try LogStateTests.log(LogStateTests.prc)
        try log.add(
            "accreditation", by: "tesda", about: ["tesda-centre", "q.ph.smaw-nc2"],
            SampleActs.accreditation("tesda-centre", SampleKeys.signer("tesda-centre").verifier))
        let index = log.size - 1
        func judged(_ author: String, _ signer: String? = nil) throws -> Judgement {
            var copy = log
            let at = try copy.withdraw(
                index, by: author, signedBy: [SampleKeys.signer(signer ?? author)])
            return try LogStateTests.judge(log, copy.entries[Int(at)])
        }
        #expect(try judged("tesda") == .effective)
        #expect(try judged("PH-root") == .effective)
        #expect(try judged("prc") == .void(.notTheAuthor))
        #expect(try judged("tesda-centre") == .void(.notTheAuthor))
        #expect(try judged("tesda", "prc") == .void(.notSignedByAuthor))
        #expect(try judged("PH-root", "tesda") == .void(.notSignedByAuthor))
    }

    /// A body with the id of an authority, or a log key with the root's name, speaks for neither.
    @Test func aNameInAnotherRoleSpeaksForNobody() throws {
        var log = try LogStateTests.log(
            SampleActs.mandate("prc", ["accredit"], scope: ["q.ph.*"], territory: ["PH"]))
        let thief = try SampleKeys.signer("thief")
        try log.add(
            "accreditation", by: "prc", about: ["tesda", "q.ph.smaw-nc2"],
            SampleActs.accreditation("tesda", thief.verifier))
        try log.add(
            "key", by: "PH-root", about: ["PH-root"],
            SampleActs.key("extract", "PH-root", SampleKeys.signer("extract").verifier))
        let accreditation = try SampleNetwork().accreditation
        for (author, signer) in [("tesda", thief), ("PH-root", try SampleKeys.signer("extract"))] {
            var copy = log
            let at = try copy.withdraw(accreditation, by: author, signedBy: [signer])
            #expect(
                try LogStateTests.judge(log, copy.entries[Int(at)]) == .void(.notSignedByAuthor))
        }
    }

    @Test func aWithdrawalListsWhatItEnds() throws {
        let network = try SampleNetwork()
        let target = network.ph.entries[Int(network.accreditation)]
        let entry = try network.ph.entry(
            "withdrawal", by: "tesda", about: ["q.ph.smaw-nc2"],
            ["act": .string(target.identity.hexadecimal), "reason": "hidden"])
        #expect(try LogStateTests.judge(network.ph, entry) == .void(.subjectsMissing))
    }

    // MARK: Bad news and good news

    @Test func badNewsCountsBeforeAQuorumAndGoodNewsAfter() throws {
        let network = try SampleNetwork()
        let log = network.ph
        func judged(_ entry: RegistryEntry) throws -> Judgement {
            try LogStateTests.judge(log, entry, isWitnessed: false)
        }
        var copy = log
        let withdrawal = try copy.withdraw(network.accreditation, by: "tesda")
        #expect(try judged(copy.entries[Int(withdrawal)]) == .effective)
        func event(_ word: String) throws -> RegistryEntry {
            try log.entry(
                "status-event", by: "tesda", about: [SampleNetwork.body],
                SampleActs.event(word, about: SampleNetwork.body))
        }
        #expect(try judged(event("suspend")) == .effective)
        #expect(try judged(event("reinstate")) == .void(.notWitnessed))
        #expect(
            try judged(
                log.entry(
                    "accreditation", by: "tesda", about: ["b", "q.ph.smaw-nc2"],
                    SampleActs.accreditation("b", SampleKeys.signer("b").verifier)))
                == .void(.notWitnessed))
    }

    @Test func theWithdrawalOfBadNewsIsGoodNews() throws {
        var log = try SampleNetwork().ph
        let event = try log.add(
            "status-event", by: "tesda", about: [SampleNetwork.body],
            SampleActs.event("void", about: SampleNetwork.body))
        var copy = log
        let at = try copy.withdraw(event, by: "tesda")
        let entry = copy.entries[Int(at)]
        #expect(
            try LogStateTests.judge(log, entry, isWitnessed: false) == .void(.notWitnessed))
        #expect(try LogStateTests.judge(log, entry) == .effective)
    }

    @Test func anEntryThatWasNotWitnessedIsReadAgain() throws {
        var log = try SampleNetwork().ph
        try log.seal(at: .noon("2026-10-01"))
        var state = try log.state()
        let entry = try log.entry(
            "country", by: "PH-root", about: ["PH"], ["country": "PH", "names": ["en": "new"]])
        func logged(_ isWitnessed: Bool) throws -> LoggedEntry {
            LoggedEntry(
                entry: entry, index: log.size, loggedTime: try .noon("2026-10-02"),
                isWitnessed: isWitnessed)
        }
        #expect(try state.apply(logged(false)) == .void(.notWitnessed))
        #expect(try state.apply(logged(true)) == .effective)
    }
}
