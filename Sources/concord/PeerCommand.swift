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
                opening: NodeDirectory(node), passphrase: passphrase.forNode())
            let card = try await office.nameBuddy(country, at: Clock.now)
            Console.print("buddy \(card.country): \(card.witness.name)")
            Console.print("  it grants every checkpoint from now on, before it is signed")
        }
    }

    struct Add: ConcordCommand {
        static let configuration = CommandConfiguration(
            abstract: "Believe another country's log, after comparing fingerprints.",
            discussion: """
                Have the other node's fingerprint read to you by somebody you know there:
                  concord peer add http://node.example:8080 --fingerprint 7Q4K-... --node ./de
                """)

        @Argument(help: "The node's address.")
        var url: String

        @Option(help: "The fingerprint that you were given another way.")
        var fingerprint: String

        @Option(help: "This node's folder.")
        var node = "./concord-node"

        @OptionGroup var passphrase: PassphraseOptions

        func perform() async throws {
            guard let expected = Fingerprint(parsing: fingerprint) else {
                throw CommandFailure(
                    .usage,
                    "expected a fingerprint of 24 letters and digits in groups of four, found "
                        + "another form; ask for it again")
            }
            let office = try Office(
                opening: NodeDirectory(node), passphrase: passphrase.forNode())
            let address = try PeerAddress(parsing: url)
            let bytes = try await PeerNetwork.with { network in
                try await network.client(address).card()
            }
            let card: NodeCard
            do { card = try NodeCard(parsing: bytes) } catch {
                throw CommandFailure(
                    .notWhatItClaims, "\(url) does not answer with a node's card: \(error)")
            }
            let addition = try await office.addPeer(
                card, url: address.url, fingerprint: expected, at: Clock.now)
            Console.print("added \(card.country): \(card.pin.origin)")
            for (country, policy) in addition.policies.sorted(by: { $0.key < $1.key }) {
                let names = policy.witnesses.map(\.name).joined(separator: ", ")
                let quorum = policy.leastQuorum
                Console.print(
                    "  \(country)'s log is believed when \(quorum) of \(policy.witnesses.count) "
                        + "have seen it: \(names)")
            }
            // Two readers whose quorums need not meet can be shown two histories.
            for comparison in try office.policyComparisons(at: Clock.now)
            where comparison.meeting.meets != true {
                _ = PolicyText.print(
                    comparison.meeting,
                    of: "  \(comparison.origin), read here and in \(comparison.country):")
            }
        }
    }

    struct List: ConcordCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the peers, their addresses and their fingerprints.")

        @Option(help: "This node's folder.")
        var node = "./concord-node"

        func perform() async throws {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            for record in try office.database.read({ try $0.peers() }) {
                guard let bytes = record.card else { continue }
                let card = try NodeCard(parsing: bytes)
                Console.print("\(card.country)  \(card.pin.origin)  \(record.url)")
                Console.print("    fingerprint  \(card.fingerprint)")
            }
        }
    }
}
