import Cryptography
import Encoding
import Registry
import Storage
import Sync
import Synchronization
import TestSupport
import Testing
import TransparencyLog

/// Proofs of faults as a node takes them: judged, graded, stored once, bounded.
@Suite struct FaultExchangeTests {
    let country: SampleCountry
    let former: NoteSigner
    let witnesses: [SampleCountry]
    let follower: SampleFollower

    init() throws {
        country = try SampleCountry("XA", 1)
        former = try NoteSigner(
            name: country.origin, key: SigningKey(seed: [UInt8](repeating: 77, count: 32)),
            algorithm: .ed25519)
        witnesses = [try SampleCountry("XB", 2), try SampleCountry("XC", 3)]
        var follower = try SampleFollower(
            country, policy: SampleCountry.policy(1, of: witnesses))
        let keys = [country.log.verifier, former.verifier]
        follower.rules.everyKey = { _ in keys }
        self.follower = follower
    }

    private var exchange: SplitViewExchange {
        SplitViewExchange(database: follower.database, rules: follower.rules)
    }

    private func note(
        _ branch: String, cosignedBy witnesses: [SampleCountry] = []
    ) throws -> SignedNote {
        try country.checkpoint(
            SampleCountry.entries(0..<5, branch: branch), cosignedBy: witnesses
        ).note
    }

    @Test func aStolenKeyThatHadEndedTakesNothingFromTheLog() throws {
        let theirs = try TreeHead(parsing: note("b").text)
        let theft = SplitView(
            sameSize: try note("", cosignedBy: [witnesses[0]]),
            Checkpoint.signed(theirs, by: former).note)
        #expect(try exchange.take(theft) == .stored(theft.identity))
        #expect(try exchange.take(theft) == .known(theft.identity))
        #expect(try follower.standing == .sound)
        #expect(try follower.database.read { try $0.splitViews() } == [])
        #expect(try follower.database.read { try $0.faultIdentities() } == [theft.identity])
        let kept = try follower.database.read { try $0.fault(theft.identity) }
        #expect(kept == FaultProof(.fork(theft)))
    }

