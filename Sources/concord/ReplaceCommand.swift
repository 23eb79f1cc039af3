import ArgumentParser
import Registrar

/// `concord replace`: a corrected certificate takes the place of another.
struct ReplaceCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "replace",
        abstract: "Issue one certificate again with corrections, and end the old one.",
        discussion: """
            Whoever checks the old one reads that it was replaced, on which day and by whom. What
            is not corrected stays as it was.
              concord replace 3f0c... --set "name=Testina Muster" --reason "name changed" \\
                --node ./ph --key centre.key --out ./new
            An award that is older than may be logged is confirmed from the register: add
            --set archive=PAGE.
            """)

    @OptionGroup var options: StatusOptions

    @Option(help: "CLAIM=VALUE, a date as YYYY-MM-DD; CLAIM= removes it. Can be repeated.")
    var set: [String]

    @Option(help: "Why, out of: \(StatusChange.replace.reasons.joined(separator: ", ")).")
    var reason: String

    @Option(help: "The folder for the new file.")
    var out: String

    func validate() throws {
        try StatusOptions.check(reason, for: .replace)
        for pair in set where !pair.contains("=") {
            throw ValidationError("expected a correction as CLAIM=VALUE, found \(pair)")
        }
    }

    func perform() async throws {
        let corrections = set.map { pair in
            let claim = pair.prefix { $0 != "=" }
            return (claim: String(claim), text: String(pair.dropFirst(claim.count + 1)))
        }
        try await CertificateReplacement(
            options: options, corrections: corrections, reason: reason, out: out
        ).perform(noted: "replace", onPaper: false)
    }
}
