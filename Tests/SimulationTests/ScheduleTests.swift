import Foundation
import Simulation
import Testing

/// Thousands of schedules, each from a number; the number of one that fails is printed.
///
///     swift test --filter SimulationTests                               the short set
///     CONCORD_SCHEDULES=2000 swift test --filter SimulationTests        the long one
///     CONCORD_SEED=1234 swift test --filter SimulationTests             one again
@Suite struct ScheduleTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static let seeds: ClosedRange<UInt64> = {
        if let seed = environment["CONCORD_SEED"].flatMap({ UInt64($0) }) { return seed...seed }
        let count = environment["CONCORD_SCHEDULES"].flatMap { UInt64($0) } ?? 3
        return 1...max(1, count)
    }()

    @Test(arguments: SimulationProfile.all)
    func neverSignsTwoHistories(_ profile: SimulationProfile) throws {
        var counts: [String: Int] = [:]
        for seed in Self.seeds {
            var world = try SimulatedWorld(seed: seed, profile: profile)
            try world.run()
            counts.merge(world.counts) { $0 + $1 }
        }
        // A schedule in which nothing happens proves nothing.
        #expect(counts["quorum", default: 0] > 0, "\(counts)")
        if Self.seeds.count > 1 {
            if profile.restores { #expect(counts["recovered", default: 0] > 0, "\(counts)") }
            if profile.clones { #expect(counts["clone", default: 0] > 0, "\(counts)") }
            if profile.succeeds { #expect(counts["successor", default: 0] > 0, "\(counts)") }
            if profile.traitor { #expect(counts["split view", default: 0] > 0, "\(counts)") }
        }
        if Self.seeds.count >= 20, profile.clones {
            #expect(counts["refused", default: 0] > 0, "\(counts)")
        }
        if Self.environment["CONCORD_SCHEDULES"] != nil {
            print(profile.name, counts.sorted { $0.key < $1.key })
        }
    }

    /// The invariants see what they are there for: the same schedules without the checks.
    @Test func catchesAProgramThatTrustsEveryDisk() throws {
        let caught = try (1...6 as ClosedRange<UInt64>).contains { seed in
            var world = try SimulatedWorld(seed: seed, profile: .careless)
            do { try world.run() } catch let failure as SimulatedWorld.Failure {
                return failure.description.contains("I3")
            }
            return false
        }
        #expect(caught)
    }

    @Test func sameSeedGivesTheSameRun() throws {
        func counts() throws -> [String: Int] {
            var world = try SimulatedWorld(seed: 7, profile: .restored)
            try world.run()
            return world.counts
        }
        #expect(try counts() == counts())
    }
}
