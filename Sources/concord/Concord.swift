import ArgumentParser

/// The command line: reads options and files, calls the targets below, prints what they say.
@main
struct Concord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "concord",
        abstract: "Skills credentials that countries keep together without a centre.",
        discussion: """
            Check a certificate with local copies, for a country and a purpose:
              concord verify certificate.json --for DE --purpose employ --node ./de
            Check a dossier with the network off and nothing but an anchor:
              concord verify dossier.json --for DE --purpose employ --anchor de.anchor.json

            Exit codes of verify: 0 authentic (and granted, provisional or free), 3 authentic but
            conditional, partial or less, 1 invalid, 2 undetermined. Every command: 64 usage, 65 the
            input is not what it claims to be, 66 input missing, 69 peer or port unavailable,
            70 our own inconsistency, 73 cannot write, 77 key or passphrase.
            """,
        version: Versions.text,
        subcommands: [
            VerifyCommand.self, ReceiptCommand.self, WatchCommand.self, WorthCommand.self,
            AffectedCommand.self, RequestCommand.self, PresentCommand.self, WalletCommand.self,
            DossierCommand.self, TemplateCommand.self, IssueCommand.self, RevokeCommand.self,
            RecordCommand.self, PublishCommand.self, PeerCommand.self, SyncCommand.self,
            PackCommand.self, LogCommand.self, NodeCommand.self, KeyCommand.self,
            PolicyCommand.self, WitnessCommand.self, ImportCommand.self, SuspendCommand.self,
            ReinstateCommand.self, ReplaceCommand.self, ReprintCommand.self,
            AuditCommand.self, PrintCommand.self,
            CasesCommand.self, AttackCommand.self, BenchCommand.self, NodeStatusCommand.self,
            DoctorCommand.self, BackupCommand.self, RestoreCommand.self, RebuildCommand.self,
        ])

    /// Runs the command of the arguments; a wrong use of it becomes one clear line.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            // A command that ended with an exit code has said why.
            guard !(error is ExitCode), exitCode(for: error) == .validationFailure else {
                exit(withError: error)
            }
            let lines = message(for: error).split(separator: "\n")
                .map { $0.trimmingPrefix { $0 == " " } }
            Console.complain("\(lines.joined(separator: "; ")); see --help")
            exit(withError: ExitCode(ExitStatus.usage.rawValue))
        }
    }
}
