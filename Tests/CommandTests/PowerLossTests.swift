import Foundation
import TestSupport
import Testing

/// The power goes at a write, a sync or a cut, and with it all or part of what was not synced.
///
///     swift test --filter PowerLossTests                        a sample that CI can afford
///     CONCORD_FAULTS=all swift test --filter PowerLossTests     every step, whole and in part
@Suite(.enabled(if: PowerLoss.isPossible, "there is no C compiler"))
struct PowerLossTests {
    private let loss: PowerLoss

    init() throws { loss = try PowerLoss() }

    @Test(.timeLimit(.minutes(90))) func keepsOnDiskWhateverAnybodySawSigned() throws {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.add("ph", to: "de")
        // The country that loses its power serves nobody; the other one witnesses it.
        #expect(corridor.stop("ph") == 0)
        let node = corridor.path("ph")
        let act = ConcordProcess.repository.appending(path: "Nodes/PH/acts/01-country.json").path
        let publish = ["publish", "file", act, "--node", node]
        let sound = try ConcordProcess.run(
            publish, environment: loss.environment(node, at: 0, seed: 0))
        #expect(sound.code == 0, "\(sound.complaint)")
        let steps = try loss.steps()
        try #require(steps > 20)

        let all = (1...steps).flatMap { step in [(step, UInt64(0)), (step, UInt64(step))] }
        let sample = FaultSample(of: all, count: 12)
        for (step, part) in sample.chosen {
            let note: Comment = "seed \(sample.seed), step \(step) of \(steps), part \(part)"
            _ = try ConcordProcess.run(
                publish, environment: loss.environment(node, at: step, seed: part))
            try PowerLoss.forgetSharedMemory(in: node)
            let check = try ConcordProcess.run(["log", "check", "--node", node])
            #expect(check.code == 0, "\(note): \(check.text)\(check.complaint)")
            // Had the witness seen more than is here, this node would seal itself.
            let again = try ConcordProcess.run(publish)
            #expect(again.code == 0, "\(note): \(again.complaint)")
        }
        try corridor.start("ph")
        try corridor.add("ph", to: "de")
        try corridor.run(0, ["sync", "--node", corridor.path("de")])
        let copy = try corridor.run(0, ["log", "check", "--node", corridor.path("de")])
        #expect(!copy.text.contains("frozen"))
    }

    /// A follower that loses its power has a copy that is whole, and goes on from there.
    @Test(.timeLimit(.minutes(90))) func keepsAProvenCopyWhereverASyncIsCutOff() throws {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.add("ph", to: "de")
        #expect(corridor.stop("de") == 0)
        let node = corridor.path("de")
        let act = ConcordProcess.repository.appending(path: "Nodes/PH/acts/01-country.json").path
        let publish = ["publish", "file", act, "--node", corridor.path("ph")]
        let follow = ["sync", "--node", node]
        try corridor.run(0, publish)
        let sound = try ConcordProcess.run(
            follow, environment: loss.environment(node, at: 0, seed: 0))
        #expect(sound.code == 0, "\(sound.complaint)")
        let steps = try loss.steps()
        try #require(steps > 10)
        let all = (1...steps).flatMap { step in [(step, UInt64(0)), (step, UInt64(step))] }
        let sample = FaultSample(of: all, count: 8)
        for (step, part) in sample.chosen {
            let note: Comment = "seed \(sample.seed), step \(step) of \(steps), part \(part)"
            try corridor.run(0, publish)
            _ = try ConcordProcess.run(
                follow, environment: loss.environment(node, at: step, seed: part))
            try PowerLoss.forgetSharedMemory(in: node)
            for arguments in [["log", "check", "--node", node], follow] {
                let outcome = try ConcordProcess.run(arguments)
                #expect(outcome.code == 0, "\(note): \(outcome.text)\(outcome.complaint)")
            }
            #expect(try size(of: "ph", at: node) == size(of: "ph", at: corridor.path("ph")), note)
        }
        #expect(corridor.stop("ph") == 0)
    }

    private func size(of country: String, at node: String) throws -> String? {
        let check = try ConcordProcess.run(["log", "check", "--node", node])
        return check.text.split(separator: "\n").first { $0.contains("/\(country)/") }
            .map(String.init)
    }

    /// The loss bites: a store that does not sync each commit loses what it acknowledged.
    @Test(.timeLimit(.minutes(10)), arguments: ["FULL", "NORMAL"])
    func takesAcknowledgedCommitsFromAStoreThatDoesNotSync(_ mode: String) throws {
        var broken = 0
        let counting = try TemporaryFolder()
        _ = try store(counting, mode, loss.environment(counting.path, at: 0, seed: 0))
        let steps = try loss.steps()
        try #require(steps > 20)
        for step in 1...steps {
            let folder = try TemporaryFolder()
            let said = try store(
                folder, mode,
                loss.environment(folder.path, at: step, seed: UInt64(step % 3)))
            try PowerLoss.forgetSharedMemory(in: folder.path)
            let kept = try store(folder, "count", [:])
            let promised = said.split(separator: "\n").count
            if try #require(Int(kept.trimmingCharacters(in: .newlines))) < promised { broken += 1 }
        }
        #expect((broken > 0) == (mode == "NORMAL"), "\(broken) of \(steps)")
    }

    private func store(
        _ folder: TemporaryFolder, _ mode: String, _ environment: [String: String]
    ) throws -> String {
        try ConcordProcess.run(
            [], through: [loss.store, folder.path("acts.sqlite"), mode], isLauncherAlone: true,
            environment: environment
        ).text
    }
}
