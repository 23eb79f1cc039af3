import Cryptography
import Encoding
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

@Suite struct FollowerTests {
    let country: SampleCountry

    init() throws { country = try SampleCountry("XA", 1) }

    private func entries(_ count: Int, branch: String = "", from fork: Int = 0) -> [[UInt8]] {
        SampleCountry.entries(0..<count, branch: branch, from: fork)
    }

    @Test func copiesALogAndGrowsWithIt() async throws {
        let follower = try SampleFollower(country)
        var size = 0
        for next in [1, 3, 255, 256, 257, 600, 1_300] {
            let server = try SamplePeer(country, entries(next)).server()
            let report = try await follower.follow([server.url])
            #expect(report.outcome == .advanced(from: UInt64(size), to: UInt64(next)))
            #expect(report.failures == [])
            #expect(try follower.entries() == entries(next))
            #expect(try follower.head?.head.size == UInt64(next))
            size = next
        }
        let same = try await follower.follow([try SamplePeer(country, entries(1_300)).server().url])
        #expect(same.outcome == .current(size: 1_300))
    }

    @Test func storesALongLogInProvenSteps() async throws {
        var follower = try SampleFollower(country)
        follower.limits.stepEntries = 300
        let peer = try SamplePeer(country, entries(2_000))
        let server = try peer.server()
        let report = try await follower.follow([server.url])
        #expect(report.outcome == .advanced(from: 0, to: 2_000))
        #expect(try follower.entries() == peer.entries)
        #expect(
            try follower.database.read { try $0.pendingHead(country.origin) } == nil)
    }

    @Test func keepsProvenStepsWhenThePeerBreaksOff() async throws {
        var follower = try SampleFollower(country)
        follower.limits.stepEntries = 300
        let peer = try SamplePeer(country, entries(2_000))
        let server = try RawServer { request in
            request.path.hasSuffix("tile/entries/005") ? .silence : peer.answer(request)
        }
        let report = try await follower.follow([server.url])
        #expect(report.outcome == .failed)
        let size = try follower.size
        // Every whole bundle before the one that did not come.
        #expect(size == 1_280)
        #expect(try follower.head == nil)
        #expect(
            try follower.database.read { try $0.pendingHead(country.origin)?.head.size } == 2_000)
        let again = try await follower.follow([try peer.server().url])
        #expect(again.outcome == .advanced(from: size, to: 2_000))
        #expect(try follower.entries() == peer.entries)
    }

    @Test func peerWithAnOlderLogIsNoFailure() async throws {
        let follower = try SampleFollower(country)
        _ = try await follower.follow([try SamplePeer(country, entries(300)).server().url])
        let report = try await follower.follow(
            [try SamplePeer(country, entries(200)).server().url])
        #expect(report.outcome == .ahead(size: 300))
        #expect(report.failures == [])
        #expect(try follower.size == 300)
    }

    @Test func takesEntriesFromAnotherPeer() async throws {
        let follower = try SampleFollower(country)
        let peer = try SamplePeer(country, entries(700))
        let broken = try RawServer { request in
            request.path.contains("/tile/") ? .text(500, "broken") : peer.answer(request)
        }
        let report = try await follower.follow([broken.url, try peer.server().url])
        #expect(report.outcome == .advanced(from: 0, to: 700))
        #expect(try follower.size == 700)
    }

    @Test func quorumTimeComesFromThePolicy() async throws {
        let others = [try SampleCountry("XB", 2), try SampleCountry("XC", 3)]
        let policy = try SampleCountry.policy(2, of: others)
        let follower = try SampleFollower(country, policy: policy)
        let log = entries(10)
        func peer(_ witnesses: [SampleCountry], _ seconds: Int64) throws -> RawServer {
            let checkpoint = try country.checkpoint(
                log, cosignedBy: witnesses, at: Timestamp(seconds: seconds))
            return try SamplePeer(country, log, note: checkpoint.note).server()
        }
        _ = try await follower.follow([try peer([others[0]], 100).url])
        #expect(try follower.head?.quorumTime == nil)
        // The second peer brings the other cosignature; both together make the quorum.
        _ = try await follower.follow([try peer([others[1]], 200).url])
        #expect(try follower.head?.quorumTime?.seconds == 100)
        _ = try await follower.follow([try peer(others, 900).url])
        #expect(try follower.head?.quorumTime?.seconds == 900)
        #expect(try follower.head?.note.signatures.count == 3)
        #expect(
            try follower.database.read { try $0.loggedTime(country.origin, 3)?.seconds } == 100)
    }

    @Test func dropsForgedLinesOfWitnesses() async throws {
        let witness = try SampleCountry("XB", 2)
        let policy = try SampleCountry.policy(1, of: [witness])
        let follower = try SampleFollower(country, policy: policy)
        let log = entries(5)
        let other = try country.checkpoint(entries(4)).head
        let forged = witness.witness.cosign(other, at: Timestamp(seconds: 5))
        let checkpoint = try country.checkpoint(log).adding([forged])
        let server = try SamplePeer(country, log, note: checkpoint.note).server()
        #expect(try await follower.follow([server.url]).outcome == .advanced(from: 0, to: 5))
        #expect(try follower.head?.note.signatures.count == 1)
        let good = try country.checkpoint(log, cosignedBy: [witness])
        let second = try SamplePeer(country, log, note: good.note).server()
        _ = try await follower.follow([second.url])
        #expect(try follower.head?.quorumTime != nil)
    }

    @Test func newCopyLearnsLoggedTimesFromKeptCheckpoints() async throws {
        let witness = try SampleCountry("XB", 2)
        let policy = try SampleCountry.policy(1, of: [witness])
        let follower = try SampleFollower(country, policy: policy)
        let log = entries(300)
        func note(_ size: Int, _ seconds: Int64) throws -> SignedNote {
            try country.checkpoint(
                Array(log[..<size]), cosignedBy: [witness], at: Timestamp(seconds: seconds)
            ).note
        }
        var peer = try SamplePeer(country, log, note: note(300, 900))
        peer.kept = [try note(10, 100), try note(200, 500), try note(300, 800)]
        #expect(
            try await follower.follow([try peer.server().url]).outcome
                == .advanced(from: 0, to: 300))
        func time(_ index: UInt64) throws -> Int64? {
            try follower.database.read { try $0.loggedTime(country.origin, index)?.seconds }
        }
        #expect(try [0, 9, 10, 199, 200, 299].map(time) == [100, 100, 500, 500, 800, 800])
    }

    @Test func fetchesNamedBlobsAndRemembersMissingOnes() async throws {
        var follower = try SampleFollower(country)
        let blob = Array("a list".utf8)
        let (hash, absent) = (HashValue(of: blob), HashValue(of: Array("none".utf8)))
        follower.rules.blobs = { entry in
            entry.bytes == SampleCountry.entry(2) ? [hash, absent] : []
        }
        var peer = try SamplePeer(country, entries(5))
        peer.blobs[hash.hexadecimal] = Array("something else".utf8)
        let first = try await follower.follow([try peer.server().url])
        #expect(Set(first.missingBlobs) == [hash, absent])
        #expect(
            first.failures.contains {
                if case .wrongBlob(_, hash.hexadecimal) = $0 { true } else { false }
            })
        #expect(try follower.database.read { try $0.blob(hash) } == nil)
        peer.blobs[hash.hexadecimal] = blob
        let second = try await follower.follow([try peer.server().url])
        #expect(second.missingBlobs == [absent])
        #expect(try follower.database.read { try $0.blob(hash) } == blob)
    }
}
