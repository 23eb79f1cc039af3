import ArgumentParser
import Cryptography
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Storage
import TransparencyLog
import Verification

/// `concord node`: make, run and look at a country's node.
struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "Make, run and look at a country's node.",
        subcommands: [
            NodeInitCommand.self, NodeServeCommand.self, NodeStatusCommand.self,
            NodeAnchorCommand.self, NodeCardCommand.self, NodeRecoverCommand.self,
            NodeSucceedCommand.self, NodeRotateRootCommand.self, NodeRotateLogCommand.self,
            NodeMirrorCommand.self,
        ])
}

struct NodeInitCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a node: its keys, its log, its first acts.",
        discussion: """
              concord node init --node ./ke --country KE --name Kenya \\
                --origin registry.example/ke/1 --passphrase-file pass.txt
            """)

    @Option(help: "The folder to make.")
    var node = "./concord-node"
    @Option(help: "The country, as two capital letters of ISO 3166-1.")
    var country: String
    @Option(help: "The country's name.")
    var name: String
    @Option(help: "The log's name: <network>/<country>/<generation>, the last a number from 1.")
    var origin: String
    @OptionGroup var making: NewKeyOptions

    func validate() throws {
        guard country.utf8.count == 2, country.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
        else {
            throw ValidationError("expected a country as two capital letters, found \(country)")
        }
        guard !name.allSatisfy(\.isWhitespace) else {
            throw ValidationError("expected the country's name, found nothing; give --name")
        }
        guard let parsed = LogOrigin(parsing: origin), parsed.country == country.lowercased()
        else {
            throw ValidationError(
                "expected an origin such as registry.example/\(country.lowercased())/1, found "
                    + origin)
        }
        guard parsed.isSample || !making.sample else {
            throw ValidationError(
                "expected a network under .example for a sample, such as "
                    + "sample.concord.example/\(country.lowercased())/1, found \(origin)")
        }
    }

    func perform() async throws {
        let office = try await Office.found(
            NodeDirectory(node), country: country, origin: origin, names: ["en": .string(name)],
            isSample: making.sample, passphrase: making.passphrase.forNode(node), at: Clock.now
        ) { key, role, name in
            try making.sealed(key, role: role, name: name)
        }
        try OutputFile.write(
            NodeConfiguration().serialized,
            to: office.node.url.appending(path: NodeConfiguration.fileName).path)
        Console.print("\(country)  \(origin)")
        Console.print("  folder       \(office.node.path)")
        Console.print("  fingerprint  \(office.card.fingerprint)")
        if making.unsealed { Console.print("  keys         without a passphrase (--unsealed)") }
        Console.print("  keep keys/next-root.key away from this machine, on paper or a stick")
    }
}

struct NodeCardCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "card",
        abstract: "Write this node's card, for peers that cannot fetch it.",
        discussion: """
            Whoever adds it compares the fingerprint with one that came another way.
              concord node card --node ./xb --out xb.card
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Option(help: "Where to write the card.")
    var out: String

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        try OutputFile.write(office.card.serialized, to: out)
        Console.print("card of \(office.card.country): \(out)")
        Console.print("  fingerprint  \(office.card.fingerprint)")
    }
}

struct NodeAnchorCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "anchor",
        abstract: "Write the anchor that this country hands out to verifiers.")

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Option(help: "Where to write the anchor.")
    var out: String

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        try OutputFile.write(office.anchor(at: Clock.now).serialized, to: out)
        Console.print("anchor of \(office.card.country): \(out)")
    }
}
