import ArgumentParser
import Cryptography
import Encoding
import Foundation
import Issuance
import Language
import Records
import Registrar
import Registry

/// `concord print`: certificates on paper, one PDF each.
struct PrintCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "print",
        abstract: "Print certificates: one page of A4 each, with the credential in its code.",
        discussion: """
            The code holds the signed credential itself, so that any Concord verifier can check
            the paper without asking anybody: concord verify ID.pdf, or a photo of it.
              concord print 3f0c... --operator registrar.key --node ./ph --out ./paper
              concord print --all --language fil --language en --operator registrar.key \\
                --node ./ph --out ./paper
              concord print --entry 31 --template smaw.template.json --operator registrar.key \\
                --node ./ph --out ./paper
            Awards that were issued without paper get it now, with the key of their issuer:
              concord print 3f0c... --key centre.key --node ./ph --out ./paper
            """)

    @Argument(help: "Records' ids, from records.txt or concord record list.")
    var ids: [String] = []

    @Flag(help: "Every award of this node that has a paper certificate.")
    var all = false

    @Option(help: "Those of the batch of awards at this entry of the node's log.")
    var entry: UInt64?

    @Option(
        help: """
            A language of the page, the largest first; can be given twice. Default: English, and \
            the first other one in which the qualification has a title.
            """)
    var language: [String] = []

    @Option(help: "The template of the awards, for the languages that it names.")
    var template: String?

    @Option(help: "The issuer's key, to issue on paper what has none yet.")
    var key: String?

    @Option(
        name: .customLong("operator"),
        help: "The key of the person who prints; with --key: default the issuer's.")
    var operatorKey: String?

    @Option(help: "The folder for the pages: one file ID.pdf a record.")
    var out: String

    @OptionGroup var options: RecordOptions

    func validate() throws {
        guard [!ids.isEmpty, all, entry != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("expected records' ids, --all or --entry N, one of the three")
        }
        try RecordOptions.validate(ids)
        guard key != nil || operatorKey != nil else {
            throw ValidationError(
                "expected --operator KEY: who prints stands in the audit trail (concord audit operator)"
            )
        }
        guard key == nil || !all else {
            throw ValidationError("--key needs ids or --entry: paper is issued for those alone")
        }
        guard language.isEmpty || template == nil else {
            throw ValidationError("expected --language or --template, found both")
        }
        guard language.count <= 2 else {
            throw ValidationError("expected at most two languages, found \(language.count)")
        }
        for tag in language where LanguageTag(tag).translation == nil {
            let known = LanguageTag.known.map(\.description).joined(separator: ", ")
            throw ValidationError("expected a language out of \(known), found \(tag)")
        }
    }

    func perform() async throws {
        let office = try options.office()
        guard office.hasRecords else {
            throw CommandFailure(
                .inputMissing,
                "expected records in \(options.node), found none; this node has issued nothing")
        }
        let records = try options.records(of: office)
        let issuer = try key.map { try options.passphrase.open($0) }
        let person = try signer(issuer, on: office)
        var desk = PrintDesk(office: office, records: records)
        var wanted = ids.compactMap(RecordID.init(parsing:))
        if let entry, key != nil {
            wanted = try records.all(.batch(origin: office.card.pin.origin, entry: entry))
                .filter { !$0.isErased }.map(\.id)
        }
        if let issuer { try await issueMissing(for: wanted, issuer, office, records, person) }
        if wanted.isEmpty {
            let found = try desk.printable(options.listing(entry, office))
            wanted = found.printable
            if found.withoutPaper > 0 {
                Console.complain(
                    "\(found.withoutPaper) \(found.withoutPaper == 1 ? "award has" : "awards have") no "
                        + "paper certificate and \(found.withoutPaper == 1 ? "is" : "are") not printed: "
                        + "issue it with --key")
            }
        }
        guard !wanted.isEmpty else {
            throw CommandFailure(
                .inputMissing,
                "expected awards with paper certificates, found none; concord record list shows "
                    + "what is here, and --key issues what is missing")
        }
        try OutputFile.makeFolder(out)
        // Order: the trail first, for what was printed is not called back.
        for part in AuditedRecords.parts(wanted, named: !ids.isEmpty) {
            var about = AuditedRecords.selection(part, named: !ids.isEmpty, entry: entry)
            about["issuer"] = issuer.map { .string($0.file.name) }
            try AuditTrail(office.node).note("print", about, by: person, at: Clock.now)
        }
        let process = try PaperProcess(.print)
        defer { process.stop() }
        let named = try template.map { try TemplateFile.read($0).languages } ?? language
        let tags = named.map { LanguageTag($0).language }
        for id in wanted {
            let sheet = try desk.sheet(of: id, in: tags, at: Clock.now)
            let page: [UInt8]
            do {
                page = try process.answer(
                    to: sheet.value.serialized + [UInt8(ascii: "\n")], isLast: false)
            } catch {
                throw CommandFailure(ExitStatus.of(error), "the record \(id): \(error)")
            }
            try OutputFile.write(page, to: "\(out)/\(id).pdf", mode: 0o600)
        }
        Console.print(
            "printed \(wanted.count) \(wanted.count == 1 ? "certificate" : "certificates") to "
                + out)
    }

    private func signer(
        _ issuer: (key: SigningKey, file: KeyFile)?, on office: Office
    ) throws -> AuditSigner {
        if let operatorKey {
            return try OperatorOptions.opened(operatorKey, options.passphrase, on: office)
        }
        guard let issuer else { throw ValidationError("expected --operator KEY") }
        return AuditSigner(issuer.key, name: issuer.file.name)
    }

    private func issueMissing(
        for ids: [RecordID], _ issuer: (key: SigningKey, file: KeyFile), _ office: Office,
        _ records: RecordStore, _ person: AuditSigner
    ) async throws {
        try office.refuseSampleKey(issuer.file)
        let desk = try PaperDesk(
            office: office, records: records, key: issuer.key, body: issuer.file.name)
        let isNamed = !self.ids.isEmpty
        var first: UInt64?
        var tooLong: [RecordID] = []
        for part in AuditedRecords.parts(ids, named: isNamed) {
            var about = AuditedRecords.selection(part, named: isNamed, entry: entry)
            about["issuer"] = .string(issuer.file.name)
            let made = try await AuditTrail(office.node).during(
                "issue-paper", about, by: person, at: Clock.now
            ) {
                let made = try await desk.issue(for: part, at: Clock.now)
                var done: JSONObject = ["count": .integer(Int64(made.issued))]
                done["entry"] = made.entry.map { .integer(Int64($0)) }
                return (made, done)
            }
            first = first ?? made.entry
            tooLong += made.tooLong
        }
        if let id = tooLong.first {
            throw CommandFailure(.notWhatItClaims, PaperDesk.explanation(of: [id]))
        }
        if let first { Console.print("issued on paper what was missing, from entry \(first)") }
    }
}
