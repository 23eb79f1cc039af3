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
              concord log repair --node ./de
            The copies of a verifier without a node:
              concord log repair --data ./copies --country PH --from http://node.example:8080
            """)

    @OptionGroup var log: LogOptions

    @Option(help: "A node to fetch from, beside the peers. Can be repeated.")
    var from: [String] = []

    func perform() async throws {
        let database = try log.database()
        let logs = try log.logs(in: database)
        let records = try database.read { try $0.peers() }
        let addresses =
            try from.map { try PeerAddress(parsing: $0) }
            + records.compactMap { try? PeerAddress(parsing: $0.url) }
        let repair = LogRepair(database: database, rules: .unbound)
        var isSound = true
        for log in logs {
            let outcome = try await PeerNetwork.with { network in
                await repair.repair(log.origin, from: addresses.map(network.client))
            }
            switch outcome {
            case .sound: Console.print("\(log.origin)  sound")
            case .hashesRebuilt:
                Console.print("\(log.origin)  its hashes were damaged; made anew from its entries")
            case .indexesRebuilt:
                Console.print(
                    "\(log.origin)  what its entries are found by was damaged; made anew from them")
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
