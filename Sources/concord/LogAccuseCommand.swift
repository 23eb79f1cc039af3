import ArgumentParser
import Cryptography
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification

/// `concord log accuse`: an extract held against the copies that are here.
struct LogAccuseCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuse",
        abstract: "Hold an extract against the logs here, and write the proof if it lies.",
        discussion: """
            Takes a dossier, or the extract alone. Exits with 1 if the extract differs from what
            the logs say at its own sizes; the proof is a file that anybody can judge with public
            keys, and that the nodes pass on.
              concord log accuse dossier.json --node ./de --out proof.json
            """)

    @Argument(help: "The dossier or the extract.")
    var file: String

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "Where to write the proof.")
    var out: String

    func perform() async throws {
        let note = try LogAccuseCommand.extract(
            in: InputFile.read(file, limit: Dossier.byteLimit), at: file)
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let rules = office.rules { Clock.now }
        let logs = try office.database.read { snapshot throws(StorageError) in
            try snapshot.logs()
        }
        let proofs = try ExtractAccusation(database: office.database).proofs(
            against: note, signers: rules.extractKeys(),
            roots: logs.flatMap { rules.roots($0.origin) })
        guard let first = proofs.first else {
            Console.print("nothing is proven: the extract says what the logs here say")
            return
        }
        for proof in proofs { Console.print("PROVEN: \(proof.finding)") }
        try OutputFile.write(first.proof.serialized, to: out)
        Console.print("proof: \(out); publish it with a POST to /split-views of any node")
        throw ExitCode(1)
    }

    private static func extract(in bytes: [UInt8], at path: String) throws -> SignedNote {
        if let note = try? SignedNote(parsing: bytes) { return note }
        guard let note = try Dossier(parsing: bytes).extract else {
            throw CommandFailure(
                .notWhatItClaims, "expected a dossier with an extract in \(path), found none")
        }
        return note
    }
}
