import ArgumentParser
import Credentials
import Encoding
import Registrar
import Storage
import Sync
import TransparencyLog
import Verification

/// `concord dossier`: everything with which a certificate can be judged offline.
struct DossierCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "dossier",
        abstract: "Make a dossier that verifies offline with nothing but an anchor.",
        discussion: """
            It holds the presentation, the acts that a verdict rests on with their proofs, the
            status list, and an extract that this node and its peers sign.
              concord dossier certificate.json --for DE --node ./de --out dossier.json
            """)

    @Argument(help: "The certificate or presentation.")
    var certificate: String

    @OptionGroup var question: QuestionOptions

    @Option(help: "The node's folder; its country is the anchor of the dossier.")
    var node = "./concord-node"

    @Option(help: "Where to write the dossier.")
    var out: String

    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let file = try CredentialFile(parsing: CertificateInput.read(certificate).bytes)
        let nodePassphrase = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: nodePassphrase)
        let signer = try office.node.signer(.extract, passphrase: nodePassphrase)
        let peers = try office.database.read { try $0.peers() }
        let dossier = try await PeerNetwork.with { network in
            try await DossierMaker(office).dossier(
                for: file, question: question.question, signer: signer, at: Clock.now
            ) { order in
                await Self.cosignatures(on: order, by: peers.map(\.url), over: network)
            }
        }
        try OutputFile.write(dossier.serialized, to: out)
        let entries = dossier.logs.map(\.items.count).reduce(0, +)
        Console.print(
            "dossier with \(entries) acts of \(dossier.logs.count) logs, extract signed by "
                + (dossier.extract?.signatures.map(\.name).joined(separator: ", ") ?? "nobody"))
    }

    /// Asks every peer once; a peer that does not answer is named, and missed at most.
    private static func cosignatures(
        on order: ExtractDesk.Order, by urls: [String], over network: PeerNetwork
    ) async -> [NoteSignature] {
        var signatures: [NoteSignature] = []
        for url in urls {
            do {
                let client = network.client(try PeerAddress(parsing: url))
                let answer = try await client.post(
                    "/extract", order.serialized, contentType: "application/json",
                    limit: 65_536)
                guard answer.status == 200 else {
                    Console.complain(
                        "\(url) did not sign the extract: "
                            + String(decoding: answer.body.prefix(300), as: UTF8.self))
                    continue
                }
                signatures += try NoteSignature.list(parsing: answer.body)
            } catch {
                Console.complain("\(url) did not sign the extract: \(error)")
            }
        }
        return signatures
    }
}
