import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Wallet

/// `concord wallet`: a worker's certificates and key.
struct WalletCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallet",
        abstract: "Keep certificates and the key that they are bound to.",
        discussion: """
              concord wallet create
              concord wallet import certificate.json
              concord wallet show 3fa9 --language fil
            Print the recovery sheet at once, and keep it apart: without key and sheet nobody can
            show a bound certificate as theirs again. A wallet is never needed: a certificate on
            paper, with name and year of birth, is a full way of its own.
            """,
        subcommands: [
            WalletCreateCommand.self, WalletImportCommand.self, WalletListCommand.self,
            WalletShowCommand.self, WalletBackupCommand.self, WalletRestoreCommand.self,
            WalletSheetCommand.self,
        ])
}

/// Which wallet is meant.
struct WalletOptions: ParsableArguments {
    @Option(help: "The folder of the wallet.")
    var wallet: String = "\(SourceOptions.defaultData)/wallet"

    func open() throws -> WalletFolder { try WalletFolder(opening: wallet) }

    /// Every certificate that reads; those that do not are named.
    func certificates(of folder: WalletFolder) throws -> (
        certificates: [WalletCertificate], isDamaged: Bool
    ) {
        let content = try folder.content()
        for error in content.damaged { Console.complain("\(error)") }
        return (content.certificates, !content.damaged.isEmpty)
    }
}

struct WalletCreateCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a wallet with a new key, sealed under a passphrase.",
        discussion: """
            Give the key that is printed to whoever issues you a certificate that is bound to you.
              concord wallet create --wallet ./wallet
            """)

    @OptionGroup var options: WalletOptions
    @OptionGroup var making: NewKeyOptions

    func perform() async throws {
        guard !WalletFolder.isTaken(options.wallet) else {
            throw WalletError.walletExists(path: options.wallet)
        }
        var generator = SystemRandomNumberGenerator()
        let key = SigningKey.generated(using: &generator)
        try options.make(key, making)
    }
}

extension WalletOptions {
    /// Makes the wallet of a key and prints what an issuer needs of it.
    @discardableResult
    func make(_ key: SigningKey, _ making: NewKeyOptions) throws -> WalletFolder {
        let file = try making.sealed(key, role: WalletFolder.role, name: "holder")
        let folder = try WalletFolder(creating: wallet, key: file)
        Console.print("wallet in \(wallet)")
        Console.print("fingerprint  \(Fingerprint(of: key.verificationKey.bytes))")
        Console.print("key file for issuers  \(wallet)/\(WalletFolder.keyName)")
        if making.unsealed {
            Console.complain("the key lies there without a passphrase (--unsealed)")
        }
        Console.complain(
            "print the recovery sheet now: concord wallet recovery-sheet --wallet \(wallet)")
        return folder
    }
}

struct WalletImportCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put certificates into the wallet.",
        discussion: """
            All of them or none: a file that is no certificate, or one that is bound to another
            key, is named and nothing is imported. Nothing is checked: concord verify checks.
              concord wallet import 1.json 2.json --wallet ./wallet
            """)

    @Argument(
        help: "Certificate files or pictures of paper (PDF, PNG, JPEG); - for standard input.")
    var files: [String]

    @OptionGroup var options: WalletOptions

    func perform() async throws {
        let folder = try options.open()
        let key = try folder.keyFile().verificationKey
        let certificates = try files.map { path in
            let bytes = try CertificateInput.read(path).bytes
            let certificate: WalletCertificate
            do throws(CredentialError) {
                certificate = try WalletCertificate(CredentialFile(parsing: bytes))
            } catch {
                throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
            }
            guard !certificate.isBound || certificate.holderKey == key else {
                throw CommandFailure(.keyRefused, "\(path): \(WalletError.otherHolder)")
            }
            return certificate
        }
        for certificate in certificates {
            let isNew = try folder.add(certificate)
            Console.print(
                "\(certificate.id)  \(certificate.title)\(isNew ? "" : ", here already")")
        }
    }
}

struct WalletListCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the certificates: id, day, what they are.",
        discussion: """
              concord wallet list --wallet ./wallet
            """)

    @OptionGroup var options: WalletOptions

    func perform() async throws {
        let (certificates, isDamaged) = try options.certificates(of: options.open())
        for certificate in certificates {
            let bound = certificate.isBound ? "bound to your key" : "bound to no key"
            Console.print(
                "\(certificate.id)  \(certificate.content.day)  \(certificate.title)  "
                    + "\(certificate.content.frame.issuer), \(bound)")
        }
        if isDamaged { throw ExitCode(ExitStatus.notWhatItClaims.rawValue) }
    }
}

struct WalletShowCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a certificate with all that it says, in your language.",
        discussion: """
            Only you see this; concord present --preview shows what somebody else would see.
              concord wallet show 3fa9 --language fil --wallet ./wallet
            """)

    @Argument(help: "The beginning of its id; without it, all.")
    var id: String?

    @OptionGroup var options: WalletOptions
    @OptionGroup var language: LanguageOptions

    func perform() async throws {
        let folder = try options.open()
        let certificates =
            if let id {
                [try folder.certificate(id)]
            } else {
                try options.certificates(of: folder).certificates
            }
        for (index, certificate) in certificates.enumerated() {
            if index > 0 { Console.print("") }
            Console.print(
                try HolderView(certificate, in: language.catalogue).text(), terminator: "")
        }
    }
}