    @Test func twoQuorumsFreezeAndAForgedLineDoesNotHideOne() throws {
        let liar = witnesses[1].witness
        let second = try note("b", cosignedBy: [witnesses[0]])
        let forged = liar.cosign(
            try TreeHead(parsing: note("c").text), at: Timestamp(seconds: 5))
        let fork = SplitView(
            sameSize: try note("", cosignedBy: [witnesses[0]]), second.adding(forged))
        #expect(try exchange.take(fork) == .stored(fork.identity))
        #expect(try follower.standing == .frozen(commonSize: 0))
        // The witness that stands under both is named by a proof of its own.
        let faults = try follower.database.read { try $0.faults() }
        #expect(faults.map(\.accused) == [witnesses[0].witness.verifier.name])
        #expect(
            faults.first?.proof.judge(keys: [witnesses[0].witness.verifier])
                == .cosigner(name: witnesses[0].witness.verifier.name))
    }

    @Test func aFreshProofShowsWhatBothHistoriesShare() async throws {
        let ours = SampleCountry.entries(0..<40)
        let peer = try SamplePeer(
            country, ours, note: country.checkpoint(ours, cosignedBy: [witnesses[0]]).note)
        _ = try await follower.follow([peer.server().url])
        let theirs = SampleCountry.entries(0..<70, branch: "b", from: 33)
        let leaves = theirs.map(MerkleTree.leafHash)
        let fork = try SplitView(
            older: peer.note,
            newer: country.checkpoint(theirs, cosignedBy: [witnesses[1]]).note
        ) { (level: Int, index: UInt64) throws(LogError) in
            let start = Int(index) << level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
        }
        #expect(try exchange.take(fork) == .stored(fork.identity))
        #expect(try follower.standing == .frozen(commonSize: 32))
    }

    @Test func aWitnessThatLiedIsNamedAndProofsAboutNobodyAreRefused() throws {
        let split = SplitView(
            sameSize: try note("", cosignedBy: [witnesses[0]]),
            try note("b", cosignedBy: witnesses))
        let liar = witnesses[0].witness.verifier
        let proof = FaultProof(.cosigner(split, witness: liar))
        #expect(try exchange.take(proof) == .stored(proof.identity))
        // The two histories in it are two of a log that is kept here.
        #expect(try follower.standing == .frozen(commonSize: 0))
        let stranger = try SampleCountry("XD", 4)
        let about = FaultProof(
            .cosigner(
                SplitView(
                    sameSize: try note("", cosignedBy: [stranger]),
                    try note("b", cosignedBy: [stranger])), witness: stranger.witness.verifier))
        #expect(try exchange.take(about) == .refused)
        let honest = FaultProof(.cosigner(split, witness: witnesses[1].witness.verifier))
        #expect(try exchange.take(honest) == .refused)
    }

    @Test func proofsAboutOneNameAreBounded() throws {
        let known = try note("", cosignedBy: [witnesses[0]])
        for number in 0..<(SplitViewExchange.countLimit + 5) {
            let theirs = try TreeHead(parsing: note("b\(number)").text)
            _ = try exchange.take(
                SplitView(sameSize: known, Checkpoint.signed(theirs, by: former).note))
        }
        let kept = try follower.database.read { try $0.faultIdentities() }
        #expect(kept.count == SplitViewExchange.countLimit)
        // A worse standing is not hidden behind a heap of old thefts.
        let fork = SplitView(sameSize: known, try note("b", cosignedBy: [witnesses[1]]))
        #expect(try exchange.take(fork) == .stored(fork.identity))
        #expect(try follower.standing == .frozen(commonSize: 0))
    }

    @Test func rootsAndSignersOfExtractsAreJudgedWithTheirOwnKeys() throws {
        let log = try SampleLog("XA")
        func statement(_ next: String) throws -> [UInt8] {
            try log.entry(
                "key", by: log.root.verifier.name, about: [log.root.verifier.name],
                SampleActs.key(
                    "root", log.root.verifier.name, log.root.verifier,
                    nextRoot: HashValue(of: next.utf8).hexadecimal)
            ).serialized
        }
        let proof = FaultProof(.twoRoots(try statement("a"), try statement("b")))
        #expect(try exchange.take(proof) == .refused)
        var rules = follower.rules
        let root = log.root.verifier
        rules.roots = { _ in [root] }
        let knowing = SplitViewExchange(database: follower.database, rules: rules)
        #expect(try knowing.take(proof) == .stored(proof.identity))
        #expect(try follower.database.read { try $0.faults() }.map(\.accused) == [root.name])
        #expect(try follower.standing == .sound)
    }

    /// Whoever shows proofs that prove nothing is asked for a few of them a round.
    @Test func aPeerThatShowsFalseProofsIsListenedToLess() async throws {
        let stranger = try SampleCountry("XZ", 9)
        let proofs = try (0..<40).map { number in
            SplitView(
                sameSize: try stranger.checkpoint(SampleCountry.entries(0..<5)).note,
                try stranger.checkpoint(SampleCountry.entries(0..<5, branch: "\(number)")).note)
        }
        let asked = Mutex(0)
        let server = try RawServer { request in
            if request.path == PeerPath.splitViews {
                return .bytes(200, HashList(proofs.map(\.identity)).serialized)
            }
            guard
                let proof = proofs.first(where: {
                    request.path == PeerPath.splitView($0.identity)
                })
            else { return .text(404, "") }
            asked.withLock { $0 += 1 }
            return .bytes(200, proof.serialized)
        }
        let outcomes = try await PeerNetwork.with { network in
            try await exchange.exchange(
                with: network.client(try PeerAddress(parsing: server.url)))
        }
        #expect(outcomes.allSatisfy { $0 == .refused })
        #expect(asked.withLock { $0 } == 8)
        #expect(try follower.database.read { try $0.faultIdentities() } == [])
    }
}
