import ArgumentParser
import Encoding
import Operation
import Registrar

/// `concord doctor`: what is wrong with a node, and the one command that repairs it.
struct DoctorCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at a node, its machine and its peers; name a remedy for what is wrong.",
        discussion: """
            Looks at clock, disk, rights, port, certificate, seal, logs, status lists, peers,
            quorum, backup and what ends soon. Changes nothing. Exits with 1 if something was
            found.
              concord doctor --node ./de
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Flag(help: "Print it for machines.")
    var json = false

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let findings = try await Doctor(office, folder: node, at: Clock.now).findings()
        let isFine = findings.allSatisfy { $0.level == .fine }
        if json {
            let value: JSONValue = [
                "version": 1, "fine": .bool(isFine),
                "findings": .array(findings.map(\.value)),
            ]
            Console.print(value.indented, terminator: "")
        } else {
            Console.print(findings.flatMap(\.lines).joined(separator: "\n"))
        }
        if !isFine { throw ExitCode(ExitStatus.refusedByRule.rawValue) }
    }
}
