import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Foundation
import Issuance
import Records
import Registrar
import Registry
import TransparencyLog

/// `concord issue`: sign certificates, log their batch, write the files.
struct IssueCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue",
        abstract: "Issue certificates or statements: sign, record, log, write the files.",
        discussion: """
            AWARDS is a JSON array of {"name", "birth_year", "qualification", "version", "awarded"}
            with valid_until, birthdate, units, mode, archive and holder_key where they apply.
              concord issue awards.json --node ./ph --key centre.key --out ./certificates
            Beside each award a credential for its paper certificate is issued: concord print.
            The folder must hold no certificates yet: none is written over. Should the files get
            lost, the node writes them again: see concord record export. One award of a template
            (see concord template), also of the past, with the page of the register:
              concord issue --template smaw.template.json --field name="Testina Exemplar" \
                --field "Date of birth=1975-05-17" --field "Date of award=1998-11-02" \
                --field archive=register-1998-17 --node ./ph --key centre.key --out ./one
            A statement about one person (decision, evidence, alert, link, decision-event) is a JSON
            object {"kind", "name", "birth_year", "statement"} with former_name, birthdate, issued,
            expires and holder_key where they apply; an authority or an accredited body issues it:
              concord issue --statement decision.json --node ./de --key authority.key --out ./d
            Signing on a machine without the node; hand in the batch afterwards:
              concord issue awards.json --offline --country PH --origin registry.example/ph/1 \\
                --key centre.key --out ./signed
              concord publish batch ./signed --node ./ph
            """)

    @Argument(help: "The awards to issue.")
    var awards: String?

    @Option(parsing: .upToNextOption, help: "Statements to issue, one a file.")
    var statement: [String] = []

    @Option(help: "Issue one award of this template.")
    var template: String?

    @Option(help: "With --template: COLUMN=VALUE or CLAIM=VALUE. Can be repeated.")
    var field: [String] = []

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The key of the body or authority; its name is the issuer's id.")
    var key: String

    @Option(help: "The folder for the files: 1.json, 2.json ... and records.txt.")
    var out: String

    @Flag(help: "Sign without a node, and without paper; the batch is handed in later.")
    var offline = false

    @Flag(help: "Issue no paper certificates.")
    var noPaper = false

    @Option(help: "With --offline: the country of the body.")
    var country: String?

    @Option(help: "With --offline: the log for which the batch is made.")
    var origin: String?

    @OptionGroup var operatorOptions: OperatorOptions

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        guard [awards != nil, !statement.isEmpty, template != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("expected either AWARDS, --statement FILE or --template FILE")
        }
        if template == nil, !field.isEmpty {
            throw ValidationError("--field belongs to --template")
        }
        for pair in field where !pair.contains("=") {
            throw ValidationError("expected a field as COLUMN=VALUE, found \(pair)")
        }
        if offline, !statement.isEmpty {
            throw ValidationError("statements are issued on a node; leave out --offline")
        }
        if offline, country == nil || origin == nil {
            throw ValidationError("--offline needs --country and --origin")
        }
    }

    func perform() async throws {
        let (secret, file) = try passphrase.open(key)
        guard statement.isEmpty else {
            let requests = try statement.map(statementRequest)
            try await issue((secret, file), HolderKeys().all(requests.compactMap(\.holderKey))) {
                office, records, holders in
                try await StatementDesk(
                    office: office, records: records, key: secret, issuer: file.name
                ).issue(requests, holderKeys: holders, at: Clock.now)
            }
            return
        }
        let requests = try awards.map(awardRequests) ?? [formRequest()]
        let holders = try HolderKeys().all(requests.compactMap(\.holderKey))
        if offline, let country, let origin {
            let folder = try CertificateFolder(out)
            defer { folder.removeIfEmpty() }
            try signElsewhere(requests, secret, file.name, country, origin, holders, to: folder)
        } else {
            try await issue((secret, file), holders, onPaper: !noPaper) {
                office, records, holders in
                try await AwardDesk(office: office, records: records, key: secret, body: file.name)
                    .issue(requests, holderKeys: holders, at: Clock.now)
            }
        }
    }

    private func awardRequests(_ path: String) throws -> [AwardRequest] {
        do {
            return try AwardRequest.list(parsing: InputFile.read(path, limit: 64 << 20))
        } catch let error as ParsingError {
            throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
        }
    }

    /// The award of the template that the options fill.
    private func formRequest() throws -> AwardRequest {
        let form = AwardForm(try TemplateFile.read(template ?? ""))
        let values = field.map { pair in
            let name = pair.prefix { $0 != "=" }
            return (name: String(name), text: String(pair.dropFirst(name.count + 1)))
        }
        do throws(TemplateColumns.Faults) { return try form.award(values) } catch {
            let faults = error.all.map { fault in
                "\(fault.column ?? "award"): \(fault.reason) [\(fault.reason.code)]"
            }
            throw CommandFailure(.notWhatItClaims, faults.joined(separator: "; "))
        }
    }

    private func statementRequest(_ path: String) throws -> StatementRequest {
        do {
            return try StatementRequest(parsing: InputFile.read(path, limit: 1 << 20))
        } catch let error as ParsingError {
            throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
        }
    }

    /// Lets a desk issue on the node, and writes what it issued; then issues it on paper, with
    /// that key.
    private func issue(
        _ issuer: (key: SigningKey, file: KeyFile), _ holders: [String: JSONWebKey],
        onPaper: Bool = false,
        _ work: (Office, RecordStore, [String: JSONWebKey]) async throws ->
            CredentialDesk.Issued
    ) async throws {
        // Order: the folder before the log, for what is logged cannot be taken back.
        let folder = try CertificateFolder(out)
        defer { folder.removeIfEmpty() }
        let passphrase = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: passphrase)
        try office.refuseSampleKey(issuer.file)
        let person = try operatorOptions.open(self.passphrase, or: issuer, on: office)
        let issued: CredentialDesk.Issued
        let records = try office.records(passphrase: passphrase)
        do {
            issued = try await AuditTrail(office.node).during(
                "issue", ["issuer": .string(issuer.file.name)], by: person, at: Clock.now
            ) {
                let issued = try await work(office, records, holders)
                return (
                    issued,
                    [
                        "records": .integer(Int64(issued.records.count)),
                        "entry": .integer(Int64(issued.entry)),
                    ]
                )
            }
        } catch let error as RegistrarError {
            switch error {
            case .notAccredited, .notRegistered, .unknownUnits, .notCompetent, .declined:
                Console.complain("nothing was issued: \(error)")
                throw ExitCode(1)
            default: throw error
            }
        }
        do { try folder.write(Array(zip(issued.records, issued.files))) } catch {
            throw unwritten(issued, "\(error)")
        }
        report(issued)
        guard onPaper else { return }
        // Order: the files before the paper, which can be issued at any time.
        try await issueOnPaper(
            issued,
            PaperDesk(office: office, records: records, key: issuer.key, body: issuer.file.name))
    }

    private func issueOnPaper(
        _ issued: CredentialDesk.Issued, _ desk: PaperDesk
    ) async throws {
        let made: PaperDesk.Issued
        do { made = try await desk.issue(for: issued.records, at: Clock.now) } catch {
            throw CommandFailure(
                ExitStatus.of(error),
                "the certificates are issued, but not on paper: \(error); try again with: concord "
                    + "print --entry \(issued.entry) --key \(self.key) --node \(node) --out DIR")
        }
        if !made.tooLong.isEmpty { Console.complain(PaperDesk.explanation(of: made.tooLong)) }
        guard let entry = made.entry else { return }
        Console.print(
            "their paper certificates are logged from entry \(entry); print them with: concord "
                + "print --entry \(issued.entry) --key \(self.key) --node \(node) --out DIR")
    }

    /// The certificates stand in the log, and nobody has them yet.
    private func unwritten(_ issued: CredentialDesk.Issued, _ reason: String) -> CommandFailure {
        let shown = issued.records.prefix(20).map(\.description).joined(separator: ", ")
        let others = issued.records.count - min(20, issued.records.count)
        return CommandFailure(
            .cannotWrite,
            "\(reason); the batch is logged at entry \(issued.entry) and its files are not "
                + "written: do not issue it again, get them with: concord record export --entry "
                + "\(issued.entry) --node \(node) --out DIR; records \(shown)"
                + (others > 0 ? " and \(others) more" : ""))
    }

    private func report(_ issued: CredentialDesk.Issued) {
        let isOne = issued.files.count == 1
        let noun =
            statement.isEmpty
            ? (isOne ? "certificate" : "certificates") : (isOne ? "statement" : "statements")
        Console.print(
            "issued \(issued.files.count) \(noun) in the batch at entry \(issued.entry)")
        for (index, credential) in issued.credentials.enumerated() {
            guard case .statement(let statement) = credential else { continue }
            Console.print("  \(index + 1).json  \(statement.kind.rawValue) \(statement.id)")
        }
        Console.print(
            "files in \(out); their record ids in \(out)/\(CertificateFolder.recordsName)")
    }

    private func signElsewhere(
        _ requests: [AwardRequest], _ secret: SigningKey, _ body: String, _ country: String,
        _ origin: String, _ holders: [String: JSONWebKey], to folder: CertificateFolder
    ) throws {
        let signed = try OfflineIssue(
            requests, country: country, origin: origin, body: body, key: secret,
            holderKeys: holders, at: Clock.now)
        for (number, file) in signed.files.enumerated() {
            try folder.write(file.serialized, to: CertificateFolder.fileName(number + 1))
        }
        try SignedBatchFolder(path: out).write(signed)
        Console.print("signed \(signed.files.count) certificates; no log holds them yet")
        Console.print("hand in the batch with: concord publish batch \(out) --node DIR")
    }
}
