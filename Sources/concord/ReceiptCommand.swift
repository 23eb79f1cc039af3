import ArgumentParser
import Credentials
import Encoding
import Registrar
import Verification

/// `concord receipt`: what a verifier filed about a verdict.
struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt", abstract: "Check a receipt, and recompute its verdict.",
        discussion: """
            A receipt is written by concord verify --receipt; it holds nothing about the person.
              concord receipt check c.receipt --presentation shown.json --salt c.receipt.salt \\
                --node ./de
            """,
        subcommands: [Check.self])

    struct Check: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check the signature, the presentation and the verdict of a receipt.",
            discussion: """
                Of the receipt alone: whether it is whole, and the fingerprint of the key that
                signed it, which you compare with the one that its owner told you.
                  concord receipt check c.receipt
                With what was presented and the salt: whether it is about that presentation. With
                --node or --anchor too: whether its verdict follows from what the logs held then.
                  concord receipt check c.receipt --presentation shown.json \\
                    --salt c.receipt.salt --anchor de.anchor.json

                Exit codes: 0 it holds as far as was asked; 1 it does not; 2 the copies here do
                not reach as far as the receipt.
                """)

        @Argument(help: "The receipt.")
        var receipt: String

        @Option(help: "What was presented, or a picture of it on paper.")
        var presentation: String?

        @Option(
            name: .customLong("with"),
            help: "A document that was given beside it. Can be given more than once.")
        var supporting: [String] = []

        @Option(help: "The salt that the verifier kept.")
        var salt: String?

        @Option(help: "A fact that was stated then, as name=value. Can be repeated.")
        var fact: [String] = []

        @OptionGroup var source: SourceOptions

        func validate() throws {
            guard (presentation == nil) == (salt == nil) else {
                throw ValidationError("--presentation and --salt belong together")
            }
            if presentation == nil, source.node != nil || source.anchor != nil {
                throw ValidationError("a verdict is recomputed with --presentation and --salt")
            }
            for text in fact { try QuestionOptions.checkFact(text) }
        }

        func perform() async throws {
            let signed = try SignedReceipt(
                parsing: InputFile.read(receipt, limit: SignedReceipt.sizeLimit))
            let content = signed.content
            Console.print("receipt    \(content.id), \(content.asked)")
            Console.print("signed by  \(SignedRequest.audience(of: signed.key))")
            Console.print("verdict    \(content.word)\(content.isSample ? ", SAMPLE" : "")")
            guard let presentation, let salt else { return }
            let bytes = try CertificateInput.read(presentation).bytes
            let input = try VerificationInput(parsing: bytes)
            let secret = try ReceiptSalt(parsing: InputFile.read(salt, limit: 4_096))
            let beside = try supporting.map {
                try CredentialFile(parsing: CertificateInput.read($0).bytes)
            }
            let order = input.judged.map { place in
                var others = input.files
                return [others.remove(at: place)] + others + beside
            }
            guard
                let files = order.first(where: {
                    content.mismatches($0, salt: secret).isEmpty
                })
            else {
                let wrong = content.mismatches(order[0], salt: secret)
                throw CommandFailure(
                    .refusedByRule,
                    "expected the presentations of the receipt, found others in place "
                        + wrong.map(String.init).joined(separator: ", ")
                        + ", or the salt of another receipt")
            }
            Console.print("about      these presentations")
            guard source.node != nil || source.anchor != nil else { return }
            try recompute(signed, input, files)
        }

        private func recompute(
            _ signed: SignedReceipt, _ input: VerificationInput, _ files: [CredentialFile]
        ) throws {
            let content = signed.content
            let facts = JSONObject(fact.compactMap(QuestionOptions.fact))
            guard let question = content.question(facts: facts) else {
                throw CommandFailure(
                    .notWhatItClaims, "the receipt's question is of a form that is not known here")
            }
            let desk = try VerificationDesk(source: source)
            guard
                let verdict = try desk.verdict(
                    again: files, input, content, signedBy: signed.key, question: question)
            else {
                Console.complain(
                    "the copies here do not reach as far as the receipt; run concord sync")
                throw ExitCode(2)
            }
            let differences = content.differences(from: verdict)
            guard differences.isEmpty else {
                for line in differences { Console.print("differs    \(line)") }
                throw ExitCode(1)
            }
            Console.print("recomputed the same verdict, from the same logs at the same sizes")
        }
    }
}
