import Cryptography
import Encoding
import Registry
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A follower that meets the next generation of a log that it knows.
@Suite struct SuccessorInquiryTests {
    let log: SampleLog
    let old: SampleCountry
    let new: SampleCountry
    let witness: SampleCountry

    init() throws {
        var log = try SampleLog("xa")
        let root = log.root.verifier
        try log.add(
            "key", by: root.name, about: [root.name],
            SampleActs.key("root", root.name, root, nextRoot: log.pin.nextRoot.hexadecimal))
        old = try SampleCountry("xa", 1)
        new = try SampleCountry("xa", 9, generation: 2)
        witness = try SampleCountry("xb", 2)
        try log.add(
            "key", by: root.name, about: [log.origin],
            SampleActs.key("log", log.origin, old.log.verifier))
        for number in 0..<6 {
            try log.add(
                "mandate", by: root.name, about: ["body-\(number)"],
                SampleActs.mandate("body-\(number)", ["award"], scope: ["*"], territory: ["XA"]))
        }
        self.log = log
    }

    private var entries: [[UInt8]] { log.entries.map(\.serialized) }

    /// The new generation's entries, from the good prefix on.
    private func successor(
        after size: Int, cause: Successor.Cause = .splitView, signedBy signers: [NoteSigner]? = nil
    ) throws -> [[UInt8]] {
        let head = try old.checkpoint(Array(entries[..<size])).head
        let act = try RegistryEntry(
            envelope: log.envelope(
                "successor", by: log.root.verifier.name, about: [new.origin], origin: new.origin),
            act: Successor.members(
                of: head, cause: cause, log: new.log.verifier, root: log.next.verifier,
                nextRoot: HashValue(of: "after".utf8)),
            signedBy: signers ?? [log.root, log.next])
        return entries[..<size] + [act.serialized, Array("more".utf8)]
    }

    private func follower() async throws -> SampleFollower {
        let policy = try SampleCountry.policy(1, of: [witness])
        var follower = try SampleFollower(old, policy: policy)
        let (old, new, pin) = (old, new, log.pin)
        let logged = try log.logged()
        follower.rules = LogRules(
            keys: { origin, _ in
                [old, new].filter { $0.origin == origin }.map(\.log.verifier)
            },
            policy: { _ in policy })
        follower.rules.state = { origin, size in
            guard origin == old.origin else { return nil }
            return LogState(pin: pin, folding: logged.filter { $0.index < size })
        }
        let peer = try SamplePeer(
            old, entries, note: old.checkpoint(entries, cosignedBy: [witness]).note)
        _ = try await follower.follow([peer.server().url])
        return follower
    }

    private func run(
        _ follower: SampleFollower, against entries: [[UInt8]]
    ) async throws -> SuccessorInquiry.Report {
        let server = try SamplePeer(new, entries).server()
        let origin = new.origin
        return try await PeerNetwork.with { network in
            let client = network.client(try PeerAddress(parsing: server.url))
            return await SuccessorInquiry(database: follower.database, rules: follower.rules)
                .run(among: [client], listing: [client.address: [origin]])
        }
    }

    private func freeze(_ follower: SampleFollower, at size: UInt64) throws {
        try follower.database.setStanding(.frozen(commonSize: size), of: old.origin)
    }

    @Test func adoptsTheSuccessorOfAFrozenLogAndFollowsIt() async throws {
        let follower = try await follower()
        try freeze(follower, at: 5)
        let next = try successor(after: 5)
        let report = try await run(follower, against: next)
        #expect(report.failures == [])
        #expect(report.findings.map(\.refusal) == [nil])
        #expect(try follower.database.read { try $0.log(new.origin)?.size } == 5)
        let server = try SamplePeer(
            new, next, note: new.checkpoint(next, cosignedBy: [witness]).note
        ).server()
        let origin = new.origin
        let followed = try await PeerNetwork.with { network in
            await Follower(database: follower.database, rules: follower.rules).follow(
                origin, from: [network.client(try PeerAddress(parsing: server.url))])
        }
        #expect(followed.outcome == .advanced(from: 5, to: 7))
        // What was logged before keeps its time.
        let times = try follower.database.read { snapshot in
            [try snapshot.loggedTime(origin, 2), try snapshot.loggedTime(origin, 6)]
        }
        #expect(times == [Timestamp(seconds: 1_800_000_000), Timestamp(seconds: 1_800_000_000)])
    }

    @Test func aSoundLogIsNotReplaced() async throws {
        let follower = try await follower()
        let report = try await run(follower, against: successor(after: 8))
        #expect(report.findings.map(\.refusal) == [.predecessorSound])
        #expect(try follower.database.read { try $0.log(new.origin) } == nil)
    }

    @Test func aDeadLogIsReplacedOnlyWithAllThatWasSeen() async throws {
        let follower = try await follower()
        let short = try await run(follower, against: successor(after: 5, cause: .dead))
        #expect(short.findings.map(\.refusal) == [.dropsEntries])
        let whole = try await run(follower, against: successor(after: 8, cause: .dead))
        #expect(whole.findings.map(\.refusal) == [nil])
    }

    @Test func theThiefOfOneRootReplacesNothing() async throws {
        let follower = try await follower()
        try freeze(follower, at: 5)
        let thief = try SampleKeys.signer(log.root.verifier.name, seed: "thief")
        for signers in [[log.root], [log.next, thief]] {
            let report = try await run(follower, against: successor(after: 5, signedBy: signers))
            #expect(report.findings.map(\.refusal) == [.notSigned])
        }
        let cut = try await run(follower, against: Array(entries[..<5]))
        #expect(cut.findings.map(\.refusal) == [.otherHistory])
        #expect(try follower.database.read { try $0.log(new.origin) } == nil)
    }

    @Test func tilesThatDoNotFitAreTheFaultOfThePeer() async throws {
        let follower = try await follower()
        try freeze(follower, at: 5)
        let next = try successor(after: 5)
        let note = try new.checkpoint(Array(next.reversed())).note
        let server = try SamplePeer(new, next, note: note).server()
        let origin = new.origin
        let report = try await PeerNetwork.with { network in
            let client = network.client(try PeerAddress(parsing: server.url))
            return await SuccessorInquiry(database: follower.database, rules: follower.rules)
                .run(among: [client], listing: [client.address: [origin]])
        }
        #expect(report.findings == [])
        #expect(report.failures.count == 1)
    }
}
