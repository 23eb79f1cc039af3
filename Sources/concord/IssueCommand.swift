import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import TransparencyLog

/// `concord issue`: sign certificates, log their batch, write the files.
struct IssueCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue certificates: sign, record, log, write the files.",
        discussion: """
            AWARDS is a JSON array of {"name", "birth_year", "qualification", "version", "awarded"}
            with valid_until, birthdate, units, mode, archive and holder_key where they apply.
              concord issue awards.json --node ./ph --key centre.key --out ./certificates
            Signing on a machine without the node; hand in the batch afterwards:
              concord issue awards.json --offline --country PH --origin example/ph/1 \\
                --key centre.key --out ./signed
              concord publish batch ./signed --node ./ph
            """)

    @Argument(help: "The awards to issue.")
    var awards: String

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The awarding body's key; its name is the body's id.")
    var key: String

    @Option(help: "The folder for the files: 1.json, 2.json ... and records.txt.")
    var out: String

    @Flag(help: "Sign without a node; the batch is handed in later.")
    var offline = false

    @Option(help: "With --offline: the country of the body.")
    var country: String?

    @Option(help: "With --offline: the log for which the batch is made.")
    var origin: String?

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        if offline, country == nil || origin == nil {
            throw ValidationError("--offline needs --country and --origin")
        }
    }

    func perform() async throws {
        let requests: [AwardRequest]
        do {
            requests = try AwardRequest.list(parsing: InputFile.read(awards, limit: 64 << 20))
        } catch let error as ParsingError {
            throw CommandFailure(.notWhatItClaims, "\(awards): \(error)")
        }
        let (secret, file) = try passphrase.open(key)
        let holders = try holderKeys(requests)
        try OutputFile.makeFolder(out)
        if offline, let country, let origin {
            try signElsewhere(requests, secret, file.name, country, origin, holders)
        } else {
            try await issue(requests, secret, file, holders)
        }
    }

    private func issue(
        _ requests: [AwardRequest], _ secret: SigningKey, _ file: KeyFile,
        _ holders: [String: VerificationKey]
    ) async throws {
        let passphrase = try passphrase.forNode()
        let office = try Office(opening: NodeDirectory(node), passphrase: passphrase)
        try office.refuseSampleKey(file)
        let desk = try AwardDesk(
            office: office, records: office.records(passphrase: passphrase), key: secret,
            body: file.name)
        let issued: AwardDesk.Issued
        do {
            issued = try await desk.issue(requests, holderKeys: holders, at: Clock.now)
        } catch let error as RegistrarError {
            guard case .notAccredited = error else { throw error }
            Console.complain("nothing was issued: \(error)")
            throw ExitCode(1)
        }
        var list = ""
        for (number, (id, file)) in zip(issued.records, issued.files).enumerated() {
            try OutputFile.write(file.serialized, to: "\(out)/\(number + 1).json")
            list += "\(id) \(number + 1).json\n"
        }
        try OutputFile.write(Array(list.utf8), to: "\(out)/records.txt", mode: 0o600)
        Console.print(
            "issued \(issued.files.count) certificates in the batch at entry \(issued.entry)")
        Console.print("files in \(out); their record ids in \(out)/records.txt")
    }

    private func signElsewhere(
        _ requests: [AwardRequest], _ secret: SigningKey, _ body: String, _ country: String,
        _ origin: String, _ holders: [String: VerificationKey]
    ) throws {
        let signed = try OfflineIssue(
            requests, country: country, origin: origin, body: body, key: secret,
            holderKeys: holders, at: Clock.now)
        for (number, file) in signed.files.enumerated() {
            try OutputFile.write(file.serialized, to: "\(out)/\(number + 1).json")
        }
        try SignedBatchFolder(path: out).write(signed)
        Console.print("signed \(signed.files.count) certificates; no log holds them yet")
        Console.print("hand in the batch with: concord publish batch \(out) --node DIR")
    }

    /// Holders' keys by what the awards call them: a key file, or a vkey.
    private func holderKeys(_ requests: [AwardRequest]) throws -> [String: VerificationKey] {
        var keys: [String: VerificationKey] = [:]
        for name in Set(requests.compactMap(\.holderKey)) {
            if let key = try? NoteKey(parsing: name) {
                keys[name] = key.key
            } else {
                keys[name] = try KeyFile(parsing: InputFile.read(name, limit: 65_536))
                    .verificationKey
            }
        }
        return keys
    }
}
