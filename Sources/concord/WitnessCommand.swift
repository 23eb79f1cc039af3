import ArgumentParser
import Encoding
import Node
import Registrar
import Storage
import Sync
import TransparencyLog

/// `concord witness`: the role of a witness alone, for whoever keeps no registry.
struct WitnessCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Be a witness and nothing else: a key, a memory, no registry.",
        subcommands: [Init.self, Serve.self])

    struct Init: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "init",
            abstract: "Make a witness: its folder, its key, its empty memory.",
            discussion: """
                Name the logs in logs.policy afterwards, one line a key: log <vkey>. Others name
                this witness by the key that is printed.
                  concord witness init --folder ./uni --name uni.example/witness
                """)

        @Option(help: "The folder to make.")
        var folder: String
        @Option(help: "The name that stands beside its cosignatures, such as an address.")
        var name: String
        @OptionGroup var making: NewKeyOptions

        func perform() async throws {
            let key = try WitnessFolder.found(folder, name: name) { key, role, name in
                try making.sealed(key, role: role, name: name)
            }
            Console.print(key.description)
            if making.unsealed {
                Console.complain("the key is written without a passphrase (--unsealed)")
            }
        }
    }

    struct Serve: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "serve",
            abstract: "Answer add-checkpoint for the logs of logs.policy.",
            discussion: """
                Speaks C2SP tlog-witness, and says on request what it saw. After a restore it
                cosigns nothing until the other witnesses of logs.policy have answered.
                  concord witness serve --folder ./uni --port 8090
                """)

        @Option(help: "The witness's folder.")
        var folder: String
        @Option(help: "The port; 0 finds a free one and writes it to node.port.")
        var port: Int?
        @OptionGroup var passphrase: PassphraseOptions

        func validate() throws {
            if let port, !(0...65_535).contains(port) {
                throw ValidationError("expected a port from 0 to 65535, found \(port)")
            }
        }

        func perform() async throws {
            let place = WitnessFolder(folder)
            let signer = try place.signer(passphrase: passphrase.forNode(folder))
            let policy = try place.policy()
            let database = try place.database(policy)
            let rules = WitnessFolder.rules(policy)
            var configuration = try NodeConfiguration(inFolder: folder)
            if let port { configuration.port = port }
            // Order: what was found out before this start counts no more.
            try database.closeSession([.notAsked])
            var services = NodeServices(
                database: database, rules: rules,
                witness: Witness(database: database, signer: signer, rules: rules)
            ) { Clock.now }
            services.seen = SeenDesk(database: database, signer: signer)
            services.begin = { network in
                await NodeStart(
                    database: database, rules: rules, network: network, panel: .none,
                    witness: signer.verifier, isBuddy: false
                ).run().reasons
            }
            Console.print("\(signer.verifier)")
            Console.print("  \(policy.logs.count) logs of \(place.policyFile)")
            try await NodeServer(
                configuration: configuration, services: services, folder: folder,
                logger: NodeLog.standard(configuration)
            ).run()
        }
    }
}
