import Foundation
import Storage
import Sync
import TestSupport
import Testing
import TransparencyLog

/// A peer that changes one bit in one or two of the files that it serves: nothing but the truth
/// is ever stored (the class of CVE-2026-56865).
@Suite struct TileMutationTests {
    let country: SampleCountry

    init() throws { country = try SampleCountry("XA", 1) }

    /// The paths of tiles and bundles that a server was asked for.
    private final class Requests: @unchecked Sendable {
        private let lock = NSLock()
        private var paths: Set<String> = []

        func note(_ path: String) { lock.withLock { _ = paths.insert(path) } }
        var noted: [String] { lock.withLock { paths.sorted() } }
    }

    private func server(
        _ entries: [[UInt8]], changing changed: Set<String> = [], noting requests: Requests? = nil,
        seed: UInt64 = 0
    ) throws -> RawServer {
        let peer = try SamplePeer(country, entries)
        return try RawServer { request in
            let answer = peer.answer(request)
            guard request.path.contains("/tile/") else { return answer }
            requests?.note(request.path)
            guard changed.contains(request.path), case .bytes(let status, var bytes) = answer else {
                return answer
            }
            var generator = SeededGenerator(seed: seed)
            bytes[Int.random(in: bytes.indices, using: &generator)] ^= 1 << (seed % 8)
            return .bytes(status, bytes)
        }
    }

    private func pairs(_ paths: [String]) -> [Set<String>] {
        paths.indices.flatMap { first in
            (first..<paths.count).map { [paths[first], paths[$0]] }
        }
    }

    @Test(.timeLimit(.minutes(10))) func followerStoresNothingOutOfAChangedTile() async throws {
        let entries = SampleCountry.entries(0..<900)
        let requests = Requests()
        var honest = try SampleFollower(country)
        // Stretches of two bundles: each but the last is proven by tiles.
        honest.limits.stepEntries = 512
        let report = try await honest.follow([try server(entries, noting: requests).url])
        #expect(report.outcome == .advanced(from: 0, to: 900))
        #expect(requests.noted.contains { $0.contains("/tile/0/") })
        #expect(requests.noted.count >= 5)

        for (seed, changed) in pairs(requests.noted).enumerated() {
            var follower = try SampleFollower(country)
            follower.limits.stepEntries = 512
            let mutant = try server(entries, changing: changed, seed: UInt64(seed))
            let outcome = try await follower.follow([mutant.url]).outcome
            #expect(outcome != .advanced(from: 0, to: 900), "\(changed)")
            let stored = try follower.entries()
            #expect(stored == Array(entries.prefix(stored.count)), "\(changed)")
            #expect(try follower.standing == .sound, "\(changed)")
        }
    }

    @Test(.timeLimit(.minutes(10))) func changedTilesMoveNoForksBeginning() async throws {
        let fork = SampleCountry.entries(0..<900, branch: "b", from: 300)
        let ours = SampleCountry.entries(0..<700)
        let requests = Requests()
        let honest = try SampleFollower(country)
        _ = try await honest.follow([try server(ours).url])
        _ = try await honest.follow([try server(fork, noting: requests).url])
        guard case .frozen(commonSize: 300) = try honest.standing else {
            Issue.record(
                "expected a log frozen at 300, found \(String(describing: try honest.standing))")
            return
        }
        #expect(requests.noted.count >= 4)

        for (seed, changed) in pairs(requests.noted).enumerated() {
            let follower = try SampleFollower(country)
            _ = try await follower.follow([try server(ours).url])
            let mutant = try server(fork, changing: changed, seed: UInt64(seed))
            _ = try await follower.follow([mutant.url])
            #expect(try follower.entries() == ours, "\(changed)")
            // Where the peer's hashes do not prove a common beginning, nothing is common.
            switch try follower.standing {
            case .sound, .frozen(commonSize: 0), .frozen(commonSize: 300): break
            case let standing: Issue.record("\(changed): \(String(describing: standing))")
            }
        }
    }
}
