import Sync
import TestSupport
import Testing

@Suite struct ContactPlanTests {
    private let plan = ContactPlan()

    @Test(arguments: [0, 1, 3, 4, 5, 200])
    func asksFourPeersAtMostAndEachOnce(_ count: Int) {
        var generator = SeededGenerator(seed: 1)
        let peers = Array(0..<count)
        for _ in 0..<50 {
            let chosen = plan.choose(from: peers + peers, witnesses: [], using: &generator)
            #expect(chosen.count == min(4, count))
            #expect(Set(chosen).count == chosen.count)
        }
    }

    @Test func neverAsksStrangersOnly() {
        var generator = SeededGenerator(seed: 2)
        let witnesses: Set<Int> = [7, 77, 177]
        var met: Set<Int> = []
        for _ in 0..<300 {
            let chosen = plan.choose(
                from: Array(0..<200), witnesses: witnesses, using: &generator)
            #expect(!witnesses.isDisjoint(with: chosen))
            met.formUnion(witnesses.intersection(chosen))
        }
        #expect(met == witnesses)
        // Witnesses without an address cannot be asked.
        let alone = plan.choose(from: [1, 2], witnesses: [9], using: &generator)
        #expect(alone.count == 2)
    }

    @Test func meetsEverybodyInTheEnd() {
        var generator = SeededGenerator(seed: 3)
        var met: Set<Int> = []
        for _ in 0..<200 {
            met.formUnion(plan.choose(from: Array(0..<60), witnesses: [1], using: &generator))
        }
        #expect(met.count == 60)
    }

    @Test func pausesAFifthUpOrDown() {
        var generator = SeededGenerator(seed: 4)
        let pauses = (0..<1_000).map { _ in plan.pause(of: 60, using: &generator) }
        #expect(pauses.allSatisfy { (48...72).contains($0) })
        #expect((pauses.max() ?? 0) - (pauses.min() ?? 0) > 20)
    }

    @Test func sameChanceGivesTheSamePlan() {
        func plans() -> [[Int]] {
            var generator = SeededGenerator(seed: 5)
            return (0..<20).map { _ in
                plan.choose(from: Array(0..<30), witnesses: [3], using: &generator)
            }
        }
        #expect(plans() == plans())
    }
}
