import TestSupport
import Testing

/// Files and folders with the shortest names, in the folder where the command is given.
@Suite(.serialized) struct OneLetterPathTests {
    private let stage: AwardStage

    init() throws { stage = try AwardStage() }

    @discardableResult
    private func run(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        let outcome = try ConcordProcess.run(
            arguments,
            through: ["/bin/sh", "-c", "cd '\(stage.folder.path)' && exec \"$@\"", "sh"])
        #expect(
            outcome.code == code, "\(arguments.joined(separator: " ")): \(outcome.complaint)",
            sourceLocation: place)
        return outcome
    }

    @Test func takesOneLetterForAPlace() throws {
        let key = "\(AwardStage.centre).key"
        try run(0, ["issue", "awards.json", "--node", "node", "--key", key, "--out", "y"])
        let export = try ["record", "export", "--node", "node"] + stage.byRegistrar()
        for place in ["e", "é/", "./d//"] { try run(0, export + ["--out", place]) }
        try run(0, ["present", "y/1.json", "--yes", "--out", "l"])
        try run(0, ["verify", "l", "--node", "node"])
        try run(0, ["print", "--all", "--node", "node", "--out", "p"] + stage.byRegistrar())
        try run(
            0, ["key", "new", "recovery", "--name", "r", "--out", "r", "--unsealed", "--sample"])
        try run(
            0, ["backup", "--node", "node", "--to", "r", "--out", "b", "--keys-out", "k"])
        try run(
            0,
            [
                "restore", "b", "--keys", "k", "--recovery-key", "r", "--node", "n",
            ])
        try run(73, export + ["--out", "e"])
    }
}
