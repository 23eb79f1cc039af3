import Cryptography
import Encoding
import Registry
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A follower that was away while a log changed its key.
@Suite struct KeyChangeTests {
    let log: SampleLog
    let before: SampleCountry
    let after: SampleCountry
    let follower: SampleFollower

    init() throws {
        var log = try SampleLog("xa")
        let root = log.root.verifier
        before = try SampleCountry("xa", 1)
        after = try SampleCountry("xa", 7)
        func mandate(_ name: String) throws {
            try log.add(
                "mandate", by: root.name, about: [name],
                SampleActs.mandate(name, ["award"], scope: ["*"], territory: ["XA"]))
        }
        try log.add(
            "key", by: root.name, about: [root.name],
            SampleActs.key("root", root.name, root, nextRoot: log.pin.nextRoot.hexadecimal))
        try log.add(
            "key", by: root.name, about: [log.origin],
            SampleActs.key("log", log.origin, before.log.verifier))
        try mandate("body-1")
        // From here on nobody told the follower.
        try log.add(
            "key", by: root.name, about: [log.origin],
            SampleActs.key("log", log.origin, after.log.verifier, fromSize: 5))
        try mandate("body-2")
        self.log = log
        follower = try KeyChangeTests.follower(log.pin, before)
    }

    private static let known = 3

    private var entries: [[UInt8]] { log.entries.map(\.serialized) }

    /// It believes what the acts say that it holds, as a node does.
    private static func follower(
        _ pin: LogPin, _ country: SampleCountry
    ) throws -> SampleFollower {
        var follower = try SampleFollower(country)
        let (database, origin, first) = (
            follower.database, country.origin, country.log.verifier
        )
        @Sendable func state(_ size: UInt64) -> LogState {
            let stored = try? database.read { snapshot in
                let log = try snapshot.log(origin)
                return try snapshot.entries(origin, 0..<min(size, log?.size ?? 0))
            }
            return LogState(
                pin: pin,
                folding: (stored ?? []).compactMap { item in
                    (try? RegistryEntry(parsing: item.bytes)).map {
                        LoggedEntry(
                            entry: $0, index: item.index, loggedTime: Timestamp(seconds: 1),
                            isWitnessed: true)
                    }
                })
        }
        follower.rules.keys = { name, size in
            guard name == origin else { return [] }
            let state = state(size)
            let isNamed = state.grants.contains { $0.role == .log }
            return [isNamed ? state.logKey(forSize: size) : first].compactMap { $0 }
        }
        follower.rules.state = { name, size in name == origin ? state(size) : nil }
        return follower
    }

    private func followBefore() async throws {
        let peer = try SamplePeer(before, Array(entries[..<Self.known]))
        #expect(
            try await follower.follow([peer.server().url]).outcome
                == .advanced(from: 0, to: UInt64(Self.known)))
    }

    @Test func theActsOnTheWayNameTheKeyThatItMeets() async throws {
        try await followBefore()
        let peer = try SamplePeer(
            before, entries, note: after.checkpoint(entries).note)
        let report = try await follower.follow([peer.server().url])
        #expect(report.failures == [])
        #expect(report.outcome == .advanced(from: UInt64(Self.known), to: 5))
        #expect(try follower.head?.note == peer.note)
    }

    @Test func whoIsNamedByNobodyIsNotBelieved() async throws {
        try await followBefore()
        let thief = try SampleCountry("xa", 9)
        // The thief's own act names the thief; the true acts name another.
        var stolen = log
        try stolen.add(
            "key", by: "thief-root", about: [log.origin],
            SampleActs.key("log", log.origin, thief.log.verifier))
        for entries in [entries, stolen.entries.map(\.serialized)] {
            let peer = try SamplePeer(before, entries, note: thief.checkpoint(entries).note)
            let report = try await follower.follow([peer.server().url])
            guard case .wrongKey = report.failures.first else {
                Issue.record("expected wrongKey, found \(report.failures)")
                return
            }
            #expect(report.outcome == .failed)
            #expect(try follower.size == UInt64(Self.known))
        }
    }

    @Test func entriesThatDoNotLeadToTheCheckpointAreNotRead() async throws {
        try await followBefore()
        let note = try after.checkpoint(Array(entries.reversed())).note
        let report = try await follower.follow(
            [try SamplePeer(before, entries, note: note).server().url])
        #expect(report.outcome == .failed)
        #expect(try follower.size == UInt64(Self.known))
    }

    @Test func nobodySendsMoreThanIsWorthReadingUnsigned() async throws {
        try await followBefore()
        let long = entries + (0..<5_000).map { Array("entry \($0)".utf8) }
        let report = try await follower.follow(
            [try SamplePeer(before, long, note: after.checkpoint(long).note).server().url])
        #expect(report.outcome == .failed)
        #expect(try follower.size == UInt64(Self.known))
        // A checkpoint that was kept on the way makes it shorter.
        var peer = try SamplePeer(before, long, note: after.checkpoint(long).note)
        peer.kept = [try before.checkpoint(Array(entries[..<4])).note]
        let server = try peer.server()
        #expect(try await follower.follow([server.url]).outcome == .advanced(from: 4, to: 5_005))
    }
}
