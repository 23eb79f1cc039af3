import ArgumentParser
import Registry
import TransparencyLog

/// `concord log judge`: what a file proves, with public keys alone.
struct LogJudgeCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judge a proof of a fault, with public keys alone.",
        discussion: """
            Needs no node, no network and no copy of the log. Exits with 1 if the file proves a
            fault of the holder of one of the keys, with 0 if it proves nothing.
            An extract's proof needs the signer's key and that of the log's first root.
              concord log judge fork.json --key 'registry.example/de/1+6861b669+AYqI...'
            """)

    @Argument(help: "The file; - for standard input.")
    var file: String

    @Option(help: "A key of the log, the witness, the root or the signer. Can be repeated.")
    var key: [String]

    @Option(
        name: .customLong("former-key"),
        help: "A key that the log's root has ended. Can be repeated.")
    var formerKey: [String] = []

    @Option(help: "The log's witness policy, in a file: tells a fork from a misused key.")
    var policy: String?

    func perform() async throws {
        let bytes = try InputFile.read(file, limit: FaultProof.fileByteLimit)
        let proof = try FaultProof(parsing: bytes)
        let keys = try key.map { try NoteKey(parsing: $0) }
        let former = try formerKey.map { try NoteKey(parsing: $0) }
        let policy = try policy.map {
            try WitnessPolicy(parsing: InputFile.read($0, limit: 1 << 20))
        }
        guard let finding = proof.judge(keys: keys + former) else {
            Console.print("proves nothing about the holders of these keys")
            return
        }
        Console.print("PROVEN: \(finding)")
        if case .fork(let splitView) = proof.kind {
            report(splitView, keys, former, policy)
        }
        throw ExitCode(1)
    }

    private func report(
        _ splitView: SplitView, _ keys: [NoteKey], _ former: [NoteKey], _ policy: WitnessPolicy?
    ) {
        let grade = SplitViewGrade(
            splitView, keys: { _ in keys }, former: former, policy: policy)
        switch grade {
        case .theft:
            Console.print("  theft: one of them is signed by a key that the root has ended")
        case .keyMisused:
            Console.print(
                "  misuse of the key: one of them has no quorum; what is cosigned stays good")
        case .fork where policy == nil:
            Console.print("  give --policy FILE to know whether both have a quorum")
        case .fork:
            Console.print("  fork: both count, and the log is frozen where they part")
        case nil: return
        }
        let both = splitView.cosignersOfBoth(
            among: keys.filter { $0.algorithm == .cosignature }
                + (policy?.witnesses.map(\.key) ?? []))
        for witness in Set(both.map(\.name)).sorted() {
            Console.print("  the witness \(witness) cosigned both")
        }
    }
}
