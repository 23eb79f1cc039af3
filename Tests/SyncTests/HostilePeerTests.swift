import Cryptography
import Encoding
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// Peers that lie, stall and babble: nothing of it is written.
@Suite struct HostilePeerTests {
    let country: SampleCountry

    init() throws { country = try SampleCountry("XA", 1) }

    static let answers: [(String, RawAnswer)] = [
        ("a web page", .text(200, "<!DOCTYPE html><html><body>Welcome</body></html>")),
        ("nothing", .bytes(200, [])),
        ("garbage", .bytes(200, [UInt8](repeating: 0xFF, count: 500))),
        ("an error", .text(500, "broken")),
        ("not found", .text(404, "not found")),
        ("silence", .silence),
        ("a closed connection", .close),
        ("a trickle", .trickle(length: 400, pause: 0.2)),
        ("too much, announced", .flood(announced: 3 << 30, sent: 65_536)),
        ("too much, unannounced", .flood(announced: nil, sent: 64 << 20)),
        ("elsewhere", .redirect("http://127.0.0.1:1/")),
    ]

    @Test(arguments: HostilePeerTests.answers.indices)
    func writesNothing(_ number: Int) async throws {
        let follower = try SampleFollower(country)
        let answer = HostilePeerTests.answers[number].1
        let server = try RawServer { _ in answer }
        let report = try await follower.follow([server.url])
        #expect(report.outcome == .failed)
        #expect(report.failures.count == 1)
        #expect(try follower.size == 0)
    }

    @Test(arguments: HostilePeerTests.answers.indices)
    func writesNothingWhenEntriesAre(_ number: Int) async throws {
        let follower = try SampleFollower(country)
        let peer = try SamplePeer(country, SampleCountry.entries(0..<300))
        let answer = HostilePeerTests.answers[number].1
        let server = try RawServer { request in
            request.path.contains("/entries/") ? answer : peer.answer(request)
        }
        let report = try await follower.follow([server.url])
        #expect(report.outcome == .failed)
        #expect(!report.failures.isEmpty)
        #expect(try follower.size == 0)
        #expect(try follower.head == nil)
    }

    @Test func tellsFailuresApart() async throws {
        let cases: [(RawAnswer, (SyncError) -> Bool)] = [
            (.text(200, "<html>"), { if case .notWhatWasAsked = $0 { true } else { false } }),
            (.silence, { if case .timeout = $0 { true } else { false } }),
            (.trickle(length: 300, pause: 0.1), { if case .timeout = $0 { true } else { false } }),
            (
                .flood(announced: nil, sent: 4 << 20),
                { if case .tooLarge = $0 { true } else { false } }
            ),
            (
                .flood(announced: 4 << 20, sent: 0),
                { if case .tooLarge = $0 { true } else { false } }
            ),
            (
                .redirect("http://127.0.0.1:1/"),
                { if case .status(_, _, 302) = $0 { true } else { false } }
            ),
            (.close, { if case .unreachable = $0 { true } else { false } }),
        ]
        let follower = try SampleFollower(country)
        for (answer, isExpected) in cases {
            let server = try RawServer { _ in answer }
            let report = try await follower.follow([server.url])
            #expect(report.failures.allSatisfy(isExpected), "\(report.failures)")
        }
        let gone = try await follower.follow(["http://127.0.0.1:1"])
        guard case .unreachable = gone.failures.first else {
            Issue.record("expected unreachable, found \(gone.failures)")
            return
        }
    }

    private static func inGzip(_ body: [UInt8], coding: String = "gzip") -> RawAnswer {
        let head =
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: \(body.count)\r\n"
            + "content-encoding: \(coding)\r\n\r\n"
        return .raw(Array(head.utf8) + body)
    }

    @Test func boundsWhatAnAnswerExpandsTo() async throws {
        let follower = try SampleFollower(country)
        let stream = Gzip.compressed([UInt8](repeating: 0x2E, count: 4_000))
        let cases: [(RawAnswer, (SyncError) -> Bool)] = [
            (
                Self.inGzip(Gzip.compressed([UInt8](repeating: 0x2E, count: 40 << 20))),
                { if case .tooLarge = $0 { true } else { false } }
            ),
            (Self.inGzip(stream), { if case .notWhatWasAsked = $0 { true } else { false } }),
            (
                Self.inGzip(Array(stream.dropLast(9))),
                { if case .notWhatWasAsked = $0 { true } else { false } }
            ),
            (
                Self.inGzip(Array("no stream".utf8)),
                { if case .notWhatWasAsked = $0 { true } else { false } }
            ),
            (
                Self.inGzip(stream, coding: "br"),
                { if case .notWhatWasAsked = $0 { true } else { false } }
            ),
        ]
        for (answer, isExpected) in cases {
            let server = try RawServer { _ in answer }
            let report = try await follower.follow([server.url])
            #expect(report.outcome == .failed)
            #expect(report.failures.count == 1)
            #expect(report.failures.allSatisfy(isExpected), "\(report.failures)")
        }
        let peer = try SamplePeer(country, SampleCountry.entries(0..<40))
        let server = try RawServer { request in
            guard case .bytes(_, let body) = peer.answer(request) else { return .text(404, "") }
            return Self.inGzip(Gzip.compressed(body))
        }
        #expect(try await follower.follow([server.url]).outcome == .advanced(from: 0, to: 40))
    }

