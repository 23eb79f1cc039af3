import ArgumentParser
import Cryptography
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// `concord peer`: which other countries' logs this node believes.
struct PeerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "peer", abstract: "Add and list the nodes of other countries.",
        subcommands: [
            Add.self, List.self, BuddyCommand.self, PeerRepinCommand.self,
            PeerWitnessCommand.self,
        ])

    struct BuddyCommand: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "buddy",
            abstract: "Name the peer that must grant every checkpoint before it is signed.",
            discussion: """
                The buddy shares no host, storage or snapshot with this node. It remembers one
                root for each size, so that a second copy of this node cannot sign another. A
                buddy that is silent stops this log; the root names another the same way, after
                a day of silence:
                  concord peer buddy NZ --node ./de
                """)

        @Argument(help: "The peer's country, as two capital letters.")
        var country: String

        @Option(help: "This node's folder.")
        var node = "./concord-node"

        @OptionGroup var passphrase: PassphraseOptions

        func perform() async throws {
            let office = try Office(
                opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
            let card = try await office.nameBuddy(country, at: Clock.now)
            Console.print("buddy \(card.country): \(card.witness.name)")
            Console.print("  it grants every checkpoint from now on, before it is signed")
        }
    }

    struct Add: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Believe another country's log, after comparing fingerprints.",
            discussion: """
                Have the other node's fingerprint read to you by somebody you know there:
                  concord peer add http://node.example:8080 --fingerprint 7Q4K-... --node ./de
                A node that can only dial out has no address; it hands over its card as a file
                (concord node card) and brings its entries itself:
                  concord peer add --card xb.card --fingerprint 7Q4K-... --node ./de
                """)

        @Argument(help: "The node's address; none with --card.")
        var url: String?

        @Option(help: "The card of a node that can only dial out.")
        var card: String?

        @OptionGroup var fingerprint: FingerprintOptions

        @Option(help: "This node's folder.")
        var node = "./concord-node"

        @OptionGroup var passphrase: PassphraseOptions

        func validate() throws {
            guard (url == nil) != (card == nil) else {
                throw ValidationError("expected the node's address, or its card with --card")
            }
        }

        func perform() async throws {
            let expected = try fingerprint.expected()
            let office = try Office(
                opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
            let (bytes, address) = try await found()
            let card = try FingerprintOptions.card(bytes, from: self.card ?? address)
            let addition = try await office.addPeer(
                card, url: address, fingerprint: expected, at: Clock.now)
            Console.print("added \(card.country): \(card.pin.origin)")
            for (country, policy) in addition.policies.sorted(by: { $0.key < $1.key }) {
                let names = policy.witnesses.map(\.name).joined(separator: ", ")
                let quorum = policy.leastQuorum
                Console.print(
                    "  \(country)'s log is believed when \(quorum) of \(policy.witnesses.count) "
                        + "have seen it: \(names)")
            }
            for country in addition.leftOut {
                Console.print(
                    "  \(country) only dials out and cannot be asked what it saw after a start: it is "
                        + "no witness of this log until enough others can be asked")
            }
            // Two readers whose quorums need not meet can be shown two histories.
            for comparison in try office.policyComparisons(at: Clock.now).compared
            where comparison.meeting.meets != true {
                _ = PolicyText.print(
                    comparison.meeting,
                    of: "  \(comparison.origin), read here and in \(comparison.country):")
            }
        }

        /// The card's bytes, and the address from which they came.
        private func found() async throws -> ([UInt8], String) {
            if let card { return (try InputFile.read(card, limit: 16_384), PeerRecord.outbound) }
            let address = try PeerAddress(parsing: url ?? "")
            let bytes = try await PeerNetwork.with { network in
                try await network.client(address).card()
            }
            return (bytes, address.url)
        }
    }

    struct List: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the peers, their addresses and their fingerprints.")

        @Option(help: "This node's folder.")
        var node = "./concord-node"

        func perform() async throws {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            for record in try office.database.read({ try $0.peers() }) {
                guard let bytes = record.card else { continue }
                let card = try NodeCard(parsing: bytes)
                let place = record.isReachable ? record.url : "(only dials out)"
                Console.print("\(card.country)  \(card.pin.origin)  \(place)")
                Console.print("    fingerprint  \(card.fingerprint)")
            }
        }
    }
}
