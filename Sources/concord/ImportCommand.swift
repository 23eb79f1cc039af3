import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Issuance
import Records
import Registrar
import Registry
import TransparencyLog

/// `concord import`: a spreadsheet becomes certificates, all of them or none.
struct ImportCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Issue the awards of a spreadsheet: all of them, or none.",
        discussion: """
            The whole file is checked first, row by row; one faulty row and nothing is issued. Try
            it without issuing:
              concord import grads.csv --template smaw.template.json --dry-run --node ./ph \\
                --key centre.key
            Issue, and write the certificates into a folder that holds none yet:
              concord import grads.csv --template smaw.template.json --node ./ph \\
                --key centre.key --out ./certificates
            Beside each award a credential for its paper certificate is issued: concord print.
            An import that was interrupted goes on when it is given again; one that was issued
            is not issued twice. Exits with 65 if rows are faulty, with 1 if the registry does not
            let the body award the qualification.
            """)

    @Argument(help: "A CSV file in UTF-8 with a heading.")
    var file: String

    @Option(help: "How its columns become certificates; see concord template.")
    var template: String

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The key of the awarding body; its name is the body's id.")
    var key: String

    @Option(help: "The folder for the files: 1.json, 2.json ... and records.txt.")
    var out: String?

    @Option(help: "comma, semicolon or tab; default: what the heading shows.")
    var delimiter: String?

    @Flag(help: "Check everything, and issue nothing.")
    var dryRun = false

    @Flag(help: "Issue no paper certificates.")
    var noPaper = false

    @Option(help: "How many faults are shown; all are counted.")
    var show = 20

    @Flag(help: "Print one object for machines, with all faults.")
    var json = false

    @OptionGroup var operatorOptions: OperatorOptions

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        if let delimiter, CSVDelimiter(rawValue: delimiter) == nil {
            throw ValidationError(
                "expected a delimiter out of comma, semicolon and tab, found \(delimiter)")
        }
        if !dryRun, out == nil { throw ValidationError("expected --out DIR, or --dry-run") }
        if show < 0 { throw ValidationError("expected a number of faults, found \(show)") }
    }

    func perform() async throws {
        let plan = try TemplateFile.read(template)
        let body = try PublicKey.read(key)
        let passphrase = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: passphrase)
        try require(TemplateCheck(plan, body: body.name, key: body, in: office, at: Clock.now))
        var report = ImportReport(limit: json ? .max : show, isJSON: json)
        let source: ImportFile
        do {
            source = try ImportFile(
                file, template: plan, delimiter: delimiter.flatMap(CSVDelimiter.init(rawValue:)))
        } catch let faults as TemplateColumns.Faults {
            report.refuse(faults.all)
            throw ExitCode(ExitStatus.notWhatItClaims.rawValue)
        }
        let records =
            try dryRun && !office.hasRecords ? nil : office.records(passphrase: passphrase)
        let progress = ProgressDisplay()
        let holders = HolderKeys()
        let check = try ImportCheck(
            source, body: body.name, key: body.key, in: office, records: records, at: Clock.now,
            limit: json ? .max : show, holderKey: holders.find, progress: progress.show)
        progress.end()
        report.take(check)
        guard check.isGood else {
            report.end()
            throw ExitCode(ExitStatus.notWhatItClaims.rawValue)
        }
        if !dryRun, let records, let out {
            try await issue(source, check, office, records, holders, progress, to: out, &report)
        }
        report.end()
    }

    private func require(_ check: TemplateCheck) throws {
        guard !check.isGood else { return }
        for finding in check.findings where !finding.isGood {
            Console.complain("\(template): \(finding.subject): \(finding.text)")
        }
        Console.complain("nothing was issued: the registry does not let this template be used")
        throw ExitCode(ExitStatus.refusedByRule.rawValue)
    }

    private func issue(
        _ source: ImportFile, _ check: ImportCheck, _ office: Office, _ records: RecordStore,
        _ holders: HolderKeys, _ progress: ProgressDisplay, to out: String,
        _ report: inout ImportReport
    ) async throws {
        // Order: the folder before the log, for what is logged cannot be taken back.
        let folder = try CertificateFolder(out)
        defer { folder.removeIfEmpty() }
        let (secret, keyFile) = try passphrase.open(key)
        try office.refuseSampleKey(keyFile)
        let person = try operatorOptions.open(passphrase, or: (secret, keyFile), on: office)
        let desk = try ImportDesk(
            office: office, records: records, key: secret, body: keyFile.name)
        let now = Clock.now
        let issued = try await AuditTrail(office.node).during(
            "import",
            ["import": .string(check.id.hexadecimal), "issuer": .string(keyFile.name)],
            by: person, at: now
        ) {
            let issued = try await desk.issue(
                source, check, at: now, holderKey: holders.find, progress: progress.show)
            return (
                issued,
                [
                    "rows": .integer(Int64(issued.rows)), "entry": .integer(Int64(issued.entry)),
                    "again": .bool(issued.wasIssued),
                ]
            )
        }
        do { try write(issued, desk, to: folder, progress) } catch {
            throw CommandFailure(
                .cannotWrite,
                "\(error); the batch is logged at entry \(issued.entry) and not all of its files "
                    + "are written: get them with: concord record export --entry \(issued.entry) "
                    + "--node \(node) --out DIR")
        }
        progress.end()
        report.take(issued, out: out)
        guard !noPaper else { return }
        // Order: the files before the paper, which can be issued at any time.
        try await issueOnPaper(
            issued, PaperDesk(office: office, records: records, key: secret, body: keyFile.name),
            progress, &report)
    }

    private func issueOnPaper(
        _ issued: ImportDesk.Issued, _ desk: PaperDesk, _ progress: ProgressDisplay,
        _ report: inout ImportReport
    ) async throws {
        do {
            let made = try await desk.issue(
                forBatch: issued.entry, of: issued.rows, at: Clock.now, progress: progress.show)
            progress.end()
            report.take(
                made,
                print:
                    "concord print --entry \(issued.entry) --template \(template) --key \(key) "
                    + "--node \(node) --out DIR"
            )
        } catch {
            throw CommandFailure(
                ExitStatus.of(error),
                "the certificates are issued, but not all of them on paper: \(error); try again "
                    + "with: concord print --entry \(issued.entry) --key \(key) --node \(node) "
                    + "--out DIR")
        }
    }

    private func write(
        _ issued: ImportDesk.Issued, _ desk: ImportDesk, to folder: CertificateFolder,
        _ progress: ProgressDisplay
    ) throws {
        var list = ""
        try desk.files(of: issued) { row, id, file in
            let name = CertificateFolder.fileName(row + 1)
            try folder.write(file.serialized, to: name)
            list += "\(id) \(name)\n"
            if row % 1_000 == 999 {
                progress.show(
                    ImportProgress(.writing, done: row + 1, of: issued.rows, rows: row + 1))
            }
        }
        try folder.write(Array(list.utf8), to: CertificateFolder.recordsName)
    }
}
