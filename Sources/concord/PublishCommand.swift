import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry
import TransparencyLog

/// `concord publish`: put signed acts into the node's log.
struct PublishCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Publish signed acts in the node's own log.",
        discussion: """
            An act is judged against the log before it is taken: its author must hold a key that
            was granted to it, and a mandate for the act. What is declined leaves no trace.
              concord publish file act.json --node ./ph --key tesda.key
            """,
        subcommands: [
            PublishFileCommand.self, PublishEntryCommand.self, PublishBatchCommand.self,
            PublishAuthorityKeyCommand.self, PublishMandateCommand.self,
            PublishAccreditCommand.self, PublishQualificationCommand.self,
            PublishRegulationCommand.self, PublishEquivalenceCommand.self,
            PublishWithdrawCommand.self, PublishCompromiseCommand.self,
            PublishEventCommand.self, PublishRekeyCommand.self, PublishSignCommand.self,
            PublishDelegateCommand.self, PublishRenewCommand.self,
        ])
}

/// The node and the keys with which acts are published.
struct PublishOptions: ParsableArguments {
    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The key of an author; its name is the author's id. Can be repeated.")
    var key: [String] = []

    @OptionGroup var passphrase: PassphraseOptions

    func office() throws -> Office {
        try Office(opening: NodeDirectory(node), passphrase: passphrase.forNode(node))
    }

    /// The keys by their authors' names; an author may have several.
    func signers(for office: Office) throws -> [String: [NoteSigner]] {
        var signers: [String: [NoteSigner]] = [:]
        for path in key {
            let (secret, file) = try passphrase.open(path)
            try office.refuseSampleKey(file)
            signers[file.name, default: []].append(
                try NoteSigner(name: file.name, key: secret, algorithm: .ed25519))
        }
        return signers
    }

    /// Publishes drafts and says for each where it stands and what it is good for.
    func publish(_ drafts: [ActDraft]) async throws {
        let office = try office()
        try await report {
            try await office.publish(
                drafts, signedBy: try signers(for: office), at: Clock.now)
        }
    }

    func report(_ publish: () async throws -> [Office.Publication]) async throws {
        let publications: [Office.Publication]
        do { publications = try await publish() } catch RegistrarError.declined(let objection) {
            Console.complain("declined: \(objection) [\(objection.rawValue)]")
            throw ExitCode(1)
        }
        for publication in publications {
            let envelope = publication.entry.envelope
            Console.print(
                "entry \(publication.index)  \(envelope.kind)  by \(envelope.author)  about "
                    + envelope.subjects.joined(separator: ", "))
            if case .keptAsAdvice(let objection) = publication.admission {
                Console.print(
                    "  kept without effect: \(objection) [\(objection.rawValue)]")
            }
        }
    }
}

struct PublishFileCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Publish acts from files: {\"kind\", \"by\", \"subjects\", \"act\"}.",
        discussion: """
            An act that says the same as one that stands is refused, with the entry of that one.
              concord publish file act.json --node ./ph --key tesda.key
            """)

    @Argument(help: "Files, published together in this order or not at all.")
    var files: [String]

    @OptionGroup var options: PublishOptions

    func perform() async throws {
        var drafts: [ActDraft] = []
        for path in files {
            do {
                drafts.append(
                    try ActDraft(parsing: InputFile.read(path, limit: RegistryEntry.byteLimit)))
            } catch let error as ParsingError {
                throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
            }
        }
        try options.office().refuseRepeats(drafts, at: Clock.now)
        try await options.publish(drafts)
    }
}

struct PublishEntryCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "entry", abstract: "Publish an entry that was signed elsewhere.",
        discussion: """
            With --key it is signed here too: the second pair of eyes where a mandate asks for two.
              concord publish entry act.note --node ./ph --key tesda-second.key
            """)

    @Argument(help: "The signed note.")
    var file: String

    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let entry = try RegistryEntry(
            parsing: InputFile.read(file, limit: RegistryEntry.byteLimit + 1))
        let office = try options.office()
        let signers = try options.signers(for: office)
        let signed = try signers.values.flatMap { $0 }.reduce(entry) { entry, signer in
            try RegistryEntry(
                parsing: SignedNote(
                    text: entry.note.text,
                    signatures: entry.note.signatures + [signer.sign(entry.note.text)]
                ).serialized)
        }
        try await options.report { try await office.publish([signed], at: Clock.now) }
    }
}

struct PublishSignCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign an act without publishing it, for others to sign and publish.",
        discussion: """
            Where a mandate asks for two signatures, the first signs the draft, and the second,
            who reads it in a terminal, publishes it with a key of their own:
              concord publish sign act.json --node ./ph --key tesda-first.key --out act.note
              concord publish entry act.note --node ./ph --key tesda-second.key
            """)

    @Argument(help: "The act: {\"kind\", \"by\", \"subjects\", \"act\"}.")
    var file: String

    @Option(help: "Where to write the signed entry.")
    var out: String

    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let draft: ActDraft
        do {
            draft = try ActDraft(
                parsing: InputFile.read(file, limit: RegistryEntry.byteLimit))
        } catch let error as ParsingError {
            throw CommandFailure(.notWhatItClaims, "\(file): \(error)")
        }
        let office = try options.office()
        guard let signers = try options.signers(for: office)[draft.author] else {
            throw CommandFailure(
                .keyRefused, "expected a key of \(draft.author), found none; give --key")
        }
        var generator = SystemRandomNumberGenerator()
        let entry = try draft.entry(
            for: office.card.pin.origin, signedBy: signers, using: &generator)
        try OutputFile.write(entry.serialized, to: out, replacing: false)
        Console.print("signed by \(signers.count) of \(draft.author), and not published: \(out)")
    }
}

struct PublishBatchCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Hand in a batch that was signed elsewhere, and complete its files.")

    @Argument(help: "The folder that concord issue --offline made.")
    var folder: String

    @OptionGroup var options: PublishOptions

    func perform() async throws {
        let batch = SignedBatchFolder(path: folder)
        let entry = try batch.entry()
        let office = try options.office()
        try await options.report {
            let published = try await office.publish([entry], at: Clock.now)
            let count = try batch.complete(
                origin: office.card.pin.origin, entry: published[0].index)
            Console.print("\(count) files in \(folder) now name their place in the log")
            return published
        }
    }
}
