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
            VerifyCommand.self, RequestCommand.self, PresentCommand.self, DossierCommand.self,
            IssueCommand.self, RevokeCommand.self, PublishCommand.self, PeerCommand.self,
            SyncCommand.self, LogCommand.self, NodeCommand.self, KeyCommand.self,
            BenchCommand.self,
        ])
}
