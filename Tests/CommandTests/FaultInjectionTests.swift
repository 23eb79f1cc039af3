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
        try Self.expectHits(of: sample) { call, fault, note in
            let before = try stage.size(at: "ph", note)
            let (outcome, isHit) = try SystemCallTrace.run(stage.publish, with: fault, at: call)
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
            return isHit
        }
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
        try Self.expectHits(of: sample) { call, fault, note in
            try stage.succeed(stage.publish, note)
            let before = try stage.size(at: "de", note)
            let (outcome, isHit) = try SystemCallTrace.run(stage.follow, with: fault, at: call)
            // What met no fault has nothing to excuse it.
            #expect(isHit || outcome.code == 0, note)
            stage.judge(outcome, fault, note)
            try stage.check("de", note)
            #expect(try stage.size(at: "de", note) >= before, note)
            try stage.succeed(stage.follow, note)
            #expect(try stage.size(at: "de", note) == stage.size(at: "ph", note), note)
            try stage.check("de", note)
            return isHit
        }
        stage.stop()
    }

    /// Tries each fault until a call meets it, three times at most: a call is named by its place
    /// among those of a thread, and each run shares its work among threads in its own way.
    private static func expectHits(
        of sample: FaultSample<(SystemCall, DiskFault)>,
        _ isHit: (SystemCall, DiskFault, Comment) throws -> Bool
    ) throws {
        var hits = 0
        for (call, fault) in sample.chosen {
            let note: Comment = "seed \(sample.seed), \(call), \(fault)"
            for _ in 0..<3 where try isHit(call, fault, note) {
                hits += 1
                break
            }
        }
        #expect(hits * 4 >= sample.chosen.count * 3, "\(hits) of \(sample.chosen.count) hit")
    }

    private static func faults(at calls: [SystemCall]) -> [(SystemCall, DiskFault)] {
        calls.flatMap { call in DiskFault.allCases.map { (call, $0) } }
    }
}
