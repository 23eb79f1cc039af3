import ArgumentParser
import Credentials
import Encoding
import Language
import Registrar
import Verification

/// `concord verify`: is it genuine, does it hold, what is it worth here.
struct VerifyCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check certificates, presentations and dossiers, offline, with reasons.",
        discussion: """
            From a node's copies:       concord verify c.json --for DE --node ./de
            From one's own copies:      concord verify c.json --for DE --anchor de.anchor.json
            A paper certificate:        concord verify photo.jpg --for DE --node ./de
            A dossier needs no copies:  concord verify dossier.json --for DE --anchor de.anchor.json
            In another language:        concord verify c.json --language fil --node ./de

            With decisions, evidence and other documents of the same person beside it:
              concord verify c.json --with decision.json --with test.json --for DE --node ./de

            Exit codes: 0 authentic (granted, provisional or free, where asked); 3 authentic, but
            conditional, partial or less; 1 invalid; 2 undetermined. Several files: the worst, in
            the order 1, 2, 3, 0.
            """)

    @Argument(help: "Files to check, or pictures of paper (PDF, PNG, JPEG); - for standard input.")
    var files: [String]

    @Option(
        name: .customLong("with"),
        help: "A document of the same person beside it. Can be given more than once.")
    var supporting: [String] = []

    @OptionGroup var question: QuestionOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var language: LanguageOptions

    @Flag(help: "Print the verdicts for machines.")
    var json = false

    func perform() async throws {
        let desk = try VerificationDesk(source: source)
        let catalogue = language.catalogue
        let beside = try supporting.map { path in
            do {
                return try CredentialFile(parsing: CertificateInput.read(path).bytes)
            } catch let error as CredentialError {
                throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
            }
        }
        var codes: Set<Int32> = []
        var documents: [JSONValue] = []
        for (index, path) in files.enumerated() {
            let input = try CertificateInput.read(path)
            let verdict = try desk.verdict(
                on: input.bytes, with: beside, question: question.question)
            codes.insert(verdict.exitCode)
            if json {
                documents.append(verdict.document)
            } else {
                if index > 0 { Console.print("") }
                if files.count > 1 { Console.print("== \(path)") }
                Console.print(VerdictReport(verdict, in: catalogue).text, terminator: "")
                if input.isFromPaper {
                    let note = Message(.paperRead, ["file": .text(path)])
                    Console.print("  \(catalogue.text(of: note))")
                }
            }
        }
        if json {
            let value = documents.count == 1 ? documents[0] : .array(documents)
            Console.print(value.indented, terminator: "")
        }
        let worst: Int32 = [1, 2, 3].first { codes.contains($0) } ?? 0
        if worst != 0 { throw ExitCode(worst) }
    }
}
