import ArgumentParser
import Encoding
import Node
import Operation
import Registrar

/// `concord status`: what a node holds, how fresh it is, and whether it may sign.
struct NodeStatusCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say what a node holds, how fresh it is, and whether it may sign.",
        discussion: """
            Looks into the folder alone and asks nobody; concord doctor asks, and names remedies.
              concord status --node ./de
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Flag(help: "Print it for machines.")
    var json = false

    func perform() async throws {
        let now = Clock.now
        let status = try NodeStatus(
            of: Office(opening: NodeDirectory(node), passphrase: nil), at: now)
        if json {
            Console.print(status.value.indented, terminator: "")
        } else {
            Console.print(status.lines(at: now, folder: node).joined(separator: "\n"))
        }
    }
}
