import Foundation
import Testing

@Suite struct HelpTests {
    private static let commands: [[String]] = [
        ["verify"], ["request"], ["present"], ["dossier"], ["issue"], ["revoke"], ["publish"],
        ["publish", "file"], ["publish", "entry"], ["publish", "batch"],
        ["publish", "authority-key"], ["publish", "mandate"], ["publish", "accredit"],
        ["publish", "qualification"], ["publish", "regulation"], ["publish", "equivalence"],
        ["publish", "withdraw"], ["peer"], ["peer", "add"], ["peer", "list"], ["sync"], ["log"],
        ["log", "show"], ["log", "prove"], ["log", "check"], ["node"], ["node", "init"],
        ["node", "serve"], ["node", "status"], ["node", "anchor"], ["key"], ["key", "new"],
        ["key", "show"], ["bench"],
    ]

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
