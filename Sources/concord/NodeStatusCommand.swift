import ArgumentParser
import Cryptography
import Encoding
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// `concord node status`: what a node holds, how fresh it is, and whether it may sign.
struct NodeStatusCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say what a node holds, how fresh it is, and whether it may sign.")

    @Option(help: "The node's folder.")
    var node = "./concord-node"
    @Flag(help: "Print it for machines.")
    var json = false

    func perform() async throws {
        let office = try Office(opening: NodeDirectory(node), passphrase: nil)
        let (logs, notes, faults) = try office.database.read { snapshot throws(StorageError) in
            var logs: [LogLine] = []
            for log in try snapshot.logs() {
                logs.append(
                    LogLine(
                        log: log, head: try snapshot.witnessedHead(log.origin),
                        signed: try snapshot.head(log.origin)?.head.size ?? 0,
                        isMemoryComplete: try snapshot.isComplete(.witness, of: log.origin),
                        scrub: try snapshot.scrub(log.origin)))
            }
            return (logs, try snapshot.sealNotes(), try snapshot.faults())
        }
        // What was found when the witnesses were asked says more than that they were not.
        var reasons = try office.database.sealReasons().map(\.description)
        if reasons == [SealReason.notAsked.description], !notes.isEmpty { reasons = notes }
        let buddy = try office.state(about: [], at: Clock.now).buddyKey
        if json {
            let value: JSONValue = [
                "version": 1, "country": .string(office.card.country),
                "origin": .string(office.card.pin.origin),
                "fingerprint": .string(office.card.fingerprint.description),
                "sample": .bool(office.card.isSample),
                "sealed": .array(reasons.map { .string($0) }),
                "buddy": buddy.map { .string($0.name) } ?? .null,
                "faults": .array(faults.map { .string($0.accused) }),
                "logs": .array(logs.map(\.value)),
            ]
            Console.print(value.indented, terminator: "")
            return
        }
        Console.print("\(office.card.country)  \(office.card.pin.origin)")
        Console.print("  fingerprint  \(office.card.fingerprint)")
        if office.card.isSample { Console.print("  SAMPLE: proves nothing about real people") }
        for reason in reasons { Console.print("  SEALED, signs nothing: \(reason)") }
        if !reasons.isEmpty {
            Console.print("  ask again with: concord sync --node \(node)")
        }
        if let buddy { Console.print("  buddy        \(buddy.name)") }
        for log in logs { log.print(at: Clock.now) }
        for fault in faults {
            Console.print(
                "  PROVEN of \(fault.accused): a fault, \(fault.identity.hexadecimal)")
        }
    }
}

/// What is said of one log.
private struct LogLine {
    let log: LogRecord
    let head: StoredCheckpoint?
    let signed: UInt64
    let isMemoryComplete: Bool
    let scrub: ScrubRecord

    private var unsigned: UInt64 { log.isOwn ? log.size - min(log.size, signed) : 0 }

    func print(at now: Timestamp) {
        if log.standing != .sound {
            Console.print("  FORKED \(log.origin): \(log.usableSize) of \(log.size) entries count")
        }
        let age = head?.quorumTime.map { "\(now.seconds(since: $0)) s old" } ?? "unwitnessed"
        Console.print(
            "  \(log.isOwn ? "own " : "copy") \(log.origin)  \(log.size) entries, "
                + "witnessed \(head?.head.size ?? 0), \(age)")
        if unsigned > 0 {
            Console.print("       \(unsigned) of them are stored and not signed yet")
        }
        if !log.isOwn, !isMemoryComplete {
            Console.print("       cosigns nothing of it until its other witnesses have been asked")
        }
        if let finished = scrub.finished {
            Console.print(
                "       looked through for bit rot, \(now.seconds(since: finished)) s ago")
        }
        if let finding = scrub.finding { Console.print("       \(finding)") }
    }

    var value: JSONValue {
        var object: JSONObject = [
            "origin": .string(log.origin), "own": .bool(log.isOwn),
            "size": .integer(Int64(log.size)), "unsigned": .integer(Int64(unsigned)),
            "witnessed": .integer(Int64(head?.head.size ?? 0)),
            "cosigns": .bool(!log.isOwn && isMemoryComplete),
        ]
        object["scrubbed"] = scrub.finished.map { .string($0.description) }
        object["damage"] = scrub.finding.map { .string($0) }
        object["quorumTime"] = head?.quorumTime.map { .string($0.description) }
        return .object(object)
    }
}
