import ArgumentParser
import Registrar

/// `concord reprint`: a person who lost the phone or the paper gets a certificate again.
struct ReprintCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "reprint",
        abstract: "Issue one certificate again for a person who lost the phone or the paper.",
        discussion: """
            The office of the body that issued it, with an identity document before it, binds the
            award to the person's new key and ends the old certificate and its paper: whoever has
            found them reads that they were replaced. The key is the file that concord wallet create
            names, or its text. Without a phone the new one is bound to no key.
              concord reprint 3f0c... --holder-key person.key --node ./ph --key centre.key \\
                --out ./new
              concord reprint 3f0c... --no-key --node ./ph --key centre.key --out ./new
            A paper certificate is issued beside it: concord print. An award that is older than may
            be logged is confirmed from the register: add --archive PAGE.
            """)

    @OptionGroup var options: StatusOptions

    @Option(
        help:
            "The person's new public key, as text, as JSON (Ed25519 or P-256), or the file of one.")
    var holderKey: String?

    @Flag(help: "Bind it to no key: the person has paper alone.")
    var noKey = false

    @Option(help: "The register page of an award that is older than may be logged.")
    var archive: String?

    @Option(help: "Why, out of: \(StatusChange.replace.reasons.joined(separator: ", ")).")
    var reason = "key lost"

    @Flag(help: "Issue no paper certificate.")
    var noPaper = false

    @Option(help: "The folder for the new file.")
    var out: String

    func validate() throws {
        try StatusOptions.check(reason, for: .replace)
        guard (holderKey == nil) == noKey else {
            throw ValidationError(
                "expected either --holder-key KEY, the key of the new wallet, or --no-key")
        }
    }

    func perform() async throws {
        var corrections = [(claim: "holder_key", text: holderKey ?? "")]
        if let archive { corrections.append((claim: "archive", text: archive)) }
        try await CertificateReplacement(
            options: options, corrections: corrections, reason: reason, out: out
        ).perform(noted: "reprint", onPaper: !noPaper)
    }
}
