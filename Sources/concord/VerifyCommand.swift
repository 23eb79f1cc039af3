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
            A folder, as a table:       concord verify ./applicants --csv --for DE --node ./de
            For a day to come:          concord verify c.json --for DE --date 2027-03-01 --node ./de

            With decisions, evidence and other documents of the same person beside it:
              concord verify c.json --with decision.json --with test.json --for DE --node ./de
            With a receipt to file, which holds nothing about the person:
              concord verify c.json --receipt c.receipt --receipt-key me.key --node ./de

            Exit codes: 0 authentic (granted, provisional or free, where asked); 3 authentic, but
            conditional, partial or less; 1 invalid; 2 undetermined. Of several inputs the worst,
            in the order 1, 65, 66, 2, 3, 0, where 65 is one that is no certificate and 66 one
            that cannot be read.
            """)

    /// Inputs that are in memory at the same time.
    private static let chunk = 256

    @Argument(
        help: "Files, folders or pictures of paper (PDF, PNG, JPEG) to check; - for standard input."
    )
    var files: [String]

    @Option(
        name: .customLong("with"),
        help: "A document of the same person beside it. Can be given more than once.")
    var supporting: [String] = []

    @OptionGroup var question: QuestionOptions
    @OptionGroup var source: SourceOptions
    @OptionGroup var language: LanguageOptions
    @OptionGroup var receipt: ReceiptOptions

    @Flag(help: "Print the verdicts for machines; of several inputs an array.")
    var json = false

    @Flag(help: "Print the verdicts as a table for a spreadsheet, one line each.")
    var csv = false

    func validate() throws {
        if json, csv { throw ValidationError("expected either --json or --csv, found both") }
        if receipt.receipt != nil, files.count != 1 || receipt.key == nil {
            throw ValidationError("--receipt needs one file and --receipt-key")
        }
    }

    func perform() async throws {
        let walk = try JudgedPaths(files)
        let isMany = walk.hasFolder || files.count > 1
        guard !isMany || receipt.receipt == nil else {
            throw CommandFailure(.usage, "a receipt is about one file, found a folder")
        }
        let signing = try receipt.signing()
        let desk = try VerificationDesk(source: source)
        try desk.checkFramework(of: question.question)
        let beside = try supporting.map { path in
            do {
                return try CredentialFile(parsing: CertificateInput.read(path).bytes)
            } catch let error as CredentialError {
                throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
            }
        }
        var codes: Set<Int32> = []
        let progress = VerificationProgress(total: walk.paths.count)
        var output: VerdictOutput?
        for start in stride(from: 0, to: walk.paths.count, by: Self.chunk) {
            let end = min(start + Self.chunk, walk.paths.count)
            let judged = try await desk.judge(
                Array(walk.paths[start..<end]), with: beside, question: question.question,
                progress: progress)
            progress.finish()
            // Of one input alone the failure is the command's own.
            if !isMany, case .failure(let failure)? = judged.first?.outcome { throw failure }
            if let signing { try signing.write(judged, beside: beside) }
            var writer =
                output
                ?? VerdictOutput(form(walk.hasFolder), isMany: isMany, in: language.catalogue)
            for file in judged {
                codes.formUnion(file.codes)
                writer.write(file)
            }
            output = writer
        }
        output?.finish()
        let worst: Int32 = [1, 65, 66, 2, 3].first { codes.contains($0) } ?? 0
        if worst != 0 { throw ExitCode(worst) }
    }

    private func form(_ hasFolder: Bool) -> VerdictOutput.Form {
        if json { return .json }
        if csv { return .table }
        return hasFolder ? .lines : .report
    }
}
