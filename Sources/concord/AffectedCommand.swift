import ArgumentParser
import Cryptography
import Encoding
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

            Lists the equivalences and instruments of this node's log that name what the body
            awards, and the decisions issued here that use what was voided. All of it stands
            until its own authority acts; nothing new may be built on it. Exit codes: 0 nothing
            is affected, 1 something is.
            """)

    @Argument(help: "The identity of the event, or the index of its entry with --log.")
    var entry: String

    @Option(help: "The country in whose log the entry stands.")
    var log: String?

    @Option(help: "The node's folder.")
    var node = "./concord-node"

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
        let secret = try passphrase.forNode()
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
        let decisions = try desk.decisions(event, in: try office.records(passphrase: secret))
        if json {
            Console.print(
                document(event, grounds, decisions).indented, terminator: "")
        } else {
            report(event, grounds, decisions)
        }
        if !grounds.isEmpty || !decisions.isEmpty {
            throw ExitCode(ExitStatus.refusedByRule.rawValue)
        }
    }

    private func report(
        _ event: AffectedDesk.Event, _ grounds: [AffectedDesk.Ground],
        _ decisions: [AffectedDesk.Decision]
    ) {
        let target = event.event.target
        let period = [target.from.map { "from \($0)" }, target.until.map { "until \($0)" }]
            .compactMap { $0 }.joined(separator: " ")
        Console.print(
            "\(event.event.kind.rawValue)  \(target.subject)"
                + (target.site.map { " at \($0)" } ?? "") + (period.isEmpty ? "" : " \(period)")
                + ", entry \(event.index) of \(event.origin)")
        Console.print("reason  \(event.event.reason)")
        for ground in grounds {
            Console.print(
                "\(ground.kind)  entry \(ground.index) by \(ground.author), names "
                    + ground.qualifications.joined(separator: ", "))
        }
        for decision in decisions {
            Console.print(
                "decision  \(decision.id) by \(decision.issuer) of \(decision.issued), record "
                    + "\(decision.record)")
        }
        Console.print(
            grounds.isEmpty && decisions.isEmpty
                ? "nothing here rests on it"
                : "all of it stands until its own authority acts; nothing new may be built on "
                    + "what was voided: review it")
    }

    private func document(
        _ event: AffectedDesk.Event, _ grounds: [AffectedDesk.Ground],
        _ decisions: [AffectedDesk.Decision]
    ) -> JSONValue {
        [
            "version": 1, "event": .string(event.identity.hexadecimal),
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
                decisions.map { decision in
                    [
                        "id": .string(decision.id), "record": .string("\(decision.record)"),
                        "by": .string(decision.issuer),
                        "issued": .string(decision.issued.description),
                    ]
                }),
        ]
    }
}
