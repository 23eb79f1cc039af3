import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Registrar
import Storage
import TransparencyLog

/// `concord request`: ask a holder to show a certificate, once, to this verifier.
struct RequestCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask a holder to show a certificate, once, to you alone.",
        discussion: """
            The request carries a fresh challenge that is kept here until it ends. Give the file to
            the holder, and verify the answer where the challenge is kept (--data or --node).
              concord request --key me.key --out request.json
            """)

    /// Seconds that a request can be answered at most.
    static let longestLife: Int64 = 86_400

    @Option(help: "Your verifier key: its fingerprint is the name that the holder sees.")
    var key: String

    @Option(help: "A claim that you need beyond name and year of birth. Can be repeated.")
    var ask: [String] = []

    @Option(help: "Minutes for which the request can be answered.")
    var minutes: Int64 = 60

    @Option(help: "Where to write the request.")
    var out: String

    @OptionGroup var source: SourceOptions
    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        guard (1...(RequestCommand.longestLife / 60)).contains(minutes) else {
            throw ValidationError(
                "expected 1 to \(RequestCommand.longestLife / 60) minutes, found \(minutes)")
        }
    }

    func perform() async throws {
        let (secret, file) = try passphrase.open(key)
        let signer = try NoteSigner(name: file.name, key: secret, algorithm: .ed25519)
        var generator = SystemRandomNumberGenerator()
        let now = Clock.now
        let request = PresentationRequest(
            audience: VerifierRequest.audience(of: signer.verifier),
            expires: now + minutes * 60, ask: ask, using: &generator)
        let database =
            if let node = source.node {
                try Office(opening: NodeDirectory(node), passphrase: nil).database
            } else {
                try CopiesFolder(source.data).database()
            }
        guard let nonce = Base64.url.decode(request.nonce) else {
            throw CommandFailure(.inconsistent, "a fresh nonce does not read back")
        }
        try database.keepChallenge(
            nonce, audience: request.audience, expires: request.expires, at: now)
        try OutputFile.write(
            VerifierRequest.serialized(request, signedBy: signer), to: out)
        Console.print("request for \(request.audience), until \(request.expires)")
    }
}
