import ArgumentParser
import Cryptography
import Wallet

struct WalletBackupCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write the whole wallet into one file, encrypted under your passphrase.",
        discussion: """
            The passphrase is that of the wallet. An existing file is not written over.
              concord wallet backup --out wallet.backup --wallet ./wallet
            """)

    @Option(help: "Where to write the backup.")
    var out: String

    @OptionGroup var options: WalletOptions
    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let folder = try options.open()
        let key = try folder.keyFile()
        guard key.isSealed else {
            throw CommandFailure(
                .keyRefused,
                "expected a wallet under a passphrase, found one without; a backup of it would "
                    + "be open to whoever finds it")
        }
        let (certificates, isDamaged) = try options.certificates(of: folder)
        guard !isDamaged else {
            throw CommandFailure(
                .notWhatItClaims, "a backup would be without the files that are named above")
        }
        let secret = try passphrase.read("passphrase of the wallet: ")
        // A passphrase that does not open the key would make a backup that nobody can use.
        do { _ = try key.signingKey(passphrase: secret) } catch {
            throw CommandFailure(.keyRefused, "\(error); check --passphrase-file")
        }
        var generator = SystemRandomNumberGenerator()
        let bytes = try WalletBackup(key: key, certificates: certificates.map(\.file))
            .sealed(under: secret ?? [], using: &generator)
        try OutputFile.write(bytes, to: out, mode: 0o600, replacing: false)
        Console.print("backed up the key and \(certificates.count) certificates to \(out)")
    }
}

struct WalletRestoreCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a wallet again, from a backup or a recovery sheet.",
        discussion: """
            A wallet that is there is never written over.
              concord wallet restore wallet.backup --wallet ./wallet
            From the sheet, typed into a file, the groups apart by spaces or lines: a typing
            mistake is named by its group. The passphrase is a new one; import the certificates
            afterwards.
              concord wallet restore --sheet typed.txt --wallet ./wallet
            """)

    @Argument(help: "The backup.")
    var backup: String?

    @Option(help: "A file with the groups of the recovery sheet; - for standard input.")
    var sheet: String?

    @OptionGroup var options: WalletOptions
    @OptionGroup var making: NewKeyOptions

    func validate() throws {
        guard (backup == nil) != (sheet == nil) else {
            throw ValidationError("expected either a backup or --sheet FILE")
        }
    }

    func perform() async throws {
        guard !WalletFolder.isTaken(options.wallet) else {
            throw WalletError.walletExists(path: options.wallet)
        }
        if let sheet {
            let text = String(decoding: try InputFile.read(sheet, limit: 65_536), as: UTF8.self)
            try options.make(RecoveryCode(parsing: text).signingKey(), making)
        } else if let backup {
            let bytes = try InputFile.read(backup, limit: WalletBackup.sizeLimit)
            let secret = try making.passphrase.read("passphrase of the backup: ")
            guard let secret else {
                throw CommandFailure(
                    .keyRefused,
                    "the backup is sealed under a passphrase; give it with --passphrase-file FILE")
            }
            let read = try WalletBackup(parsing: bytes, passphrase: secret)
            let certificates = try read.certificates.map(WalletCertificate.init)
            let folder = try WalletFolder(creating: options.wallet, key: read.key)
            for certificate in certificates { try folder.add(certificate) }
            Console.print(
                "restored the key and \(certificates.count) certificates to \(options.wallet)")
            Console.print(
                "fingerprint  \(Fingerprint(of: read.key.verificationKey.bytes))")
        }
    }
}

struct WalletSheetCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "recovery-sheet",
        abstract: "Print the sheet from which the key can be typed in again.",
        discussion: """
            The sheet is as secret as the key itself: print it, keep it like a passport, and leave
            no copy on a machine.
              concord wallet recovery-sheet --language fil --wallet ./wallet
            """)

    @OptionGroup var options: WalletOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func perform() async throws {
        let path = "\(options.wallet)/\(WalletFolder.keyName)"
        _ = try options.open()
        let key = try passphrase.open(path).key
        Console.print(RecoverySheet(key, in: language.catalogue).text, terminator: "")
    }
}
