import Foundation
import Testing

/// The built program, killed or refused by the disk at single system calls.
///
///     swift test --filter FaultInjectionTests                        a sample that CI can afford
///     CONCORD_FAULTS=all swift test --filter FaultInjectionTests     every call, every fault
///     CONCORD_SEED=20783 swift test --filter FaultInjectionTests     a sample once more
@Suite(.enabled(if: SystemCallTrace.isHere, "strace is not installed"))
struct FaultInjectionTests {
    @Test(.timeLimit(.minutes(90))) func publishLeavesOneHistoryWhateverTheDiskDoes() throws {
        let stage = try FaultStage()
        let node = stage.corridor.path("ph")
        let sound = try SystemCallTrace.changes(to: node, by: stage.publish)
        #expect(sound.outcome.code == 0, "\(sound.outcome.complaint)")
        #expect(Set(sound.calls.map(\.name)).isSuperset(of: ["pwrite64", "fdatasync"]))
        let sample = FaultSample(of: Self.faults(at: sound.calls), count: 14)
        var hits = 0
        for (call, fault) in sample.chosen {
            let note: Comment = "seed \(sample.seed), \(call), \(fault)"
            let before = try stage.size(at: "ph", note)
            let (outcome, isHit) = try SystemCallTrace.run(stage.publish, with: fault, at: call)
            hits += isHit ? 1 : 0
            // What met no fault has nothing to excuse it.
            #expect(isHit || outcome.code == 0, note)
            stage.judge(outcome, fault, note)
            try stage.check("ph", note)
            let after = try stage.size(at: "ph", note)
            #expect(after >= before, note)
            if outcome.code == 0 { #expect(after > before, note) }
            // What was left half done is done again and goes on; the others see one history.
            try stage.succeed(stage.publish, note)
            #expect(try stage.size(at: "ph", note) > after, note)
            try stage.succeed(stage.follow, note)
            try stage.check("de", note)
            _ = try stage.size(at: "de", note)
        }
        // Which call comes when hangs on what the peers have answered by then: some are missed.
        #expect(hits * 2 >= sample.chosen.count, "\(hits) of \(sample.chosen.count) hit")
        stage.stop()
    }

    @Test(.timeLimit(.minutes(90))) func syncKeepsWhatWasProvenWhateverTheDiskDoes() throws {
        let stage = try FaultStage()
        let node = stage.corridor.path("de")
        try stage.succeed(stage.follow, "the first copy")
        try stage.succeed(stage.publish, "something new")
        let sound = try SystemCallTrace.changes(to: node, by: stage.follow)
        #expect(sound.outcome.code == 0, "\(sound.outcome.complaint)")
        #expect(Set(sound.calls.map(\.name)).isSuperset(of: ["pwrite64", "fdatasync"]))
        let sample = FaultSample(of: Self.faults(at: sound.calls), count: 14)
        var hits = 0
        for (call, fault) in sample.chosen {
            let note: Comment = "seed \(sample.seed), \(call), \(fault)"
            try stage.succeed(stage.publish, note)
            let before = try stage.size(at: "de", note)
            let (outcome, isHit) = try SystemCallTrace.run(stage.follow, with: fault, at: call)
            hits += isHit ? 1 : 0
            // What met no fault has nothing to excuse it.
            #expect(isHit || outcome.code == 0, note)
            stage.judge(outcome, fault, note)
            try stage.check("de", note)
            #expect(try stage.size(at: "de", note) >= before, note)
            try stage.succeed(stage.follow, note)
            #expect(try stage.size(at: "de", note) == stage.size(at: "ph", note), note)
            try stage.check("de", note)
        }
        // Which call comes when hangs on what the peers have answered by then: some are missed.
        #expect(hits * 2 >= sample.chosen.count, "\(hits) of \(sample.chosen.count) hit")
        stage.stop()
    }

    private static func faults(at calls: [SystemCall]) -> [(SystemCall, DiskFault)] {
        calls.flatMap { call in DiskFault.allCases.map { (call, $0) } }
    }
}
