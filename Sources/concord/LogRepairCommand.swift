import ArgumentParser
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// `concord log repair`: put back what bit rot took, from the peers' copies.
struct LogRepairCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Put back what bit rot took, from the peers' copies.",
        discussion: """
            Nothing is written unless the whole log leads to the root of its newest checkpoint
            again. Exits with 1 if a log could not be repaired.
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "A node to fetch from, beside the peers. Can be repeated.")
    var from: [String] = []

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let (logs, records) = try office.database.read { snapshot throws(StorageError) in
            (try snapshot.logs(), try snapshot.peers())
        }
        let addresses =
            try from.map { try PeerAddress(parsing: $0) }
            + records.compactMap { try? PeerAddress(parsing: $0.url) }
        let repair = LogRepair(
            database: office.database, rules: office.rules { Clock.now })
        var isSound = true
        for log in logs {
            let outcome = try await PeerNetwork.with { network in
                await repair.repair(log.origin, from: addresses.map(network.client))
            }
            switch outcome {
            case .sound: Console.print("\(log.origin)  sound")
            case .hashesRebuilt:
                Console.print("\(log.origin)  its hashes were damaged; made anew from its entries")
            case .refetched(let bundles, let peer):
                let names = bundles.map { "\($0)" }.joined(separator: ", ")
                Console.print("\(log.origin)  bundles \(names) fetched back from \(peer)")
            case .failed(let failures):
                isSound = false
                Console.print("\(log.origin)  DAMAGED, and no peer has what is missing")
                for failure in failures { Console.complain(failure.description) }
            }
        }
        if !isSound { throw ExitCode(1) }
    }
}

/// `concord log publish-static`: a log as plain files.
struct LogPublishStaticCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish-static",
        abstract: "Write a log as plain files that any web server serves.",
        discussion: """
            A peer follows the address of the folder like that of a node. Run it again after
            each publication: only what is new is written, the checkpoint last.
              concord log publish-static /srv/www/log --node ./de
            """)

    @Argument(help: "The folder to write.")
    var folder: String

    @OptionGroup var log: LogOptions

    func perform() async throws {
        let database = try log.database()
        let origin = try log.origin(in: database)
        let count = try StaticExport(of: database, to: folder).write(origin)
        Console.print("\(origin)  \(count) files written to \(folder)")
    }
}
