import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry
import Storage
import TransparencyLog

/// `concord log`: read, prove and check the logs that are here.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "Show, prove and check the logs on this machine.",
        subcommands: [
            Show.self, Prove.self, LogCheckCommand.self, LogJudgeCommand.self,
            LogAccuseCommand.self, LogRepairCommand.self, LogPublishStaticCommand.self,
        ])

    struct Show: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the entries of a log.",
            discussion: """
                Under an entry that counts for less than it says, or for nothing, stands why: a log
                keeps what has no effect, its own and what it copied from a peer.
                  concord log show --node ./de --country PH --last 20
                """)

        @OptionGroup var log: LogOptions

        @Option(help: "Only entries of this kind.")
        var kind: String?

        @Option(help: "Only entries about this subject.")
        var subject: String?

        @Option(help: "Only the newest so many.")
        var last: Int?

        @Flag(help: "Print the signed notes as they are.")
        var raw = false

        func perform() async throws {
            let database = try log.database()
            let origin = try log.origin(in: database)
            let stored = try database.read { snapshot throws(StorageError) in
                let size = try snapshot.log(origin)?.size ?? 0
                if kind == nil, subject == nil {
                    let first = last.map { size - min(size, UInt64(max(0, $0))) } ?? 0
                    return try snapshot.entries(origin, first..<size)
                }
                let selection = EntrySelection(
                    kinds: Set(kind.map { [$0] } ?? []),
                    subjects: Set(subject.map { [$0] } ?? []))
                return try snapshot.entries(origin, selecting: selection, below: size)
            }
            if kind == nil, subject == nil { reportUnreadable(stored) }
            var shown = stored.compactMap { item -> (StoredEntry, RegistryEntry)? in
                guard let entry = try? RegistryEntry(parsing: item.bytes),
                    kind.map({ $0 == entry.envelope.kind }) ?? true,
                    subject.map({ entry.envelope.subjects.contains($0) }) ?? true
                else { return nil }
                return (item, entry)
            }
            if let last { shown = Array(shown.suffix(max(0, last))) }
            let findings = raw ? nil : try findings(shown.map(\.0.index), origin, database)
            for (item, entry) in shown {
                if raw {
                    Console.print(
                        String(decoding: item.bytes, as: UTF8.self), terminator: "")
                    continue
                }
                let envelope = entry.envelope
                Console.print(
                    "\(item.index)  \(envelope.kind)  by \(envelope.author)  about "
                        + envelope.subjects.joined(separator: ", "))
                Console.print("    act \(entry.identity.hexadecimal)")
                if let finding = findings?[item.index], finding != .effective {
                    Console.print("    \(finding)")
                }
            }
        }

        /// What does not read has no effect anywhere; it stays where it is.
        private func reportUnreadable(_ stored: [StoredEntry]) {
            for item in stored {
                do throws(RegistryError) {
                    _ = try RegistryEntry(parsing: item.bytes)
                } catch { Console.complain("\(item.index)  no effect: \(error)") }
            }
        }

        /// nil where nothing here says with which root the log began.
        private func findings(
            _ indexes: [UInt64], _ origin: String, _ database: LogDatabase
        ) throws -> EntryFindings? {
            guard log.data == nil else { return nil }
            let office = try Office(
                opening: NodeDirectory(log.node ?? "./concord-node"), passphrase: nil)
            return try office.findings(of: Set(indexes), in: origin, at: Clock.now)
        }
    }

    struct Prove: ConcordCommand {
        static let configuration = CommandConfiguration(
            commandName: "prove",
            abstract: "Prove that a log holds an entry: a file that anybody can check.",
            discussion: """
                The proof is a tlog-proof of C2SP under the newest witnessed checkpoint.
                  concord log prove 31 --node ./de --country PH --out 31.tlog-proof
                """)

        @Argument(help: "The entry's index.")
        var index: UInt64

        @OptionGroup var log: LogOptions

        @Option(help: "Where to write the proof; - for standard output.")
        var out = "-"

        func perform() async throws {
            let database = try log.database()
            let origin = try log.origin(in: database)
            let found = try database.read {
                snapshot throws(StorageError) -> (InclusionProof?, StoredCheckpoint?) in
                let witnessed = try snapshot.witnessedHead(origin)
                let signed = try snapshot.head(origin)
                guard let head = witnessed ?? signed, index < head.head.size else {
                    return (nil, witnessed ?? signed)
                }
                return (
                    try snapshot.inclusionProof(origin, index: index, size: head.head.size), head
                )
            }
            guard let inclusion = found.0, let head = found.1 else {
                throw CommandFailure(
                    .inputMissing,
                    "expected an index below \(found.1?.head.size ?? 0), the size of \(origin) in "
                        + "its newest witnessed checkpoint here, found \(index); sync first")
            }
            // What is written proves something: hashes on this disk may have rotted.
            let entry = try database.read { try $0.entries(origin, index..<(index + 1)) }.first
            let leaf = MerkleTree.leafHash(entry?.bytes ?? [])
            guard (try? inclusion.root(from: leaf)) == head.head.root else {
                throw CommandFailure(
                    .inconsistent,
                    "the stored hashes of \(origin) do not prove entry \(index) under its checkpoint "
                        + "of \(head.head.size): this copy is damaged; run concord log repair")
            }
            let proof = try LogProof(
                index: index, hashes: inclusion.hashes, extra: nil, checkpoint: head.note)
            if out == "-" {
                Console.print(
                    String(decoding: proof.serialized, as: UTF8.self), terminator: "")
            } else {
                try OutputFile.write(proof.serialized, to: out)
            }
        }
    }
}

/// Which log is meant, and where it lies.
struct LogOptions: ParsableArguments {
    @Option(help: "The node's folder.")
    var node: String?

    @Option(help: "The folder of a verifier's copies.")
    var data: String?

    @Option(help: "The country whose log is meant; default: the node's own (check: every log).")
    var country: String?

    func database() throws -> LogDatabase {
        try CopiesFolder.logs(copies: data, node: node)
    }

    func origin(in database: LogDatabase) throws -> String {
        let logs = try logs(in: database)
        guard let wanted = logs.first(where: \.isOwn) ?? (country == nil ? logs.first : logs.last)
        else {
            throw CommandFailure(.inputMissing, "expected a log here, found none; sync first")
        }
        return wanted.origin
    }

    /// The logs of the country that is meant; all that are here if none is.
    func logs(in database: LogDatabase) throws -> [LogRecord] {
        let logs = try database.read { try $0.logs() }
        guard let country else { return logs }
        let wanted = logs.filter { $0.origin.contains("/\(country.lowercased())/") }
        guard !wanted.isEmpty else {
            let known = logs.map(\.origin).joined(separator: ", ")
            throw CommandFailure(
                .inputMissing,
                "expected a log of \(country) here, found: "
                    + (known.isEmpty ? "none" : known))
        }
        return wanted
    }
}
