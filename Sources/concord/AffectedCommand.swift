import ArgumentParser
import Credentials
import Cryptography
import Encoding
import Language
import Recognition
import Registrar
import Registry

/// `concord affected`: what here rests on something that was declared void.
struct AffectedCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "affected",
        abstract: "List what here rests on results that an event voided or suspended.",
        discussion: """
            By the identity of the event, or by its entry in the log of a country:
              concord affected 5f0c... --node ./de
              concord affected 31 --log PH --node ./de
            With the documents on which decisions rest and that were not issued here:
              concord affected 31 --log PH --node ./de --with test.json

            Lists the equivalences and instruments of this node's log that name what the body
            awards, and the decisions issued here that use what was voided or rest on evidence,
            awards or other decisions which it reaches. All of it stands until its own authority
            acts; nothing new may be built on it. Exit codes: 0 nothing is affected, 1 something
            is, 2 nothing that is known here, and some decisions rest on documents that are not.
            """)

    @Argument(help: "The identity of the event, or the index of its entry with --log.")
    var entry: String

    @Option(help: "The country in whose log the entry stands.")
    var log: String?

    @Option(help: "A document on which decisions rest, as its holder showed it. Can be repeated.")
    var with: [String] = []

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @OptionGroup var language: LanguageOptions

    @OptionGroup var passphrase: PassphraseOptions

    @Flag(help: "Print an object for machines.")
    var json = false

    func validate() throws {
        if log == nil, HashValue(hexadecimal: entry) == nil {
            throw ValidationError(
                "expected an identity of 64 hexadecimal digits, or an index with --log, "
                    + "found \(entry)")
        }
        if log != nil, UInt64(entry) == nil {
            throw ValidationError("expected an index beside --log, found \(entry)")
        }
    }

    func perform() async throws {
        let secret = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: secret)
        let desk = AffectedDesk(office: office)
        let event: AffectedDesk.Event
        if let log, let index = UInt64(entry) {
            event = try desk.event(index, in: log, at: Clock.now)
        } else if let identity = HashValue(hexadecimal: entry) {
            event = try desk.event(identity)
        } else {
            throw CommandFailure(.usage, "expected an entry, found \(entry)")
        }
        let grounds = try desk.grounds(event, at: Clock.now)
        let documents = try with.map { path in
            try CredentialFile(parsing: InputFile.read(path))
        }
        let records = office.hasRecords ? try office.records(passphrase: secret) : nil
        let decisions = try desk.decisions(event, in: records, with: documents)
        if json {
            Console.print(document(event, grounds, decisions).indented, terminator: "")
        } else {
            let text = AffectedText(
                event: event, grounds: grounds, decisions: decisions,
                catalogue: language.catalogue
            ).text
            Console.print(text, terminator: "")
        }
        if !grounds.isEmpty || !decisions.consequences.items.isEmpty {
            throw ExitCode(ExitStatus.refusedByRule.rawValue)
        }
        if !decisions.consequences.open.isEmpty { throw ExitCode(2) }
    }

    private func document(
        _ event: AffectedDesk.Event, _ grounds: [AffectedDesk.Ground],
        _ decisions: AffectedDesk.Decisions
    ) -> JSONValue {
        [
            "version": 2, "event": .string(event.identity.hexadecimal),
            "origin": .string(event.origin), "index": .integer(Int64(event.index)),
            "grounds": .array(
                grounds.map { ground in
                    [
                        "index": .integer(Int64(ground.index)), "kind": .string(ground.kind),
                        "by": .string(ground.author),
                        "qualifications": .array(ground.qualifications.map(JSONValue.string)),
                    ]
                }),
            "decisions": .array(
                decisions.consequences.items.map {
                    .object(members($0.decision, decisions).adding(cause: $0.cause))
                }),
            "open": .array(
                decisions.consequences.open.map { item in
                    var object = members(item.decision, decisions)
                    object["restsOn"] = .array(item.ids.map(JSONValue.string))
                    return .object(object)
                }),
        ]
    }

    private func members(
        _ decision: Decision, _ decisions: AffectedDesk.Decisions
    ) -> JSONObject {
        var object: JSONObject = [
            "id": .string(decision.id), "decided": .string(decision.decided.description),
        ]
        object["by"] = decision.authorship.author.map(JSONValue.string)
        object["issued"] = decision.authorship.recorded.map { .string($0.description) }
        object["record"] = decisions.records[decision.id].map { .string("\($0)") }
        return object
    }
}

extension JSONObject {
    fileprivate func adding(cause: Consequences.Cause) -> JSONObject {
        var object = self
        switch cause {
        case .selected: object["cause"] = "selected"
        case .use(let body):
            object["cause"] = "use"
            object["restsOn"] = .string(body)
        case .document(let id):
            object["cause"] = "document"
            object["restsOn"] = .string(id)
        case .decision(let id):
            object["cause"] = "decision"
            object["restsOn"] = .string(id)
        }
        return object
    }
}
