import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// Logs that go on as their next generation, and those that only say so.
@Suite struct SuccessionTests {
    static let origin = "sample.example/ph/2"
    let old: SampleLog
    let shared: TreeHead
    let logKey: NoteKey
    let afterNext: NoteSigner

    init() throws {
        var log = try SampleNetwork().ph
        try log.seal(at: .noon("2026-10-02"))
        old = log
        shared = try log.newest().checkpoint.head
        logKey = try SampleKeys.signer(Self.origin, seed: "PH-log-2").verifier
        afterNext = try SampleKeys.signer("PH-root", seed: "PH-root-3")
    }

    private func act(
        _ cause: Successor.Cause = .splitView, after head: TreeHead? = nil,
        log: NoteKey? = nil, root: NoteKey? = nil, origin: String = SuccessionTests.origin,
        signedBy signers: [NoteSigner]? = nil
    ) throws -> RegistryEntry {
        let log = try log ?? SampleKeys.signer(origin, seed: "PH-log-2").verifier
        return try RegistryEntry(
            envelope: old.envelope(
                "successor", by: old.root.verifier.name, about: [log.name], origin: origin),
            act: Successor.members(
                of: head ?? shared, cause: cause, log: log, root: root ?? old.next.verifier,
                nextRoot: HashValue(of: afterNext.verifier.description.utf8)),
            signedBy: signers ?? [old.root, old.next])
    }

    private func judge(
        _ entry: RegistryEntry, origin: String = SuccessionTests.origin, goodSize: UInt64? = nil,
        isFrozen: Bool = true
    ) throws -> Succession {
        Succession.judge(
            origin, entry: entry.serialized, after: shared, state: try old.state(),
            goodSize: goodSize ?? shared.size, isFrozen: isFrozen)
    }

    @Test func adoptsTheGoodPrefixUnderBothRoots() throws {
        let pin = old.pin.succeeded(by: Self.origin, at: shared.size)
        #expect(try judge(act()) == .adopted(pin, firstLogKey: logKey))
        #expect(try judge(act(), goodSize: 0) == .adopted(pin, firstLogKey: logKey))
        #expect(pin.origin(at: shared.size - 1) == old.origin)
        #expect(pin.origin(at: shared.size) == Self.origin)
    }

