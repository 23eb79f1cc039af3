import ArgumentParser
import Cryptography
import Registrar
import Registry
import Sync
import TransparencyLog

/// `concord peer repin`: a later generation of a country's log, on an operator's word.
struct PeerRepinCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "repin",
        abstract: "Believe another generation of a country's log, after comparing fingerprints.",
        discussion: """
            For a successor that is not adopted by itself. From then on what the new log says
            counts, and entries of the old one from its last good size on count no more: speak
            with the country before you do it.
              concord peer repin http://node.example:8080 --fingerprint 7Q4K-... --node ./de
            """)

    @Argument(help: "The address of the country's node.")
    var url: String

    @OptionGroup var fingerprint: FingerprintOptions

    @Option(help: "This node's folder.")
    var node = "./concord-node"

    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let expected = try fingerprint.expected()
        let office = try Office(opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
        let address = try PeerAddress(parsing: url)
        let repinning = try await PeerNetwork.with { network in
            let card = try FingerprintOptions.card(
                await network.client(address).card(), from: url)
            return try await office.repin(
                card, at: address, fingerprint: expected, in: network, at: Clock.now)
        }
        let card = repinning.card
        Console.print("\(card.country): \(card.pin.origin) in place of \(repinning.replaced)")
        Console.print(
            "  WARNING: entries of the old log from \(repinning.keptSize) on count no more")
        if repinning.witnessedSize > repinning.keptSize {
            Console.print(
                "  WARNING: witnesses had seen \(repinning.witnessedSize) of them: what rested on the "
                    + "last \(repinning.witnessedSize - repinning.keptSize) is undone")
        }
        if !repinning.isContinued {
            Console.print(
                "  WARNING: the new log does not begin with the entries that are here: it is copied "
                    + "anew, and older entries count as logged when it was first witnessed")
        }
    }
}
