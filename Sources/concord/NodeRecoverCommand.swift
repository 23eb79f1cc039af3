import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Storage
import Sync
import TransparencyLog

/// `concord node recover`: fetch back from the peers what a restored node has lost.
struct NodeRecoverCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover",
        abstract: "Fetch back from the peers what a restored node has lost, and unseal it.",
        discussion: """
            A node whose life mark does not match is sealed: a backup was restored, a disk was
            cloned, a file was lost. Its peers' copies of its log bear its own signature; what
            they hold is fetched, and the witnesses are asked what they saw. Nothing forces a
            node open: while too few answer, it serves and signs nothing.
              concord node recover --node ./de --from http://node.example:8080
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "A node that is no peer in the restored database. Can be repeated.")
    var from: [String] = []

    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let office = try Office(
            opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
        let sources = try from.map { try PeerAddress(parsing: $0) }
        let report = try await PeerNetwork.with { network in
            try await office.begin(in: network, from: sources) { Clock.now }
        }
        switch report.recovery?.outcome {
        case .advanced(let old, let new):
            Console.print("fetched back entries \(old) to \(new - 1) of the own log")
        case .splitView(let identity, _):
            Console.complain("SPLIT VIEW \(identity.hexadecimal): two histories of the own log")
        case .current(let size), .ahead(let size):
            Console.print("no peer has more than the \(size) entries that are here")
        case .halted, .failed:
            Console.complain("no peer gave anything of the own log that verifies")
        case nil: break
        }
        let failures = report.failures + (report.recovery?.failures ?? [])
        for failure in Set(failures.map(\.description)).sorted() { Console.complain(failure) }
        for origin in report.incomplete {
            Console.complain("cosigns nothing of \(origin): its other witnesses are silent")
        }
        guard report.reasons.isEmpty else {
            throw StorageError.sealed(report.reasons)
        }
        Console.print("this node may sign")
    }
}