    @Test func aSoundLogIsSucceededOnlyWhereBothRootsSayThatItIsDead() throws {
        #expect(try judge(act(), isFrozen: false) == .refused(.predecessorSound))
        let dead = try judge(act(.dead), isFrozen: false)
        #expect(
            dead
                == .adopted(
                    old.pin.succeeded(by: Self.origin, at: shared.size), firstLogKey: logKey))
    }

    /// Scenario 30: what a quorum has seen is not dropped in silence.
    @Test func entriesThatAQuorumHasSeenAreNotDropped() throws {
        #expect(try judge(act(), goodSize: shared.size + 1) == .refused(.dropsEntries))
        #expect(
            try judge(act(.dead), goodSize: shared.size + 1, isFrozen: false)
                == .refused(.dropsEntries))
    }

    @Test func anotherHistoryIsNoSuccessor() throws {
        let other = try TreeHead(
            origin: old.origin, size: shared.size, root: HashValue(of: "other".utf8))
        #expect(try judge(act(after: other)) == .refused(.otherHistory))
        let shorter = try TreeHead(
            origin: old.origin, size: shared.size - 1, root: shared.root)
        #expect(try judge(act(after: shorter)) == .refused(.otherHistory))
    }

    @Test func thievesCannotSucceed() throws {
        let thief = try SampleKeys.signer("PH-root", seed: "thief")
        for signers in [[old.root], [old.next], [old.root, thief], [thief, old.next]] {
            #expect(try judge(act(signedBy: signers)) == .refused(.notSigned))
        }
        let stolen = try act(root: thief.verifier, signedBy: [old.root, thief])
        #expect(try judge(stolen) == .refused(.notSigned))
    }

    @Test func onlyTheNextGenerationOfTheSameCountrySucceeds() throws {
        for origin in ["sample.example/ph/3", "sample.example/ph/1", "sample.example/de/2"] {
            #expect(try judge(act(origin: origin), origin: origin) == .refused(.noSuccessor))
        }
        #expect(try judge(act(log: old.logSigner().verifier)) == .refused(.noSuccessor))
        #expect(try judge(old.entries[3]) == .refused(.noSuccessor))
        #expect(
            Succession.judge(
                Self.origin, entry: [1, 2, 3], after: shared, state: try old.state(),
                goodSize: 0, isFrozen: true) == .refused(.noSuccessor))
    }

    // MARK: The fold of a later generation

    private func state(_ more: [RegistryEntry]) throws -> LogState {
        let later = more.enumerated().map { offset, entry in
            LoggedEntry(
                entry: entry, index: shared.size + UInt64(offset), loggedTime: SampleNetwork.now,
                isWitnessed: true)
        }
        return LogState(
            pin: old.pin.succeeded(by: Self.origin, at: shared.size),
            folding: try old.logged().filter { $0.index < shared.size } + later)
    }

    private func mandate(
        _ origin: String, signedBy signer: NoteSigner
    ) throws -> RegistryEntry {
        try RegistryEntry(
            envelope: old.envelope(
                "mandate", by: "PH-root", about: ["new"], origin: origin,
                id: Hexadecimal.encode(
                    HashValue(of: "\(origin)\(signer.verifier)".utf8).bytes.prefix(16))
            ),
            act: SampleActs.mandate("new", ["award"], scope: ["*"], territory: ["PH"]),
            signedBy: [signer])
    }

    @Test func whatStoodStandsAndTheNextRootIsTheRoot() throws {
        let state = try state([
            act(), mandate(Self.origin, signedBy: old.root),
            mandate(Self.origin, signedBy: old.next),
            mandate(old.origin, signedBy: old.next),
        ])
        #expect(state.accreditations(of: SampleNetwork.body).count == 1)
        #expect(state.rootKey(at: shared.size + 1)?.key == old.next.verifier)
        #expect(state.committedNextRoot == HashValue(of: afterNext.verifier.description.utf8))
        // The old root makes nothing more, and no entry of the old log follows.
        #expect(state.acts.last?.logged.index == shared.size + 2)
        #expect(try state.logKey(forSize: shared.size) == old.logSigner().verifier)
        #expect(state.logKey(forSize: shared.size + 1) == logKey)
    }

    @Test func aSuccessorStandsOnlyWhereTheLogsPart() throws {
        #expect(
            try state([mandate(Self.origin, signedBy: old.root), act()]).logKey(forSize: 99)
                == old.logSigner().verifier)
        // Without a pin that says so, no log changes its name.
        let plain = LogState(pin: old.pin, folding: try old.logged())
        let logged = LoggedEntry(
            entry: try act(), index: old.size, loggedTime: SampleNetwork.now, isWitnessed: true)
        #expect(plain.judge(logged) == .void(.wrongOrigin))
    }

    @Test func anEntryOfAnEarlierGenerationIsNoFault() throws {
        let first = old.entries[0]
        let head = try TreeHead(
            origin: Self.origin, size: 1, root: MerkleTree.leafHash(first.serialized))
        let signer = try SampleKeys.signer(Self.origin, seed: "PH-log-2")
        let placed = FaultProof.Placed(index: 0, bytes: first.serialized, hashes: [])
        let note = Checkpoint.signed(head, by: signer).note
        #expect(
            FaultProof(.foreignEntry(note, placed)).judge(keys: [signer.verifier]) == nil)
    }

    @Test func pinsWithPredecessorsAreReadBack() throws {
        let pin = old.pin.succeeded(by: Self.origin, at: shared.size)
        let root = old.root.verifier
        let card = NodeCard(
            country: "PH", pin: pin, log: logKey,
            witness: try SampleKeys.witness("w1.example").verifier, extract: root, isSample: true,
            mirror: try SampleKeys.witness("m1.example").verifier)
        let read = try NodeCard(parsing: card.serialized)
        #expect(read == card)
        let plain = NodeCard(
            country: "PH", pin: pin, log: logKey, witness: card.witness, extract: root,
            isSample: true)
        #expect(plain.fingerprint != card.fingerprint)
        let text = String(decoding: card.serialized, as: UTF8.self)
        for (good, bad) in [("ph/1", "ph/2"), ("ph/1", "de/1"), ("\"size\": ", "\"size\": -")] {
            let changed = text.replacing(good, with: bad)
            #expect(changed != text)
            #expect(throws: RegistryError.self) {
                try NodeCard(parsing: Array(changed.utf8))
            }
        }
    }
}
