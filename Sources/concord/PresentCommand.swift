import ArgumentParser
import Credentials
import Cryptography
import Encoding
import TransparencyLog

/// `concord present`: a certificate, shown to one asker, with only what is needed.
struct PresentCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "present",
        abstract: "Show a certificate to somebody who asked, and only what is needed.",
        discussion: """
            Name and year of birth are always shown. A certificate that is bound to your key is
            signed for this request alone.
              concord present certificate.json --request request.json --key me.key --out shown.json
            """)

    @Argument(help: "The certificate file.")
    var certificate: String

    @Option(help: "The request that the asker sent.")
    var request: String?

    @Option(help: "Your key, if the certificate is bound to one.")
    var key: String?

    @Option(help: "A further claim to show, such as birthdate. Can be given more than once.")
    var show: [String] = []

    @Option(help: "Where to write the presentation; - for standard output.")
    var out = "-"

    @OptionGroup var passphrase: PassphraseOptions

    func perform() async throws {
        let file = try CredentialFile(parsing: InputFile.read(certificate))
        let known = try IssuedCredential(parsing: file.credential)
        var presented = try file.credential.presenting(show)
        if let request {
            let asked = try VerifierRequest(parsing: InputFile.read(request, limit: 65_536))
            let now = Clock.now
            guard now < asked.content.expires else {
                throw CommandFailure(
                    .notWhatItClaims,
                    "the request ended \(asked.content.expires); ask for a new one")
            }
            Console.complain("asked by \(asked.content.audience) (unknown asker)")
            if known.frame.holderKey != nil { presented = try bound(presented, known, asked, now) }
        } else if known.frame.holderKey != nil {
            Console.complain(
                "without --request this shows the certificate, but not that it is yours")
        }
        let shown = CredentialFile(credential: presented, batch: file.batch)
        if out == "-" {
            Console.print(String(decoding: shown.serialized, as: UTF8.self), terminator: "")
        } else {
            try OutputFile.write(shown.serialized, to: out)
        }
        Console.complain(
            "shown: "
                + (known.mandatoryDisclosures + show)
                .joined(separator: ", ") + ", and its plain facts")
    }

    private func bound(
        _ presented: SDJWT, _ known: IssuedCredential, _ asked: VerifierRequest,
        _ now: Timestamp
    ) throws -> SDJWT {
        guard let key else {
            throw CommandFailure(
                .keyRefused, "the certificate is bound to your key; give it with --key FILE")
        }
        let holder = try passphrase.open(key).key
        guard try known.frame.holderKey?.requireVerificationKey() == holder.verificationKey else {
            throw CommandFailure(
                .keyRefused, "\(key) is not the key that this certificate is bound to")
        }
        return presented.bound(
            to: asked.content.audience, nonce: asked.content.nonce, at: now, by: holder)
    }
}
