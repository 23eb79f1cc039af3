import ArgumentParser
import Cryptography
import Operation
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// `concord backup`: a node in two files, while it serves.
struct BackupCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Back a node up while it serves, sealed for a recovery key.",
        discussion: """
            Make the key once, on another machine, and keep its file in a safe; the node needs
            the line that is printed and nothing more:
              concord key new recovery --name de.recovery --out recovery.key
            The data and the keys go into two files: keep them apart, and destroy those of the
            keys after 35 days, or erased records could be opened again.
              concord backup --node ./de --to recovery.pub --out de.backup --keys-out de.keys
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Option(help: "The public half of the recovery key: its line, or a file that holds it.")
    var to: String
    @Option(help: "Where to write all but the keys.")
    var out: String
    @Option(name: .customLong("keys-out"), help: "Where to write the keys; without it, nowhere.")
    var keysOut: String?

    func validate() throws {
        guard keysOut != out else {
            throw ValidationError("expected two places for --out and --keys-out, found one")
        }
    }

    func perform() async throws {
        let recovery = try RecoveryKey.verifier(to)
        try OutputFile.checkPlace(out)
        if let keysOut { try OutputFile.checkPlace(keysOut) }
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let manifest = try NodeBackup(of: office, for: recovery)
            .write(to: out, keysTo: keysOut, at: Clock.now)
        Console.print("backup of \(manifest.country): \(out)")
        Console.print("  log          \(manifest.entries) entries")
        Console.print("  opens with   \(Fingerprint(of: recovery.bytes))")
        if let keysOut {
            Console.print("  keys         \(keysOut), to be kept apart and destroyed after 35 days")
        }
    }
}

/// `concord restore`: a node's folder of its backup, sealed until the peers were asked.
struct RestoreCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a node's folder of a backup; it is sealed until its peers were asked.",
        discussion: """
            Nothing is made of a backup that is torn, changed, of another node, or of a newer
            Concord. Afterwards the peers' copies say what is missing:
              concord restore de.backup --keys de.keys --recovery-key recovery.key --node ./de
              concord node recover --node ./de
            Records that were erased after the backup are erased again if a file names them:
            the audit trail that was kept elsewhere, or one id a line (--erased).
            """)

    @Argument(help: "The backup of all but the keys.")
    var backup: String
    @Option(help: "The backup of the keys.")
    var keys: String
    @Option(name: .customLong("recovery-key"), help: "The recovery key's file.")
    var recoveryKey: String
    @Option(help: "The folder to make.")
    var node = "./concord-node"
    @Option(help: "An audit trail, or ids of records that were erased since, one a line.")
    var erased: String?
    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let erasedRecords = try erased.map { try ErasedRecords.read($0) } ?? []
        let key = try RecoveryKey.opened(recoveryKey, passphrase)
        let report = try NodeRestore(to: node, with: key)
            .run(data: backup, keys: keys, erased: erasedRecords)
        let manifest = report.manifest
        Console.print("\(manifest.country)  \(manifest.origin), as it was at \(manifest.time)")
        Console.print("  folder       \(node)")
        Console.print("  log          \(manifest.entries) entries")
        if report.erasedAgain > 0 {
            Console.print("  erased again \(report.erasedAgain) records")
        }
        Console.print("  SEALED, signs nothing until its peers have said what it misses:")
        Console.print("  go on with: concord node recover --node \(node)")
    }
}

/// `concord rebuild`: a node of its keys and of the copies that others keep of its log.
struct RebuildCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Make a node anew of its keys and of its peers' copies of its log.",
        discussion: """
            For a country that lost its machines and has the backup of its keys. The records of
            its bodies are not with the peers: they come back with concord restore alone.
              concord rebuild --from-peers http://nz.example:8080 --keys de.keys \\
                --recovery-key recovery.key --node ./de
            """)

    @Option(
        name: .customLong("from-peers"), parsing: .upToNextOption,
        help: "Nodes that hold copies of the log.")
    var fromPeers: [String]
    @Option(help: "The backup of the keys.")
    var keys: String
    @Option(name: .customLong("recovery-key"), help: "The recovery key's file.")
    var recoveryKey: String
    @Option(help: "The folder to make.")
    var node = "./concord-node"
    @Option(
        name: .customLong("recovery-passphrase-file"),
        help: "The passphrase of the recovery key, if it is another one than the node's.")
    var recoveryPassphraseFile: String?
    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        var recoveryPassphrase = passphrase
        if let recoveryPassphraseFile { recoveryPassphrase.files = [recoveryPassphraseFile] }
        let key = try RecoveryKey.opened(recoveryKey, recoveryPassphrase)
        let report = try await NodeRebuild(NodeRestore(to: node, with: key)).run(
            keys: keys, from: fromPeers.map { try PeerAddress(parsing: $0) },
            passphrase: passphrase.forNode(node)
        ) { Clock.now }
        Console.print("\(report.office.card.country)  \(report.office.card.pin.origin)")
        Console.print("  folder       \(node)")
        Console.print("  log          \(report.entries) entries, fetched back")
        for failure in Set(report.start.failures.map(\.description)).sorted() {
            Console.complain(failure)
        }
        guard report.start.reasons.isEmpty else {
            throw StorageError.sealed(report.start.reasons)
        }
        Console.print(
            "  this node may sign; fetch the others' logs with: concord sync --node \(node)")
    }
}
