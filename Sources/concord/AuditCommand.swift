import ArgumentParser
import Cryptography
import Encoding
import Registrar
import TransparencyLog

/// `concord audit`: what officials did on this node.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Check and export the trail of what officials did on this node.",
        subcommands: [Check.self, Export.self, AuditOperatorCommand.self])

    struct Check: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check every line: who signed it, and that none is missing.",
            discussion: """
                Each line is bound to the one before, so that none can be changed, put in or taken
                from the middle. That none was cut off the end shows a head that was kept elsewhere.
                Exits with 1 if something does not fit.
                  concord audit check --node ./ph --head 3f0c...
                """)

        @Argument(help: "An exported trail; default: that of the node.")
        var file: String?

        @Option(help: "The node's folder.")
        var node = "./concord-node"

        @Option(help: "The head that an earlier export or check printed.")
        var head: String?

        func validate() throws {
            if let head, HashValue(hexadecimal: head) == nil {
                throw ValidationError("expected a head of 64 hexadecimal digits, found \(head)")
            }
        }

        func perform() async throws {
            let path = file ?? AuditTrail(NodeDirectory(node)).path
            let bytes = try InputFile.read(path, limit: 1 << 30)
            let check: AuditCheck
            do {
                check = try AuditCheck(bytes, kept: head.flatMap { HashValue(hexadecimal: $0) })
            } catch let error as RegistrarError {
                Console.complain("\(path): \(error)")
                throw ExitCode(ExitStatus.refusedByRule.rawValue)
            }
            AuditCommand.report(check)
        }
    }

    struct Export: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a copy of the trail, checked.",
            discussion: """
                  concord audit export --node ./ph --out audit-2026.jsonl
                """)

        @Option(help: "The node's folder.")
        var node = "./concord-node"

        @Option(help: "Where to write it.")
        var out: String

        func perform() async throws {
            let bytes = try InputFile.read(
                AuditTrail(NodeDirectory(node)).path, limit: 1 << 30)
            let check: AuditCheck
            do { check = try AuditCheck(bytes) } catch let error as RegistrarError {
                Console.complain("\(error); nothing was written")
                throw ExitCode(ExitStatus.refusedByRule.rawValue)
            }
            try OutputFile.write(bytes, to: out, mode: 0o600, replacing: false)
            AuditCommand.report(check)
        }
    }

    private static func report(_ check: AuditCheck) {
        Console.print("\(check.lines) lines, each bound to the one before")
        for (key, count) in check.operators.sorted(by: { $0.key < $1.key }) {
            let name = (try? NoteKey(parsing: key))?.name ?? key
            Console.print("  \(count) by \(name), \(Fingerprint(of: key.utf8))")
        }
        for number in check.unfinished {
            Console.print(
                "line \(number) was begun, and nothing says what became of it: a crash cut it off")
        }
        if let head = check.head { Console.print("head \(head.hexadecimal); keep it elsewhere") }
    }
}
