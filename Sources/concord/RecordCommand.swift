import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Records
import Registrar
import Registry

/// `concord record`: what this node keeps about the certificates it issued.
struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "List, find and erase this node's records, and write their files again.",
        subcommands: [List.self, Export.self, Find.self, Erase.self])

    struct List: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the records: their ids and their places, nothing about a person.",
            discussion: """
                  concord record list --entry 31 --node ./ph
                """)

        @Option(help: "Only those of the batch at this entry of the node's log.")
        var entry: UInt64?

        @OptionGroup var options: RecordOptions

        func perform() async throws {
            let office = try options.office()
            guard office.hasRecords else { return }
            let records = try options.records(of: office)
            let found = try records.all(options.listing(entry, office))
            let papers = Set(found.map(\.id.paper))
            for summary in found {
                let place =
                    summary.batch.map { "entry \($0.entryIndex), leaf \($0.leafIndex)" }
                    ?? "in no batch"
                let paper = papers.contains(summary.id) ? ", paper" : ""
                Console.print(
                    "\(summary.id)  \(place)\(paper)\(summary.isErased ? ", erased" : "")")
            }
        }
    }

    struct Export: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write the files of logged certificates again, and records.txt.",
            discussion: """
                For files that were lost, or never written because the disk was full. Without
                an entry and without ids: every record that is in the log and not erased.
                  concord record export --entry 31 --node ./ph --operator registrar.key \\
                    --out ./certificates
                  concord record export 3f0c... --node ./ph --operator registrar.key \\
                    --out ./certificate
                """)

        @Argument(help: "Records' ids, from records.txt or concord record list.")
        var ids: [String] = []

        @Option(help: "Those of the batch at this entry of the node's log.")
        var entry: UInt64?

        @Option(help: "The folder for the files: 1.json, 2.json ... and records.txt.")
        var out: String

        @Option(name: .customLong("operator"), help: "The key of the person who does it.")
        var operatorKey: String?

        @OptionGroup var options: RecordOptions

        func validate() throws {
            guard ids.isEmpty || entry == nil else {
                throw ValidationError("expected either ids or --entry, found both")
            }
            try RecordOptions.validate(ids)
        }

        func perform() async throws {
            let office = try options.office()
            guard office.hasRecords else {
                throw CommandFailure(
                    .inputMissing,
                    "expected records in \(options.node), found none; this node has issued nothing")
            }
            let records = try options.records(of: office)
            let wanted = try selection(of: records, office)
            let files = try wanted.map { id in
                let record = try records.record(id)
                guard record.batch != nil else {
                    throw CommandFailure(
                        .inputMissing,
                        "the record \(id) is in no batch: no log holds it, and nobody would "
                            + "believe its file; issue it again")
                }
                return (id: id, file: record.file)
            }
            guard let operatorKey else {
                throw CommandFailure(
                    .usage,
                    "expected --operator KEY: who copies records stands in the audit trail (concord "
                        + "audit operator)")
            }
            let person = try OperatorOptions.opened(
                operatorKey, options.passphrase, on: office)
            let folder = try CertificateFolder(out)
            defer { folder.removeIfEmpty() }
            // Order: the trail first, for what was copied is not called back.
            let trail = AuditTrail(office.node)
            for part in AuditedRecords.parts(wanted, named: !ids.isEmpty) {
                try trail.note(
                    "export",
                    AuditedRecords.selection(part, named: !ids.isEmpty, entry: entry), by: person,
                    at: Clock.now)
            }
            try folder.write(files)
            Console.print("wrote \(files.count) files to \(out)")
        }

        private func selection(of records: RecordStore, _ office: Office) throws -> [RecordID] {
            if !ids.isEmpty { return ids.compactMap(RecordID.init(parsing:)) }
            let found = try records.all(options.listing(entry, office))
            // Paper is printed, not handed over as files: concord print.
            let papers = Set(found.map(\.id.paper))
            let wanted = found.filter { $0.batch != nil && !$0.isErased }.map(\.id)
                .filter { !papers.contains($0) }
            guard !wanted.isEmpty else {
                let place = entry.map { "the batch at entry \($0)" } ?? "a batch"
                throw CommandFailure(
                    .inputMissing,
                    "expected records in \(place) that are not erased, found none; concord record "
                        + "list shows what is here")
            }
            return wanted
        }
    }
}

/// The node whose records are meant, and the passphrase of its keys.
struct RecordOptions: ParsableArguments {
    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @OptionGroup var passphrase: PassphraseOptions

    func office() throws -> Office {
        try Office(opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
    }

    func records(of office: Office) throws -> RecordStore {
        try office.records(passphrase: passphrase.forNode(node))
    }

    /// Refuses, as a mistyped command, what cannot be a record's id.
    static func validate(_ ids: [String]) throws {
        for id in ids where RecordID(parsing: id) == nil {
            throw ValidationError("expected a record id of 32 hexadecimal digits, found \(id)")
        }
    }

    /// Reads a record's id.
    static func id(_ text: String) throws -> RecordID {
        guard let id = RecordID(parsing: text) else {
            throw CommandFailure(
                .notWhatItClaims,
                "expected a record id of 32 hexadecimal digits, found another form")
        }
        return id
    }

    func listing(_ entry: UInt64?, _ office: Office) -> RecordListing {
        entry.map { .batch(origin: office.card.pin.origin, entry: $0) } ?? .all
    }
}

extension RecordStore {
    /// Every summary of a listing, in the order of insertion.
    func all(_ listing: RecordListing) throws -> [RecordSummary] {
        var found: [RecordSummary] = []
        while true {
            let page = try summaries(listing, after: found.last?.number ?? 0)
            guard !page.isEmpty else { return found }
            found += page
        }
    }
}