    @Test func whoTakesNoGzipGetsTheBodyAsItIs() async throws {
        let body = [UInt8](repeating: 0x2E, count: 2_000)
        let server = try RawServer { request in
            request.body == body ? .text(200, "taken") : .text(415, "no")
        }
        var limits = PeerLimits()
        limits.compression = .always
        let statuses = try await PeerNetwork.with(limits: limits) { network in
            let client = network.client(try PeerAddress(parsing: server.url))
            return [
                try await client.post("/x", body).status, try await client.post("/x", body).status,
            ]
        }
        #expect(statuses == [200, 200])
    }

    @Test func oneFlippedByteInABundleWritesNothing() async throws {
        let follower = try SampleFollower(country)
        let peer = try SamplePeer(country, SampleCountry.entries(0..<40))
        let path = PeerPath.bundle(country.origin, index: 0, width: 40)
        let bundle = try EntryBundle(peer.entries).serialized
        for position in stride(from: 0, to: bundle.count, by: 7) {
            let server = try RawServer { request in
                guard request.path == path else { return peer.answer(request) }
                var bytes = bundle
                bytes[position] ^= 1
                return .bytes(200, bytes)
            }
            let report = try await follower.follow([server.url])
            #expect(report.outcome == .failed)
            #expect(try follower.size == 0)
        }
        // And the honest peer beside it is enough.
        #expect(
            try await follower.follow([try peer.server().url]).outcome
                == .advanced(from: 0, to: 40))
    }

    @Test func oneFlippedByteInTheNoteWritesNothing() async throws {
        let follower = try SampleFollower(country)
        let peer = try SamplePeer(country, SampleCountry.entries(0..<4))
        let note = peer.note.serialized
        for position in note.indices {
            var bytes = note
            bytes[position] ^= 1
            let changed = bytes
            let server = try RawServer { request in
                request.path.hasSuffix("/checkpoint")
                    ? .bytes(200, changed) : peer.answer(request)
            }
            let report = try await follower.follow([server.url])
            #expect(report.outcome == .failed, "byte \(position)")
            #expect(try follower.size == 0)
        }
    }

    @Test func refusesCheckpointsByOtherKeysAndOfOtherLogs() async throws {
        let follower = try SampleFollower(country)
        let thief = try SampleCountry("XA", 9)
        let other = try SampleCountry("XB", 2)
        let log = SampleCountry.entries(0..<4)
        let stolen = try SamplePeer(country, log, note: thief.checkpoint(log).note)
        let report = try await follower.follow([try stolen.server().url])
        guard case .wrongKey = report.failures.first else {
            Issue.record("expected wrongKey, found \(report.failures)")
            return
        }
        let foreign = try SamplePeer(country, log, note: other.checkpoint(log).note)
        let second = try await follower.follow([try foreign.server().url])
        guard case .wrongLog = second.failures.first else {
            Issue.record("expected wrongLog, found \(second.failures)")
            return
        }
        #expect(try follower.size == 0)
    }

    @Test func mutatedTilesDoNotMakeASplitView() async throws {
        // Wrong entries and wrong hashes together: garbage, not a fork.
        let follower = try SampleFollower(country)
        let log = SampleCountry.entries(0..<600)
        _ = try await follower.follow(
            [try SamplePeer(country, Array(log[..<300])).server().url])
        let peer = try SamplePeer(country, log)
        let server = try RawServer { request in
            guard request.path.contains("/tile/"), case .bytes(_, var bytes) = peer.answer(request)
            else { return peer.answer(request) }
            bytes[bytes.count / 2] ^= 1
            return .bytes(200, bytes)
        }
        let report = try await follower.follow([server.url])
        #expect(report.outcome == .failed)
        #expect(try follower.size == 300)
        #expect(try follower.standing == .sound)
    }
}
