import ArgumentParser
import Registrar
import Sync
import TransparencyLog

/// `concord peer witness`: count on a witness that keeps no registry.
struct PeerWitnessCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Count on a witness that keeps no registry, such as a university's.",
        discussion: """
            It must have named this node's log in its logs.policy, or it cosigns nothing of it.
            Compare the key with what its operator reads to you.
              concord peer witness uni 'uni.example/witness+7109df0e+BIE5...' http://uni.example:8090
            """)

    @Argument(help: "A short name for it in the policies of this node.")
    var name: String

    @Argument(help: "Its key, as concord witness init printed it.")
    var key: String

    @Argument(help: "Its address.")
    var url: String

    @Option(help: "This node's folder.")
    var node = "./concord-node"

    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
        let policies = try await office.addWitness(
            name: name, key: NoteKey(parsing: key), url: PeerAddress(parsing: url), at: Clock.now)
        for (country, policy) in policies.sorted(by: { $0.key < $1.key }) {
            let names = policy.witnesses.map(\.name).joined(separator: ", ")
            Console.print(
                "  \(country)'s log is believed when \(policy.leastQuorum) of "
                    + "\(policy.witnesses.count) have seen it: \(names)")
        }
    }
}
