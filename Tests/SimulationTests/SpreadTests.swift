import Benchmarks
import TestSupport
import Testing

/// Two hundred nodes, a fifth of them down, one message in twenty lost.
@Suite struct SpreadTests {
    @Test func reachesNearlyAllLiveNodesWithinFiveIntervals() {
        var worst = 0.0
        for seed in 1...40 as ClosedRange<UInt64> {
            var simulation = SpreadSimulation(using: SeededGenerator(seed: seed))
            guard let intervals = simulation.run() else {
                Issue.record("seed \(seed): it never arrived")
                continue
            }
            #expect(intervals <= 5, "seed \(seed)")
            worst = max(worst, intervals)
        }
        #expect(worst > 1)
    }

    /// The measure sees a network that does not carry: without pulling and pushing to several
    /// peers it takes longer.
    @Test func lossAndSilenceTakeTime() throws {
        func intervals(_ change: (inout SpreadSimulation.Settings) -> Void) throws -> Double {
            var settings = SpreadSimulation.Settings()
            change(&settings)
            var simulation = SpreadSimulation(settings, using: SeededGenerator(seed: 9))
            let found = simulation.run()
            return try #require(found)
        }
        let quiet = try intervals { ($0.loss, $0.down) = (0, 0) }
        let bad = try intervals { ($0.loss, $0.down) = (60, 20) }
        #expect(bad > quiet)
        var settings = SpreadSimulation.Settings()
        settings.loss = 100
        var cut = SpreadSimulation(settings, using: SeededGenerator(seed: 9))
        let never = cut.run()
        #expect(never == nil)
    }

    @Test func sameSeedGivesTheSameRun() {
        var (one, two) = (
            SpreadSimulation(using: SeededGenerator(seed: 11)),
            SpreadSimulation(using: SeededGenerator(seed: 11))
        )
        let runs = (one.run(), two.run())
        #expect(runs.0 == runs.1)
    }
}
