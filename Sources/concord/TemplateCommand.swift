import ArgumentParser
import Cryptography
import Encoding
import Issuance
import Registrar
import Registry
import TransparencyLog

/// `concord template`: how a body's spreadsheets become awards.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template",
        abstract: "Draft and check templates: how a spreadsheet becomes certificates.",
        subcommands: [New.self, Check.self])

    struct New: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Draft a template for a registered qualification.",
            discussion: """
                The draft has the usual columns; edit it until it fits your spreadsheet.
                  concord template new ph.smaw-nc2 --node ./ph --out smaw.template.json
                """)

        @Argument(help: "The qualification's id.")
        var qualification: String

        @Option(help: "Its version; default: the newest that stands.")
        var version: String?

        @Option(help: "The node's folder.")
        var node = "./concord-node"

        @Option(help: "Where to write it; default: standard output.")
        var out: String?

        func perform() async throws {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            let draft = try TemplateDraft(
                qualification: qualification, version: version, in: office, at: Clock.now)
            guard let out else {
                Console.print(draft.text, terminator: "")
                return
            }
            try OutputFile.write(Array(draft.text.utf8), to: out, replacing: false)
            Console.print("wrote \(out); check it with: concord template check \(out)")
        }
    }

    struct Check: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check a template against the registry and the body's accreditation.",
            discussion: """
                Exits with 1 if awards made from it would be refused.
                  concord template check smaw.template.json --node ./ph --key centre.key
                """)

        @Argument(help: "The template.")
        var file: String

        @Option(help: "The node's folder.")
        var node = "./concord-node"

        @Option(help: "The key of the awarding body; only its public half is read.")
        var key: String?

        @Option(help: "The awarding body's id, where its key is not at hand.")
        var body: String?

        func validate() throws {
            if key != nil, body != nil {
                throw ValidationError("expected either --key or --body, found both")
            }
        }

        func perform() async throws {
            let template = try TemplateFile.read(file)
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            let vkey = try key.map(PublicKey.read)
            let check = try TemplateCheck(
                template, body: vkey?.name ?? body, key: vkey, in: office, at: Clock.now)
            for finding in check.findings {
                Console.print(
                    "\(finding.isGood ? "[ok]" : "[no]") \(finding.subject): \(finding.text)")
            }
            if vkey == nil, body == nil {
                Console.print("[--] body: not looked at; give --key or --body")
            }
            if !check.isGood { throw ExitCode(ExitStatus.refusedByRule.rawValue) }
        }
    }
}

/// A template that somebody named on the command line.
enum TemplateFile {
    static func read(_ path: String) throws -> AwardTemplate {
        let bytes = try InputFile.read(path, limit: AwardTemplate.sizeLimit)
        do throws(ParsingError) { return try AwardTemplate(parsing: bytes) } catch {
            throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
        }
    }
}
