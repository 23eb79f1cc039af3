import ArgumentParser
import Credentials
import Encoding
import Recognition
import Registrar
import Registry
import Verification

/// `concord worth`: what a certificate or a qualification is worth, everywhere, for everything.
struct WorthCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "worth",
        abstract: "What a certificate is worth, in every country and for every purpose known here.",
        discussion: """
            From local copies alone, asking nobody and paying nobody:
              concord worth certificate.json --node ./de
            Before the training, for a qualification awarded today:
              concord worth ph.smaw-nc2 --anchor de.anchor.json
            What is missing in one country, and where it is offered:
              concord worth certificate.json --gap DE --node ./de
            Which ways through a third country a destination itself has opened:
              concord worth ph.bsn --route AU --node ./de

            Exit codes: 0 a right or free somewhere; 3 less than that everywhere; 2 nothing is
            known or the certificate could not be judged; 1 the certificate is invalid.
            """)

    @Argument(help: "A certificate, or the id of a qualification (id@version for one version).")
    var subject: String

    @OptionGroup var source: SourceOptions
    @OptionGroup var language: LanguageOptions

    @Option(help: "Only this country, or this part of one. Can be repeated.")
    var destination: [String] = []

    @Option(help: "Units covered and missing for this country, and where they are offered.")
    var gap: String?

    @Option(help: "Ways through third countries that this country itself wrote.")
    var route: String?

    @Option(
        help: """
            A fact about the holder, as name=value: nationality=PH, refugee=true. Can be repeated. \
            What is not stated is asked for, never guessed.
            """)
    var fact: [String] = []

    @Flag(help: "Print an array for machines.")
    var json = false

    func validate() throws {
        if gap != nil, route != nil {
            throw ValidationError("--gap and --route answer different questions: give one of them")
        }
        if !destination.isEmpty, gap != nil || route != nil {
            throw ValidationError(
                "--gap and --route name their country themselves: leave --destination out")
        }
        for text in fact where QuestionOptions.fact(text) == nil {
            throw ValidationError("expected a fact as name=value, found \(text)")
        }
        for place in destination + [gap, route].compactMap({ $0 }) {
            try QuestionOptions.checkPlace(place)
        }
    }

    func perform() async throws {
        let catalogue = language.catalogue
        let inquiry = try WorthInquiry(
            subject: subject, source: source, facts: QuestionOptions.facts(fact), in: catalogue,
            at: Clock.now)
        if let code = inquiry.refusal {
            Console.print(inquiry.heading, terminator: "")
            throw ExitCode(code)
        }
        let output: WorthOutput
        if let gap {
            output = try await inquiry.gaps(in: gap)
        } else if let route {
            output = try inquiry.routes(to: route)
        } else {
            output = try await inquiry.survey(in: destination)
        }
        if json {
            Console.print(output.document(knowing: inquiry.digest).indented, terminator: "")
        } else {
            let text = WorthText(output, knowing: inquiry.digest, in: catalogue).text
            Console.print(inquiry.heading + text, terminator: "")
        }
        if output.exitCode != 0 { throw ExitCode(output.exitCode) }
    }
}
