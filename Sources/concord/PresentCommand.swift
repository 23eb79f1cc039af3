import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Language
import Registrar
import TransparencyLog
import Verification
import Wallet

/// `concord present`: certificates, shown to one asker, with only what is needed.
struct PresentCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "present",
        abstract: "Show certificates to somebody who asked, and only what is needed.",
        discussion: """
            Name and year of birth are always shown. A certificate that is bound to your key is
            signed for this request alone. What will be shown is printed before it is written.
              concord present certificate.json --request request.json --key me.key --out shown.json
            From your wallet, several at once, with the date of birth that was asked for:
              concord present 3fa9 71c0 --wallet ./wallet --request request.json --show birthdate \\
                --out shown.json
            Only look at what would be shown:
              concord present 3fa9 --wallet ./wallet --request request.json --preview
            As text for a mail or a messenger: --text. As a code on a screen: --qr shown.png. With --anchor or --node the asker's name is
            looked up in a log that you trust; without one, every asker is unknown.
            """)

    /// An asker whose request can be answered for longer than this wants too much.
    static let longestLife = RequestCommand.longestLife + 600

    @Argument(help: "Certificate files, or with --wallet the beginnings of their ids.")
    var certificates: [String]

    @Option(help: "The request that the asker sent, or a picture of its code.")
    var request: String?

    @Option(help: "Your key, if a certificate is bound to one and is not in a wallet.")
    var key: String?

    @Option(help: "The folder of your wallet.")
    var wallet: String?

    @Option(help: "A further claim to show, such as birthdate. Can be given more than once.")
    var show: [String] = []

    @Flag(help: "Show everything that the request asks for.")
    var showAsked = false

    @Flag(help: "Print what would be shown, and write nothing.")
    var preview = false

    @Flag(help: "Write text between marks, for a mail or a messenger.")
    var text = false

    @Flag(help: "Do not ask on the terminal before it is written.")
    var yes = false

    @Option(
        help: """
            Where to write the presentation; - for standard output, which is the default without \
            --qr.
            """)
    var out: String?

    @Option(help: "Write it as a QR code too: a name that ends in .png or .svg.")
    var qr: String?

    @OptionGroup var source: SourceOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var language: LanguageOptions

    func validate() throws {
        guard (1...PresentationFile.countLimit).contains(certificates.count) else {
            throw ValidationError("expected 1 to \(PresentationFile.countLimit) certificates")
        }
        for claim in show where ClaimPath(parsing: claim) == nil {
            throw ValidationError(
                "expected a claim such as birthdate or address.city, found \(claim)")
        }
        if showAsked, request == nil {
            throw ValidationError("--show-asked needs --request")
        }
    }

    func perform() async throws {
        let now = Clock.now
        let asked = try request.map { try readRequest($0, now) }
        let chosen = try certificates.map(certificate)
        let wanted =
            show.compactMap(ClaimPath.init(parsing:)) + (showAsked ? asked?.content.ask ?? [] : [])
        for path in show.compactMap(ClaimPath.init(parsing:)) {
            guard try chosen.contains(where: { try $0.states(path) }) else {
                throw CommandFailure(
                    .inputMissing,
                    "expected the claim \(path.text) in a certificate, found it in none")
            }
        }
        let items = try chosen.map { certificate in
            PresentationPreview.Item(
                certificate,
                presented: try certificate.file.credential.presenting(paths: wanted))
        }
        let summary = try PresentationPreview(
            items, request: asked?.content, asker: try asked.flatMap { try asker($0, now) },
            in: language.catalogue
        ).text()
        if preview {
            Console.print(summary, terminator: "")
            return
        }
        if let out, out != "-" { try OutputFile.checkPlace(out) }
        try qr.map(CodeFile.check)
        Console.tell(summary)
        guard yes || Console.confirms("show this? [y/N] ") else {
            throw CommandFailure(.refusedByRule, "nothing was written")
        }
        let holder = try asked == nil ? nil : holderKey(for: chosen)
        let files = try zip(chosen, items).map { certificate, item in
            var file = certificate.file
            file.credential = item.presented
            if let asked, let holder, certificate.isBound {
                file.credential = try bound(item.presented, certificate, asked, holder, now)
            }
            return file
        }
        try write(PresentationFile(files).serialized)
    }

    private func write(_ bytes: [UInt8]) throws {
        var bytes = bytes
        if let qr { try CodeFile.write(bytes, to: qr, "the presentation") }
        guard let out = out ?? (qr == nil ? "-" : nil) else { return }
        if text {
            bytes = Array(
                ArmoredText.encode(bytes, label: VerificationInput.textLabel).utf8)
        }
        if out == "-" {
            Console.print(String(decoding: bytes, as: UTF8.self), terminator: "")
        } else {
            try OutputFile.write(bytes, to: out, mode: 0o600)
        }
    }

    private func readRequest(_ path: String, _ now: Timestamp) throws -> SignedRequest {
        let asked = try SignedRequest(parsing: CertificateInput.read(path).bytes)
        guard now < asked.content.expires else {
            throw CommandFailure(
                .notWhatItClaims,
                "the request ended \(asked.content.expires); ask for a new one")
        }
        guard asked.content.expires < now + PresentCommand.longestLife else {
            throw CommandFailure(
                .notWhatItClaims,
                "expected a request that ends within a day, found one that ends "
                    + "\(asked.content.expires); ask for a new one, and look at your clock")
        }
        return asked
    }

    private func certificate(_ name: String) throws -> WalletCertificate {
        if let wallet { return try WalletFolder(opening: wallet).certificate(name) }
        return try WalletCertificate(
            CredentialFile(parsing: CertificateInput.read(name).bytes))
    }

    /// The name that a trusted log gives the asker's key, if one is at hand and names it.
    private func asker(_ asked: SignedRequest, _ now: Timestamp) throws -> Asker? {
        guard source.node != nil || source.anchor != nil else { return nil }
        let desk = try VerificationDesk(source: source)
        return try desk.database.flatMap {
            try AskerSearch(database: $0, anchor: desk.anchor).asker(asked.key, at: now)
        }
    }

    /// The key to answer with; nil if no certificate is bound to one.
    private func holderKey(for chosen: [WalletCertificate]) throws -> SigningKey? {
        guard chosen.contains(where: \.isBound) else { return nil }
        let path = wallet.map { "\($0)/\(WalletFolder.keyName)" }
        guard let path = key ?? path else {
            throw CommandFailure(
                .keyRefused, "the certificate is bound to your key; give it with --key FILE")
        }
        return try passphrase.open(path).key
    }

    private func bound(
        _ presented: SDJWT, _ certificate: WalletCertificate, _ asked: SignedRequest,
        _ holder: SigningKey, _ now: Timestamp
    ) throws -> SDJWT {
        guard certificate.holderKey == holder.verificationKey else {
            throw CommandFailure(
                .keyRefused,
                "the key is not the one that the certificate \(certificate.title) is bound to")
        }
        return presented.bound(
            to: asked.content.audience, nonce: asked.content.nonce, at: now, by: holder)
    }
}

extension WalletCertificate {
    fileprivate func states(_ path: ClaimPath) throws -> Bool {
        path.value(in: try file.credential.processed().object) != nil
    }
}
