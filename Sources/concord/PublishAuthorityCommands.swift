import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry
import TransparencyLog

/// The public half of a key file, under its name.
enum PublicKey {
    static func read(_ path: String) throws -> NoteKey {
        let file = try KeyFile(parsing: InputFile.read(path, limit: 65_536))
        return try NoteKey(name: file.name, algorithm: .ed25519, key: file.verificationKey)
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
        commandName: "accredit", abstract: "Accredit a body to award qualifications.")

    @Option(help: "The body's id, such as ph.centre-cebu.")
    var body: String
    @OptionGroup var accreditation: AccreditationOptions
    @Flag(help: "It may accredit its campuses, within this scope: concord publish delegate.")
    var delegation = false
    @Option(help: "The accrediting authority's id.")
    var by: String
    @OptionGroup var basis: BasisOptions
    @OptionGroup var options: PublishOptions

    func perform() async throws {
        var more: JSONObject = [:]
        if delegation { more["delegation"] = true }
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
