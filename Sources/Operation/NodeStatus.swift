import Cryptography
public import Encoding
import Foundation
public import Node
public import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// A node's state at a glance: what it holds, how fresh it is, whether it may sign, who keeps it
/// waiting, and how long ago it was backed up.
public struct NodeStatus: Sendable {
    public let country: String
    public let origin: String
    public let fingerprint: String
    public let isSample: Bool
    public let survey: NodeSurvey
    /// The name of the buddy that grants this log its roots, if there is one.
    public let buddy: String?
    /// The witnesses of the own log whose line its newest checkpoint does not bear.
    public let absentWitnesses: [String]
    /// The port on which a process serves the node; nil: none does.
    public let port: Int?
    public let backup: BackupRecord?
    /// The bytes that are left where the node lies.
    public let freeBytes: UInt64

    public init(of office: Office, at now: Timestamp) throws {
        country = office.card.country
        origin = office.card.pin.origin
        fingerprint = office.card.fingerprint.description
        isSample = office.card.isSample
        let survey = try NodeSurvey(of: office.database)
        self.survey = survey
        buddy = try office.state(about: [], at: now).buddyKey?.name
        let note = survey.logs.first(where: \.record.isOwn)?.signed?.note
        let policy = office.rules(clock: { now }).policy(office.card.pin.origin)
        absentWitnesses = (policy?.witnesses ?? [])
            .filter { note?.cosignatureTime(by: $0.key) == nil }.map(\.name)
        let file = office.node.url.appending(path: NodeServer.portFileName).path
        port = (try? String(contentsOfFile: file, encoding: .utf8))
            .flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        backup = try BackupRecord(inFolder: office.node.path)
        freeBytes = Disk.freeBytes(at: office.node.path)
    }

    /// For machines.
    public var value: JSONValue {
        [
            "version": 1, "country": .string(country), "origin": .string(origin),
            "fingerprint": .string(fingerprint), "sample": .bool(isSample),
            "sealed": .array(survey.sealed.map { .string($0) }),
            "buddy": buddy.map { .string($0) } ?? .null,
            "absentWitnesses": .array(absentWitnesses.map { .string($0) }),
            "faults": .array(survey.faults.map { .string($0.accused) }),
            "port": port.map { .integer(Int64($0)) } ?? .null,
            "backup": backup.map { .string("\($0.time)") } ?? .null,
            "freeBytes": .integer(Int64(clamping: freeBytes)),
            "logs": .array(survey.logs.map(\.value)),
        ]
    }

    /// For people, line by line.
    public func lines(at now: Timestamp, folder: String) -> [String] {
        var lines = ["\(country)  \(origin)", "  fingerprint  \(fingerprint)"]
        if isSample { lines.append("  SAMPLE: proves nothing about real people") }
        lines += survey.sealed.map { "  SEALED, signs nothing: \($0)" }
        if !survey.sealed.isEmpty {
            lines.append("  ask again with: concord sync --node \(folder)")
        }
        lines.append(port.map { "  serves       port \($0)" } ?? "  serves       no process does")
        if let buddy { lines.append("  buddy        \(buddy)") }
        for name in absentWitnesses {
            lines.append(
                "  waits for    the witness \(name), whose line the newest checkpoint lacks")
        }
        let backup = backup.map { "\(now.seconds(since: $0.time)) s old, \($0.entries) entries" }
        lines.append("  backup       \(backup ?? "none")")
        lines.append("  room         \(freeBytes >> 20) MiB")
        lines += survey.logs.flatMap { $0.lines(at: now) }
        lines += survey.faults.map { "  PROVEN of \($0.accused): a fault, \($0.identity)" }
        return lines
    }
}

extension NodeSurvey.Log {
    fileprivate func lines(at now: Timestamp) -> [String] {
        var lines: [String] = []
        if record.standing != .sound {
            lines.append(
                "  FORKED \(record.origin): \(record.usableSize) of \(record.size) entries count")
        }
        let age = witnessed?.quorumTime.map { "\(now.seconds(since: $0)) s old" } ?? "unwitnessed"
        lines.append(
            "  \(record.isOwn ? "own " : "copy") \(record.origin)  \(record.size) entries, "
                + "witnessed \(witnessed?.head.size ?? 0), \(age)")
        if unsigned > 0 {
            lines.append("       \(unsigned) of them are stored and not signed yet")
        }
        if !record.isOwn, !isMemoryComplete {
            lines.append("       cosigns nothing of it until its other witnesses have been asked")
        }
        if let finished = scrub.finished {
            lines.append(
                "       looked through for bit rot, \(now.seconds(since: finished)) s ago")
        }
        if let finding = scrub.finding { lines.append("       \(finding)") }
        return lines
    }

    fileprivate var value: JSONValue {
        var object: JSONObject = [
            "origin": .string(record.origin), "own": .bool(record.isOwn),
            "size": .integer(Int64(record.size)), "unsigned": .integer(Int64(unsigned)),
            "witnessed": .integer(Int64(witnessed?.head.size ?? 0)),
            "cosigns": .bool(!record.isOwn && isMemoryComplete),
        ]
        object["scrubbed"] = scrub.finished.map { .string($0.description) }
        object["damage"] = scrub.finding.map { .string($0) }
        object["quorumTime"] = witnessed?.quorumTime.map { .string($0.description) }
        return .object(object)
    }
}
