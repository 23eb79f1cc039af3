import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct KeyTests {
    /// The accreditor's key is stolen: the thief accredits a forger and withdraws the honest
    /// body; then the root states since when the key is void.
    private static func stolen(
        since: (UInt64, UInt64) -> UInt64, isStatedWitnessed: Bool = true
    ) throws -> (log: SampleLog, state: LogState, honest: UInt64) {
        var network = try SampleNetwork()
        let before = network.ph.size - 1
        let forged = try network.ph.add(
            "accreditation", by: "tesda", about: ["ph.forger", "q.ph.smaw-nc2"],
            SampleActs.accreditation("ph.forger", SampleKeys.signer("ph.forger").verifier))
        try network.ph.withdraw(network.accreditation, by: "tesda")
        try network.ph.add(
            "batch", by: "ph.forger", about: ["ph.forger"],
            [
                "body": "ph.forger", "list": "l", "count": 64, "earliest": "2026-09-01",
                "latest": "2026-09-01", "root": .string(HashValue(of: []).hexadecimal),
            ])
        if isStatedWitnessed == false { try network.ph.seal(at: .noon("2026-10-02")) }
        try network.ph.add(
            "status-event", by: "PH-root", about: ["tesda"],
            SampleActs.event(
                "compromise", about: "tesda", key: SampleKeys.signer("tesda").verifier,
                since: Int64(since(before, forged))))
        if isStatedWitnessed { try network.ph.seal(at: .noon("2026-10-02")) }
        return (network.ph, try network.ph.state(), network.accreditation)
    }

    @Test func actsFromTheCompromiseOnAreVoidAndThoseBeforeStand() throws {
        let (_, state, _) = try KeyTests.stolen { _, forged in forged }
        #expect(state.accreditations(of: "ph.forger").isEmpty)
        #expect(state.grants.allSatisfy { $0.holder != "ph.forger" })
        let honest = state.accreditations(of: SampleNetwork.body)
        #expect(honest.count == 1)
        #expect(honest.allSatisfy { $0.standing.end == nil })
        #expect(!state.acts.contains { if case .batch = $0.act { true } else { false } })
    }

    @Test func actsBeforeTheCompromiseStand() throws {
        let (_, state, _) = try KeyTests.stolen { _, forged in forged + 3 }
        #expect(state.accreditations(of: "ph.forger").count == 1)
        #expect(state.accreditations(of: SampleNetwork.body).allSatisfy { $0.standing.end != nil })
    }

    /// What no quorum has seen takes away, and gives nothing back.
    @Test func anUnwitnessedCompromiseUndoesNoBadNews() throws {
        let (_, state, _) = try KeyTests.stolen(
            since: { _, forged in forged }, isStatedWitnessed: false)
        #expect(state.accreditations(of: "ph.forger").isEmpty)
        #expect(state.accreditations(of: SampleNetwork.body).allSatisfy { $0.standing.end != nil })
    }

    @Test func onlyTheGrantorStatesACompromise() throws {
        let log = try SampleNetwork().ph
        func judged(_ author: String, about subject: String, key: String) throws -> Judgement {
            try LogStateTests.judge(
                log,
                log.entry(
                    "status-event", by: author, about: [subject],
                    SampleActs.event(
                        "compromise", about: subject, key: SampleKeys.signer(key).verifier,
                        since: 0)))
        }
        let body = SampleNetwork.body
        #expect(try judged("tesda", about: body, key: body) == .effective)
        #expect(try judged(body, about: body, key: body) == .void(.notTheAuthor))
        #expect(try judged("stranger", about: body, key: body) == .void(.notTheAuthor))
        #expect(try judged("PH-root", about: "tesda", key: "tesda") == .effective)
        #expect(try judged("tesda", about: "tesda", key: "tesda") == .void(.notSignedByAuthor))
        #expect(try judged("tesda", about: body, key: "never-granted") == .void(.unknownAct))
    }

    @Test func aRootNeverStatesItsOwnCompromise() throws {
        let log = try SampleNetwork().ph
        let entry = try log.entry(
            "status-event", by: "PH-root", about: ["PH-root"],
            SampleActs.event("compromise", about: "PH-root", key: log.root.verifier, since: 0))
        #expect(try LogStateTests.judge(log, entry) == .void(.notSignedByAuthor))
    }

    private static func rotation(
        _ log: SampleLog, to next: NoteSigner, signedBy signers: [NoteSigner]
    ) throws -> RegistryEntry {
        try log.entry(
            "key", by: "PH-root", about: ["PH-root"],
            SampleActs.key(
                "root", "PH-root", next.verifier,
                nextRoot: HashValue(of: "the one after".utf8).hexadecimal), signedBy: signers)
    }

    @Test func theRootPassesOnlyToTheCommittedNextRootSignedByBoth() throws {
        let log = try SampleNetwork().ph
        let other = try SampleKeys.signer("PH-root", seed: "thief")
        func judged(_ next: NoteSigner, _ signers: [NoteSigner]) throws -> Judgement {
            try LogStateTests.judge(log, KeyTests.rotation(log, to: next, signedBy: signers))
        }
        #expect(try judged(log.next, [log.root, log.next]) == .effective)
        #expect(try judged(log.next, [log.root]) == .void(.wrongNextRoot))
        #expect(try judged(log.next, [log.next]) == .void(.notSignedByAuthor))
        #expect(try judged(other, [log.root, other]) == .void(.wrongNextRoot))
    }

    @Test func afterARotationOnlyTheNewRootCounts() throws {
        var log = try SampleNetwork().ph
        log.append(try KeyTests.rotation(log, to: log.next, signedBy: [log.root, log.next]))
        let act = SampleActs.mandate("new", ["award"], scope: ["*"], territory: ["PH"])
        func judged(_ signer: NoteSigner) throws -> Judgement {
            try LogStateTests.judge(
                log, log.entry("mandate", by: "PH-root", about: ["new"], act, signedBy: [signer]))
        }
        #expect(try judged(log.root) == .void(.notSignedByAuthor))
        #expect(try judged(log.next) == .effective)
    }

    @Test func theNextRootVoidsTheOldOneFromAPosition() throws {
        var log = try SampleNetwork().ph
        let forged = try log.add(
            "mandate", by: "PH-root", about: ["thief"],
            SampleActs.mandate("thief", ["accredit"], scope: ["*"], territory: ["PH"]))
        log.append(try KeyTests.rotation(log, to: log.next, signedBy: [log.root, log.next]))
        try log.add(
            "status-event", by: "PH-root", about: ["PH-root"],
            SampleActs.event(
                "compromise", about: "PH-root", key: log.root.verifier, since: Int64(forged)),
            signedBy: [log.next])
        try log.seal(at: .noon("2026-10-02"))
        let state = try log.state()
        #expect(state.act(log.entries[Int(forged)].identity) == nil)
        #expect(state.rootKey(at: log.size)?.key == log.next.verifier)
        #expect(state.accreditations(of: SampleNetwork.body).count == 1)
    }

    @Test func anAnnulledMandateVoidsWhatWasMadeUnderIt() throws {
        var network = try SampleNetwork()
        let mandate = try #require(
            network.ph.entries.firstIndex { $0.envelope.kind == "mandate" })
        try network.ph.withdraw(UInt64(mandate), by: "PH-root", annul: true)
        try network.ph.seal(at: .noon("2026-10-02"))
        #expect(try network.ph.state().accreditations(of: SampleNetwork.body).isEmpty)
        #expect(try network.ph.state().qualifications("q.ph.smaw-nc2").isEmpty)
    }

    @Test func aMandateThatEndsLeavesWhatWasMadeUnderIt() throws {
        var network = try SampleNetwork()
        let mandate = try #require(
            network.ph.entries.firstIndex { $0.envelope.kind == "mandate" })
        try network.ph.withdraw(UInt64(mandate), by: "PH-root")
        try network.ph.seal(at: .noon("2026-10-02"))
        #expect(try network.ph.state().accreditations(of: SampleNetwork.body).count == 1)
    }

    @Test func logKeysSignFromTheirSizeOn() throws {
        var log = try SampleNetwork().ph
        let second = try SampleKeys.signer(log.origin, seed: "PH-log-2").verifier
        let first = try log.logSigner().verifier
        let grant = try log.add(
            "key", by: "PH-root", about: [log.origin],
            SampleActs.key("log", log.origin, second, fromSize: 20))
        try log.seal(at: .noon("2026-10-02"))
        let state = try log.state()
        #expect(state.logKey(forSize: 19) == first)
        #expect(state.logKey(forSize: 20) == second)
        // What was ended does not give its place back to the one before.
        try log.withdraw(grant, by: "PH-root")
        try log.seal(at: .noon("2026-10-03"))
        #expect(try log.state().logKey(forSize: 19) == first)
        #expect(try log.state().logKey(forSize: 20) == nil)
    }

    @Test func aPeerThatWasReplacedDoesNotComeBack() throws {
        var network = try SampleNetwork()
        let other = try SampleLog("PH").pin
        let moved = LogPin(
            origin: "sample.example/ph/2", root: other.root, nextRoot: other.nextRoot)
        let second = try network.de.add(
            "peer", by: "DE-root", about: ["PH"],
            try SampleActs.peer("PH", moved, network.ph.policyText))
        try network.de.seal(at: .noon("2026-10-02"))
        #expect(try network.de.state().peers["PH"]?.pin == moved)
        try network.de.withdraw(second, by: "DE-root")
        try network.de.seal(at: .noon("2026-10-03"))
        #expect(try network.de.state().peers["PH"] == nil)
    }

    /// A key of the same name and of the same 32-bit id is still another key.
    @Test func aSignatureUnderAKnownNameByAnotherKeyIsNone() throws {
        let log = try SampleNetwork().ph
        let honest = try log.entry(
            "country", by: "PH-root", about: ["PH"], ["country": "PH", "names": ["en": "S"]])
        let stranger = try SampleKeys.signer("thief").sign(honest.note.text)
        let line = try #require(honest.note.signatures.first)
        let bytes = honest.note.text.utf8
        let forged = "\u{2014} \(line.name) "
        let material = line.keyID.bigEndian
        let payload = withUnsafeBytes(of: material) { Array($0) } + stranger.signature
        let note =
            Array(bytes) + [0x0A] + Array("\(forged)\(Base64.standard.encode(payload))\n".utf8)
        let entry = try RegistryEntry(parsing: note)
        #expect(try LogStateTests.judge(log, entry) == .void(.notSignedByAuthor))
    }
}
