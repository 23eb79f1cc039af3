import Foundation
import Testing

@Suite struct HelpTests {
    private static let commands: [[String]] = [
        ["verify"], ["worth"], ["affected"], ["request"], ["present"], ["dossier"], ["issue"],
        ["template"], ["template", "new"], ["template", "check"], ["import"], ["revoke"],
        ["suspend"], ["reinstate"], ["replace"], ["reprint"], ["record"], ["record", "list"],
        ["record", "export"], ["record", "find"], ["record", "erase"], ["audit"],
        ["audit", "check"], ["audit", "export"], ["audit", "operator"], ["publish"],
        ["publish", "compromise"], ["publish", "event"], ["publish", "rekey"], ["publish", "sign"],
        ["publish", "delegate"], ["publish", "renew"],
        ["publish", "file"], ["publish", "entry"], ["publish", "batch"],
        ["publish", "authority-key"], ["publish", "mandate"], ["publish", "accredit"],
        ["publish", "qualification"], ["publish", "regulation"], ["publish", "equivalence"],
        ["publish", "withdraw"], ["peer"], ["peer", "add"], ["peer", "list"], ["peer", "buddy"],
        ["sync"], ["pack"], ["pack", "export"], ["pack", "import"], ["log"], ["log", "show"],
        ["log", "prove"], ["log", "check"], ["log", "judge"], ["log", "repair"],
        ["log", "publish-static"], ["node"], ["node", "init"], ["node", "serve"],
        ["node", "status"], ["node", "anchor"], ["node", "recover"], ["key"], ["key", "new"],
        ["key", "show"], ["cases"], ["bench"], ["wallet"], ["wallet", "create"],
        ["wallet", "import"], ["wallet", "list"], ["wallet", "show"], ["wallet", "backup"],
        ["wallet", "restore"], ["wallet", "recovery-sheet"], ["receipt"], ["receipt", "check"],
        ["watch"], ["watch", "add"], ["watch", "check"], ["watch", "list"], ["watch", "remove"],
        ["node", "card"], ["peer", "repin"], ["peer", "witness"], ["policy"], ["policy", "check"],
        ["witness"], ["witness", "init"], ["witness", "serve"], ["log", "accuse"],
        ["node", "succeed"], ["node", "rotate-root"], ["node", "rotate-log"], ["node", "mirror"],
        ["print"], ["attack"], ["status"], ["doctor"], ["backup"], ["restore"], ["rebuild"],
    ]

    /// The names under "SUBCOMMANDS" in a command's help.
    private static func subcommands(of command: [String]) throws -> [String] {
        let help = try ConcordProcess.run(command + ["--help"]).text
        guard let list = help.split(separator: "SUBCOMMANDS:\n").dropFirst().first else {
            return []
        }
        return list.split(separator: "\n").filter { !$0.hasPrefix("  See 'concord ") }
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    @Test func knowsNoCommandThatIsNotListed() throws {
        var known: [[String]] = []
        for name in try Self.subcommands(of: []) {
            known.append([name])
            known += try Self.subcommands(of: [name]).map { [name, $0] }
        }
        #expect(Set(known) == Set(Self.commands))
    }

    @Test(arguments: [
        ["publish", "file"], ["publish", "qualification"], ["publish", "regulation"],
        ["publish", "equivalence"], ["node", "serve"], ["log", "prove"], ["log", "check"],
        ["record", "list"], ["record", "export"], ["bench"], ["template", "new"],
        ["template", "check"], ["pack", "export"], ["pack", "import"], ["request"], ["present"],
        ["wallet", "create"], ["wallet", "import"], ["wallet", "list"], ["wallet", "show"],
        ["wallet", "backup"], ["wallet", "restore"], ["wallet", "recovery-sheet"],
        ["receipt", "check"], ["watch", "add"], ["watch", "check"], ["watch", "list"],
        ["watch", "remove"], ["import"], ["revoke"], ["suspend"], ["reinstate"], ["replace"],
        ["reprint"],
        ["record", "find"], ["record", "erase"], ["audit", "check"], ["audit", "export"],
        ["audit", "operator", "add"], ["audit", "operator", "remove"],
        ["attack"], ["status"], ["doctor"], ["backup"], ["restore"], ["rebuild"],
    ])
    func showsAnExample(_ command: [String]) throws {
        let name = "concord \(command.joined(separator: " "))"
        let lines = try ConcordProcess.run(command + ["--help"]).text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("  \(name) ") })
    }

    @Test(arguments: [
        ["issue"], ["print"], ["publish", "file"], ["node", "serve"], ["peer", "add"],
    ])
    func offersTheOptionsOfNewKeysOnlyWhereKeysAreMade(_ command: [String]) throws {
        let help = try ConcordProcess.run(command + ["--help"]).text
        #expect(help.contains("--passphrase-file"))
        #expect(!help.contains("--unsealed"))
        #expect(try ConcordProcess.run(["key", "new", "--help"]).text.contains("--unsealed"))
    }

    @Test func listsEveryCommand() throws {
        let help = try ConcordProcess.run(["--help"])
        #expect(help.code == 0)
        #expect(help.complaint.isEmpty)
        for command in Self.commands where command.count == 1 {
            #expect(help.text.contains("\n  \(command[0]) "), "\(command[0])")
        }
    }

    @Test(arguments: commands)
    func explainsCommand(_ command: [String]) throws {
        let help = try ConcordProcess.run(command + ["--help"])
        #expect(help.code == 0)
        #expect(help.text.contains("USAGE: concord \(command.joined(separator: " "))"))
        #expect(help.complaint.isEmpty)
    }

    @Test func namesTheVersionOfEverySpecification() throws {
        let version = try ConcordProcess.run(["--version"])
        #expect(version.code == 0)
        let known = Set(
            version.text.split { $0 == "," || $0 == "\n" }
                .map { $0.trimmingCharacters(in: .whitespaces) })
        let index = try String(
            contentsOf: ConcordProcess.repository.appending(path: "Protocol/README.md"),
            encoding: .utf8)
        var count = 0
        for line in index.split(separator: "\n") where line.hasPrefix("| [") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard let name = cells[0].dropFirst().split(separator: "]").first,
                let number = Int(cells[1])
            else { continue }
            count += 1
            #expect(known.contains("\(name) \(number)"), "\(name)")
        }
        #expect(count > 0)
    }
}
