import ArgumentParser
import Credentials
import Encoding
import Registrar
import Verification

/// `concord watch`: be told when something changed about a certificate, asking nobody.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Be told from the local copies when something changed about a certificate.",
        discussion: """
            Nobody is asked about anybody: concord sync fetches what is new about everybody, and
            the certificates are judged here once more. Run both from cron:
              concord sync --node ./de && concord watch check --node ./de
            The files are kept in watch/ beside the copies, readable by you alone; they hold the
            certificates, so take one off when there is no more reason to keep it.
            """,
        subcommands: [
            WatchAddCommand.self, WatchCheckCommand.self, WatchListCommand.self,
            WatchRemoveCommand.self,
        ])
}

/// Where the watched certificates lie.
struct WatchOptions: ParsableArguments {
    @OptionGroup var source: SourceOptions

    var folder: WatchFolder { WatchFolder("\(source.node ?? source.data)/watch") }
}

struct WatchAddCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Watch certificates, for a question if you have one.",
        discussion: """
              concord watch add hired.json --for DE --purpose employ --note "file 117" --node ./de
            """)

    @Argument(help: "Certificates, presentations or pictures of paper (PDF, PNG, JPEG).")
    var files: [String]

    @Option(help: "Your own word for it, which is shown when something changes.")
    var note: String?

    @OptionGroup var question: QuestionOptions
    @OptionGroup var options: WatchOptions

    func perform() async throws {
        let desk = try VerificationDesk(source: options.source)
        let now = Clock.now
        for path in files {
            let input = try VerificationInput(parsing: CertificateInput.read(path).bytes)
            guard case .presentations(let presented) = input else {
                throw CommandFailure(
                    .notWhatItClaims,
                    "\(path) is a dossier, which does not change; watch the certificate in it")
            }
            for file in presented {
                let verdict = try desk.standing(of: file, question: question.question, at: now)
                let watched = WatchedCredential(
                    file, question: question.question, standing: .init(verdict), asked: now,
                    note: note)
                let id = try options.folder.add(watched)
                Console.print("\(id)  \(verdict.word.text)")
            }
        }
    }
}

struct WatchCheckCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say what changed since the last time.",
        discussion: """
              concord watch check --node ./de
            Exit codes: 0 nothing changed; 1 something did; 65 a watched file is damaged, and is
            named; 2 the copies here are too old to tell: run concord sync. Of several the first in
            this order: 1, 65, 2. What was told once is the new state, unless --keep is given.
            """)

    @Flag(help: "Tell the same again the next time.")
    var keep = false

    @Flag(help: "Print for machines.")
    var json = false

    @OptionGroup var options: WatchOptions

    func perform() async throws {
        let desk = try VerificationDesk(source: options.source)
        let now = Clock.now
        var isChanged = false
        var isStale = false
        var documents: [JSONValue] = []
        let (items, damaged) = try options.folder.items()
        for item in items {
            let verdict = try desk.standing(
                of: item.watched.file, question: item.watched.question, at: now)
            let standing = WatchedCredential.Standing(verdict)
            // Too little is known: that is no news about the certificate, and no rest either.
            if standing.isStale { isStale = true }
            let changes = item.watched.standing.changes(to: standing)
            guard !changes.isEmpty else { continue }
            if !standing.isStale {
                isChanged = true
                if !keep {
                    try options.folder.replace(
                        item.id, with: item.watched.updated(standing, at: now))
                }
            }
            if json {
                documents.append(item.document(verdict, changes))
            } else {
                let note = item.watched.note.map { "  \($0)" } ?? ""
                Console.print("\(item.id)\(note)  now \(verdict.word.text)")
                for change in changes { Console.print("  \(change)") }
            }
        }
        if json { Console.print(JSONValue.array(documents).indented, terminator: "") }
        for failure in damaged { Console.complain(failure.description) }
        if isChanged { throw ExitCode(1) }
        if let failure = damaged.first { throw ExitCode(failure.status.rawValue) }
        if isStale {
            Console.complain("the copies here are too old to tell; run concord sync")
            throw ExitCode(2)
        }
    }
}

struct WatchListCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what is watched: id, since when it stands so, your note.",
        discussion: """
              concord watch list --node ./de
            """)

    @OptionGroup var options: WatchOptions

    func perform() async throws {
        let (items, damaged) = try options.folder.items()
        for item in items {
            let note = item.watched.note.map { "  \($0)" } ?? ""
            let open = item.watched.standing.findings.filter { !$0.hasSuffix(" passed") }
            let state = open.isEmpty ? "in order" : open.joined(separator: ", ")
            Console.print("\(item.id)  \(item.watched.asked)  \(state)\(note)")
        }
        for failure in damaged { Console.complain(failure.description) }
        if let failure = damaged.first { throw ExitCode(failure.status.rawValue) }
    }
}

struct WatchRemoveCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Stop watching, and delete the copy of the certificate.",
        discussion: """
              concord watch remove 3fa971c0b2d4e6f8 --node ./de
            """)

    @Argument(help: "The ids, from concord watch list.")
    var ids: [String]

    @OptionGroup var options: WatchOptions

    func perform() async throws {
        for id in ids { try options.folder.remove(id) }
    }
}

extension VerificationDesk {
    /// What is said of a credential apart from who presents it: no challenge is spent for it.
    func standing(
        of file: CredentialFile, question: VerificationQuestion, at now: Timestamp
    ) throws -> Verdict {
        Verifier(
            knowledge: try desk.knowledge(for: [file], question: question, at: now),
            question: question, at: now
        ).verify(file, challenge: .none)
    }
}
