import Cryptography
import Encoding
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A log that signs two histories.
@Suite struct ForkTests {
    let country: SampleCountry
    let witnesses: [SampleCountry]
    let policy: WitnessPolicy

    init() throws {
        country = try SampleCountry("XA", 1)
        witnesses = [try SampleCountry("XB", 2), try SampleCountry("XC", 3)]
        policy = try SampleCountry.policy(1, of: witnesses)
    }

    /// A peer with one branch, cosigned or not.
    private func server(
        _ size: Int, branch: String = "", from fork: Int = 0, cosigned: Bool
    ) throws -> RawServer {
        let entries = SampleCountry.entries(0..<size, branch: branch, from: fork)
        let checkpoint = try country.checkpoint(
            entries, cosignedBy: cosigned ? [witnesses[0]] : [])
        return try SamplePeer(country, entries, note: checkpoint.note).server()
    }

    private func splitView(_ follower: SampleFollower) throws -> SplitView {
        let identity = try #require(
            try follower.database.read { try $0.splitViews(country.origin) }.first)
        return try #require(try follower.database.read { try $0.splitView(identity) })
    }

    @Test(arguments: [300, 280, 410])
    func twoQuorumsFreezeAtTheLastCommonPrefix(_ size: Int) async throws {
        let follower = try SampleFollower(country, policy: policy)
        _ = try await follower.follow([try server(300, cosigned: true).url])
        let report = try await follower.follow(
            [try server(size, branch: "b", from: 123, cosigned: true).url])
        guard case .splitView(_, .frozen(commonSize: 123)) = report.outcome else {
            Issue.record("expected a log frozen at 123, found \(report.outcome)")
            return
        }
        #expect(try follower.standing == .frozen(commonSize: 123))
        #expect(try splitView(follower).judge(keys: [country.log.verifier]))
        // Nothing more is taken, from whichever branch.
        for next in [
            try server(500, cosigned: true),
            try server(500, branch: "b", from: 123, cosigned: true),
        ] {
            let later = try await follower.follow([next.url])
            #expect(later.outcome != .advanced(from: 300, to: 500))
            #expect(try follower.size == 300)
        }
    }

    @Test(arguments: [300, 280, 410])
    func noteWithoutQuorumIsMisuseOfTheKey(_ size: Int) async throws {
        let follower = try SampleFollower(country, policy: policy)
        _ = try await follower.follow([try server(250, cosigned: true).url])
        _ = try await follower.follow([try server(300, cosigned: false).url])
        let report = try await follower.follow(
            [try server(size, branch: "b", from: 123, cosigned: false).url])
        guard case .splitView(_, let standing) = report.outcome else {
            Issue.record("expected a split view, found \(report)")
            return
        }
        // What was cosigned stays good.
        #expect(standing == .keyMisused(goodSize: 250))
        #expect(try follower.database.read { try $0.log(country.origin)?.usableSize } == 250)
        #expect(try splitView(follower).judge(keys: [country.log.verifier]))
    }

    @Test func stolenKeyCannotShrinkTheLog() async throws {
        let follower = try SampleFollower(country, policy: policy)
        _ = try await follower.follow([try server(300, cosigned: true).url])
        let report = try await follower.follow(
            [try server(1, branch: "b", cosigned: false).url])
        guard case .splitView(_, .keyMisused(goodSize: 300)) = report.outcome else {
            Issue.record("expected misuse above 300, found \(report.outcome)")
            return
        }
        #expect(try follower.database.read { try $0.log(country.origin)?.usableSize } == 300)
    }

    @Test func twoPeersOfTwoBranchesAreSeenInOneRound() async throws {
        let follower = try SampleFollower(country, policy: policy)
        let report = try await follower.follow([
            try server(300, cosigned: true).url,
            try server(280, branch: "b", from: 100, cosigned: true).url,
        ])
        guard case .splitView(_, .frozen(commonSize: 100)) = report.outcome else {
            Issue.record("expected a frozen log, found \(report.outcome)")
            return
        }
    }

    @Test func unwitnessedLogIsFrozen() async throws {
        let follower = try SampleFollower(country)
        _ = try await follower.follow([try server(20, cosigned: false).url])
        let report = try await follower.follow(
            [try server(20, branch: "b", from: 7, cosigned: false).url])
        guard case .splitView(_, .frozen(commonSize: 7)) = report.outcome else {
            Issue.record("expected a frozen log, found \(report.outcome)")
            return
        }
    }

    /// One round with peers that answer so.
    private func round(
        _ follower: SampleFollower, _ answers: (@Sendable (RawRequest) -> RawAnswer)...
    ) async throws -> Synchronizer.Report {
        for answer in answers {
            try follower.database.store(
                PeerRecord(origin: country.origin, url: try RawServer(answer).url))
        }
        return try await PeerNetwork.with { network in
            await Synchronizer(
                database: follower.database, rules: follower.rules, network: network
            ).round()
        }
    }

    private func subtrees(of entries: [[UInt8]], _ ranges: Range<UInt64>...) -> [HashValue] {
        let leaves = entries.map(MerkleTree.leafHash)
        return ranges.flatMap { MerkleTree.subtrees(covering: $0) }.map { node in
            let start = Int(node.index) << node.level
            return MerkleTree.root(of: Array(leaves[start..<(start + 1 << node.level)]))
        }
    }

    /// A proof that no tiles came with says at first that nothing is shared, and a peer with wrong
    /// tiles changes nothing; whoever has the other history settles it.
    @Test(arguments: [300, 280, 410])
    func anyPeerCanShowHowFarAForkLeavesTheLog(_ size: Int) async throws {
        let follower = try SampleFollower(country, policy: policy)
        let ours = SampleCountry.entries(0..<300)
        _ = try await follower.follow([try server(300, cosigned: true).url])
        let entries = SampleCountry.entries(0..<size, branch: "b", from: 123)
        let theirs = try SamplePeer(
            country, entries, note: country.checkpoint(entries, cosignedBy: [witnesses[0]]).note)
        let first = try country.checkpoint(ours, cosignedBy: [witnesses[0]])
        let proof =
            switch size {
            case 300: SplitView(sameSize: first.note, theirs.note)
            case 410:
                SplitView(
                    .inconsistent(
                        older: first.note, newer: theirs.note,
                        subtrees: subtrees(of: entries, 0..<300, 300..<410)))
            default:
                SplitView(
                    .inconsistent(
                        older: theirs.note, newer: first.note,
                        subtrees: subtrees(of: ours, 0..<280, 280..<300)))
            }
        let exchange = SplitViewExchange(database: follower.database, rules: follower.rules)
        #expect(try exchange.take(proof) == .stored(proof.identity))
        #expect(try follower.standing == .frozen(commonSize: 0))
        _ = try await round(follower) { request in
            guard request.path.contains("/tile/"),
                case .bytes(_, var bytes) = theirs.answer(request)
            else { return theirs.answer(request) }
            bytes[bytes.count / 2] ^= 1
            return .bytes(200, bytes)
        }
        #expect(try follower.standing == .frozen(commonSize: 0))
        _ = try await round(follower) { theirs.answer($0) }
        #expect(try follower.standing == .frozen(commonSize: 123))
        #expect(try follower.database.read { try $0.unsettledForks(country.origin) } == [])
    }

    @Test func passesProofsOnAndRefusesFalseOnes() async throws {
        let one = SampleCountry.entries(0..<5)
        let two = SampleCountry.entries(0..<5, branch: "b")
        let proof = SplitView(
            sameSize: try country.checkpoint(one).note, try country.checkpoint(two).note)
        let follower = try SampleFollower(country, policy: policy)
        let exchange = SplitViewExchange(database: follower.database, rules: follower.rules)
        let harmless = SplitView(
            sameSize: try country.checkpoint(one).note, try country.checkpoint(one).note)
        #expect(try exchange.take(harmless) == .refused)
        let thief = try SampleCountry("XA", 9)
        let forged = SplitView(
            sameSize: try country.checkpoint(one).note, try thief.checkpoint(two).note)
        #expect(try exchange.take(forged) == .refused)
        #expect(try follower.standing == .sound)
        #expect(try exchange.take(proof) == .stored(proof.identity))
        #expect(try exchange.take(proof) == .known(proof.identity))
        #expect(try follower.standing == .keyMisused(goodSize: 0))
    }
}
