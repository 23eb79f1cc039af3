import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Registrar
import Registry
import TransparencyLog

/// The public half of a key file, under its name.
enum PublicKey {
    /// The public half that a key file holds, or that stands there itself.
    static func read(_ path: String) throws -> NoteKey {
        if let key = try? NoteKey(parsing: path), key.algorithm == .ed25519 { return key }
        let file = try KeyFile(parsing: InputFile.read(path, limit: 65_536))
        return try NoteKey(name: file.name, algorithm: .ed25519, key: file.verificationKey)
    }

    /// A certificate from a file in PEM or DER, as an act names it: DER in base64.
    static func readCertificate(_ path: String) throws -> String {
        let bytes = try InputFile.read(path, limit: 65_536)
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
        let isPEM = lines.first == "-----BEGIN CERTIFICATE-----"
        let der =
            isPEM && lines.last == "-----END CERTIFICATE-----"
            ? Base64.standard.decode(lines.dropFirst().dropLast().joined()) : isPEM ? nil : bytes
        do throws(CryptographyError) {
            guard let der else { throw .certificate(expected: "one in PEM or DER") }
            return Base64.standard.encode(try KeyCertificate(parsing: der).der)
        } catch {
            throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
        }
    }

    /// A public key on P-256 from the file of a JSON Web Key, as an act names it; what else the
    /// file says of it, such as a `kid` or an address, is left out.
    static func readES256(_ path: String) throws -> JSONValue {
        func refused(_ found: String) -> CommandFailure {
            CommandFailure(
                .notWhatItClaims,
                "\(path): expected a public JSON Web Key on P-256 (kty EC, crv P-256, x, y), "
                    + "found \(found)")
        }
        let key: JSONWebKey
        do {
            key = try JSONWebKey(
                parsing: JSONValue(parsing: InputFile.read(path, limit: 65_536)))
        } catch let error as CredentialError {
            throw refused("\(error)")
        } catch let error as ParsingError {
            throw refused("\(error)")
        }
        guard case .p256? = key.signatureKey else { throw refused("a key of another kind") }
        return .object(
            JSONObject(
                ["kty", "crv", "x", "y"].compactMap { name in
                    key.object[name].map { JSONObject.Member(name, $0) }
                }))
    }
}

struct PublishAuthorityKeyCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "authority-key", abstract: "Name the key of an authority; the root signs.")

    @Option(help: "The authority's id, such as ph.tesda.")
    var holder: String

    @Option(help: "The authority's key file; only its public half is published.")
    var of: String

    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let key = try PublicKey.read(of)
        let root = try options.office().card.pin.root.name
        try await options.publish([
            ActDraft(
                kind: "key", author: root, subjects: [holder],
                act: [
                    "role": "authority", "holder": .string(holder),
                    "key": .string(key.description),
                ])
        ])
    }
}

struct PublishMandateCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "mandate", abstract: "Say what an authority may do; the root signs.",
        discussion: """
              concord publish mandate --authority ph.tesda --name TESDA --may accredit \\
                --may register --scope 'ph.*' --territory PH --from 1994-08-25 \\
                --basis "RA 7796" --source officialgazette.gov.ph --node ./ph
            """)

    @Option(help: "The authority's id.")
    var authority: String
    @Option(help: "Its name.")
    var name: String
    @Option(help: "award, register, accredit, recognise, advise, reference, license or alert.")
    var may: [String]
    @Option(help: "A pattern over qualifications, frameworks or isco: codes. Can be repeated.")
    var scope: [String]
    @Option(help: "Where it holds: a country or a part of one. Can be repeated.")
    var territory: [String]
    @Option(help: "The first day.")
    var from: String
    @Option(help: "The last day.")
    var until: String?
    @Option(help: "How many keys of the authority must sign each act: 2 are four eyes.")
    var signatures: Int64?
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        var act: JSONObject = [
            "authority": .string(authority), "names": ["en": .string(name)],
            "acts": .array(may.map(JSONValue.string)),
            "scope": .array(scope.map(JSONValue.string)),
            "territory": .array(territory.map(JSONValue.string)), "from": .string(from),
        ]
        act["until"] = until.map(JSONValue.string)
        act["signatures"] = signatures.map(JSONValue.integer)
        act["basis"] = basis.value
        let root = try options.office().card.pin.root.name
        try await options.publish([
            ActDraft(
                kind: "mandate", author: root, subjects: [authority] + territory, act: act)
        ])
    }
}

struct PublishAccreditCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "accredit", abstract: "Accredit a body to award qualifications.",
        discussion: """
              concord publish accredit --body ph.centre-cebu --name "Centre Cebu" --of centre.key \\
                --qualification ph.smaw-nc2 --from 2026-01-01 --by ph.tesda --key tesda.key \\
                --node ./ph
            Where the body's own software signs credentials with ES256, its public keys stand in
            the same act, as JSON Web Keys on P-256: --es256-key software.jwk.json. Where it changes
            keys under certificates: --certificate-root root.pem --certificate-name dns:issuer.example,
            the name that its certificates bear. They begin and end with the body's key, and sign
            credentials alone.
            """)

    @Option(help: "The body's id, such as ph.centre-cebu.")
    var body: String
    @OptionGroup var accreditation: AccreditationOptions
    @Option(
        name: .customLong("es256-key"),
        help: "A public key on P-256 with which it signs credentials too. Can be repeated.")
    var es256Keys: [String] = []
    @Option(
        help: "A root, in PEM or DER, of certificates for ES256. Can be repeated.")
    var certificateRoot: [String] = []
    @Option(help: "The name of its certificates under the roots: dns:NAME or uri:URI.")
    var certificateName: String?
    @Flag(help: "It may accredit its campuses, within this scope: concord publish delegate.")
    var delegation = false
    @Option(help: "The accrediting authority's id.")
    var by: String
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func validate() throws {
        guard certificateRoot.isEmpty == (certificateName == nil) else {
            throw ValidationError("--certificate-root and --certificate-name belong together")
        }
        if let name = certificateName, !CertificateRoot.isName(name) {
            throw ValidationError("expected a name as dns:NAME or uri:URI, found \(name)")
        }
    }

    func perform() async throws {
        var more: JSONObject = [:]
        if delegation { more["delegation"] = true }
        if !es256Keys.isEmpty {
            more["credentialKeys"] = .array(try es256Keys.map(PublicKey.readES256))
        }
        if let certificateName, !certificateRoot.isEmpty {
            more["certificateRoots"] = .array(
                try certificateRoot.map { path in
                    [
                        "certificate": .string(try PublicKey.readCertificate(path)),
                        "name": .string(certificateName),
                    ]
                })
        }
        more["basis"] = basis.value
        try await options.publish([accreditation.draft(for: body, by: by, more: more)])
    }
}

/// On what a typed act rests.
struct BasisOptions: ParsableArguments {
    @Option(help: "The law, report or agreement on which it rests.")
    var basis: String?
    @Option(help: "Where that was read.")
    var source: String?
    @Option(help: "verified, recalled or constructed.")
    var confidence = "recalled"

    func validate() throws {
        if (basis == nil) != (source == nil) {
            throw ValidationError("--basis and --source belong together")
        }
    }

    var value: JSONValue? {
        guard let basis, let source else { return nil }
        return [
            "text": .string(basis), "source": .string(source), "confidence": .string(confidence),
        ]
    }
}
