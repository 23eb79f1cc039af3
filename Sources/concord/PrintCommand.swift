import ArgumentParser
import Cryptography
import Encoding
import Foundation
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
              concord print 3f0c... --node ./ph --out ./paper
              concord print --all --language fil --language en --node ./ph --out ./paper
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

    @Option(help: "The issuer's key, to issue on paper what has none yet.")
    var key: String?

    @Option(help: "The folder for the pages: one file ID.pdf a record.")
    var out: String

    @OptionGroup var options: RecordOptions

    func validate() throws {
        guard [!ids.isEmpty, all, entry != nil].count(where: { $0 }) == 1 else {
            throw ValidationError("expected records' ids, --all or --entry N, one of the three")
        }
        try RecordOptions.validate(ids)
        guard key == nil || !all else {
            throw ValidationError("--key needs ids or --entry: paper is issued for those alone")
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
        var desk = PrintDesk(office: office, records: records)
        var wanted = ids.compactMap(RecordID.init(parsing:))
        if let entry, key != nil {
            wanted = try records.all(.batch(origin: office.card.pin.origin, entry: entry))
                .filter { !$0.isErased }.map(\.id)
        }
        if let key { try await issueMissing(for: wanted, key, office, records) }
        if wanted.isEmpty { wanted = try desk.printable(options.listing(entry, office)) }
        guard !wanted.isEmpty else {
            throw CommandFailure(
                .inputMissing,
                "expected awards with paper certificates, found none; concord record list shows "
                    + "what is here, and --key issues what is missing")
        }
        try OutputFile.makeFolder(out)
        let process = try PaperProcess(.print)
        defer { process.stop() }
        let tags = language.map { LanguageTag($0).language }
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

    private func issueMissing(
        for ids: [RecordID], _ key: String, _ office: Office, _ records: RecordStore
    ) async throws {
        let (secret, file) = try options.passphrase.open(key)
        try office.refuseSampleKey(file)
        let made = try await PaperDesk(
            office: office, records: records, key: secret, body: file.name
        ).issue(for: ids, at: Clock.now)
        if let id = made.tooLong.first {
            throw CommandFailure(.notWhatItClaims, PaperDesk.explanation(of: [id]))
        }
        if let entry = made.entry {
            Console.print("issued on paper what was missing, from entry \(entry)")
        }
    }
}
