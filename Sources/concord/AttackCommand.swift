import ArgumentParser
import Attack
import Encoding
import Foundation

/// `concord attack`: the failures of other systems, played against this program.
struct AttackCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "attack",
        abstract: "Attack this program with forged certificates, and see each one refused.",
        discussion: """
            Builds a throw-away network of sample nodes, forges certificates, papers, dossiers and
            copies as they were forged elsewhere, and lets this program judge each as a process of
            its own. One line an attack: what became of it, its number, the reason that the
            verifier gave, what was forged. Honest certificates are among them and must verify.
            Exits with 0 only if all are refused that must be, with the expected reason, and with
            1 otherwise. Nothing outside a temporary folder is touched.
              concord attack
            Some of them, by number; for machines:
              concord attack --only F17 --only D7 --json
            """)

    @Option(help: "Only the attacks of this number, such as F17. Can be repeated.")
    var only: [String] = []

    @Flag(help: "Print an array for machines.")
    var json = false

    func perform() async throws {
        let attacks = try chosen()
        let program =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments[0]
        var outcomes: [AttackOutcome] = []
        do {
            try await AttackSuite.play(attacks, against: program) { outcome in
                outcomes.append(outcome)
                if !json { Console.print(outcome.line) }
            }
        } catch {
            throw CommandFailure(.inconsistent, "the stage could not be set: \(error)")
        }
        let failed = outcomes.count { !$0.isAsExpected }
        if json {
            Console.print(JSONValue.array(outcomes.map(\.document)).indented, terminator: "")
        } else {
            let controls = outcomes.count { $0.attack.isControl }
            Console.print(
                "\(outcomes.count - controls) attacks and \(controls) honest certificates, "
                    + (failed == 0 ? "each answered as it must be" : "\(failed) answered wrongly"))
        }
        if failed > 0 { throw ExitCode(ExitStatus.refusedByRule.rawValue) }
    }

    private func chosen() throws -> [AttackCase] {
        guard !only.isEmpty else { return AttackSuite.all }
        let chosen = AttackSuite.all.filter { attack in
            only.contains { attack.id == $0 || attack.id.hasPrefix("\($0)-") }
        }
        guard !chosen.isEmpty else {
            throw CommandFailure(
                .usage,
                "expected numbers out of \(AttackSuite.all.map(\.id).joined(separator: ", ")), "
                    + "found \(only.joined(separator: ", "))")
        }
        return chosen
    }
}
