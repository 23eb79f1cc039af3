import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Registrar
import Storage
import TransparencyLog
import Verification

/// `concord request`: ask a holder to show a certificate, once, to this verifier.
struct RequestCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Ask a holder to show a certificate, once, to you alone.",
        discussion: """
            The request carries a fresh challenge that is kept here until it ends. Give the file to
            the holder, and verify the answer where the challenge is kept (--data or --node). Ask
            for no more claims than you need: what was asked for and is not shown is named in the
            verdict. The holder sees the question, and the fingerprint of your key as your name.
              concord request --key me.key --out request.json
              concord request --key me.key --for DE --purpose employ --occupation 7212 \\
                --ask birthdate --out request.json
            As a code that the holder photographs: --qr request.png.
            """)

    /// Seconds that a request can be answered at most.
    static let longestLife: Int64 = 86_400

    @Option(help: "Your verifier key: its fingerprint is the name that the holder sees.")
    var key: String

    @Option(
        help: """
            A claim that you need beyond name and year of birth, such as birthdate or \
            address.city. Can be repeated.
            """)
    var ask: [String] = []

    @Option(
        name: .customLong("for"),
        help: "The country for which you will judge, such as DE; the answer is judged for it.")
    var destination: String?

    @Option(help: "What it is to count for, such as employ (the default), where --for is given.")
    var purpose: String?

    @Option(help: "The occupation, as a code of ISCO-08, where --for is given.")
    var occupation: String?

    @Option(help: "The sector, where regulation differs by sector and --for is given.")
    var sector: String?

    @Option(
        name: .customLong("target-qualification"),
        help: "The qualification with which it is to be compared, where --for is given.")
    var targetQualification: String?

    @Option(help: "Minutes for which the request can be answered.")
    var minutes: Int64 = 60

    @Option(help: "Where to write the request.")
    var out: String?

    @Option(help: "Write it as a QR code too: a name that ends in .png or .svg.")
    var qr: String?

    @OptionGroup var source: SourceOptions
    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        guard out != nil || qr != nil else { throw ValidationError("expected --out or --qr") }
        guard (1...(RequestCommand.longestLife / 60)).contains(minutes) else {
            throw ValidationError(
                "expected 1 to \(RequestCommand.longestLife / 60) minutes, found \(minutes)")
        }
        for claim in ask where ClaimPath(parsing: claim) == nil {
            throw ValidationError(
                "expected a claim such as birthdate or address.city, found \(claim)")
        }
        guard Set(ask).count == ask.count, ask.count <= 64 else {
            throw ValidationError("expected at most 64 claims, each once")
        }
        guard
            destination != nil
                || [purpose, occupation, sector, targetQualification].allSatisfy({ $0 == nil })
        else {
            throw ValidationError(
                "--purpose, --occupation, --sector and --target-qualification need --for")
        }
        try QuestionOptions.check(
            destination: destination, purpose: purpose, occupation: occupation, sector: sector,
            targetQualification: targetQualification)
    }

    func perform() async throws {
        try qr.map(CodeFile.check)
        let (secret, file) = try passphrase.open(key)
        let signer = try NoteSigner(name: file.name, key: secret, algorithm: .ed25519)
        var generator = SystemRandomNumberGenerator()
        let now = Clock.now
        let content = PresentationRequest(
            audience: SignedRequest.audience(of: signer.verifier),
            expires: now + minutes * 60, ask: ask.compactMap(ClaimPath.init(parsing:)),
            question: destination.map {
                PresentationRequest.Question(
                    destination: $0, purpose: purpose ?? "employ", occupation: occupation,
                    sector: sector, targetQualification: targetQualification)
            }, using: &generator)
        // What is sent is what a holder can read.
        let request = try SignedRequest(
            parsing: SignedRequest(content, by: signer).serialized)
        let database =
            if let node = source.node {
                try Office(opening: NodeDirectory(node), passphrase: nil).database
            } else {
                try CopiesFolder(source.data).database()
            }
        guard let nonce = Base64.url.decode(content.nonce) else {
            throw CommandFailure(.inconsistent, "a fresh nonce does not read back")
        }
        try database.keepChallenge(
            nonce, audience: content.audience, expires: content.expires,
            request: content.serialized, at: now)
        if let out { try OutputFile.write(request.serialized, to: out) }
        if let qr { try CodeFile.write(request.serialized, to: qr, "the request") }
        Console.print("request for \(content.audience), until \(content.expires)")
    }
}
