import Cryptography
public import Encoding
import Foundation
import Node
public import Registrar
import Registry
import Storage
import Sync
import TransparencyLog

/// Looks at a node, its machine and its peers, and names a remedy for whatever is wrong.
///
/// `Protocol/operation.md § Doctor`. Changes nothing. What it learns from others counts only as they
/// signed it.
public struct Doctor: Sendable {
    let node: NodeDirectory
    let office: Office
    let now: Timestamp
    /// As a person would type it.
    let folder: String

    public init(_ office: Office, folder: String, at now: Timestamp) {
        node = office.node
        self.office = office
        self.folder = folder
        self.now = now
    }

    /// Every finding, those that are in order too.
    public func findings() async throws -> [DoctorFinding] {
        let (configuration, read) = readConfiguration()
        let survey = try NodeSurvey(of: office.database)
        let inquiry = try await PeerInquiry(of: office, at: now).ask()
        var findings = [read]
        findings += rights()
        findings.append(disk(configuration))
        findings.append(try clock(inquiry))
        findings.append(await port(configuration))
        findings += certificate(configuration)
        findings.append(seal(survey))
        findings += logs(survey)
        findings.append(try await lists(configuration))
        findings += peers(survey, inquiry)
        findings.append(try quorum(inquiry))
        findings += try meetings()
        findings.append(try backup(configuration))
        findings += try keys()
        return findings
    }

    private func readConfiguration() -> (NodeConfiguration, DoctorFinding) {
        do throws(NodeError) {
            let configuration = try NodeConfiguration(inFolder: node.path)
            return (configuration, .fine(.configuration, "\(NodeConfiguration.fileName) reads"))
        } catch {
            let path = "\(folder)/\(NodeConfiguration.fileName)"
            return (
                NodeConfiguration(),
                .fault(
                    .configuration,
                    "the node does not start: \(error); without the file it has its defaults",
                    "mv \(path) \(path).refused")
            )
        }
    }

    /// Keys and records are their owner's alone.
    private func rights() -> [DoctorFinding] {
        let keys = "\(node.path)/\(NodeBackup.keyFolder)"
        var open: [DoctorFinding] = []
        func mode(_ path: String) -> Int? {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.posixPermissions] as? NSNumber)?.intValue
        }
        let keyFiles = ((try? NodeBackup.names(in: keys)) ?? []).map { "\(keys)/\($0)" }
        if ([keys] + keyFiles).contains(where: { mode($0).map { $0 & 0o077 != 0 } ?? false }) {
            open.append(
                .fault(
                    .rights, "others on this machine can read the node's keys",
                    "chmod -R go= \(folder)/\(NodeBackup.keyFolder)"))
        }
        let secret = ((try? NodeBackup.names(in: node.path)) ?? []).filter {
            $0.hasPrefix("record") || $0 == "audit.jsonl" || $0 == "life-mark"
        }
        let exposed = secret.filter { mode("\(node.path)/\($0)").map { $0 & 0o077 != 0 } ?? false }
        if !exposed.isEmpty {
            let files = exposed.map { "\(folder)/\($0)" }.joined(separator: " ")
            open.append(
                .fault(
                    .rights, "others on this machine can read \(exposed.joined(separator: ", "))",
                    "chmod go= \(files)"))
        }
        if access(node.path, R_OK | W_OK | X_OK) != 0 {
            open.append(
                .fault(
                    .rights, "this account cannot write to the node's folder",
                    "sudo chown -R $USER \(folder)"))
        }
        return open.isEmpty ? [.fine(.rights, "keys and records are their owner's alone")] : open
    }

    private func disk(_ configuration: NodeConfiguration) -> DoctorFinding {
        let free = Disk.freeBytes(at: node.path) >> 20
        guard free < UInt64(configuration.diskMebibytes) else {
            return .fine(.disk, "\(free) MiB are left")
        }
        return .fault(
            .disk,
            "\(free) MiB are left, expected \(configuration.diskMebibytes) (diskMebibytes); a full "
                + "disk stops the node's signatures", "du -xhd1 \(folder)/.. | sort -h")
    }

    /// Against the newest time that a quorum signed, and against what peers sign now.
    private func clock(_ inquiry: PeerInquiry.Report) throws -> DoctorFinding {
        let remedy = "sudo timedatectl set-ntp true"
        let newest = try office.database.read { try $0.newestQuorumTime() }
        if let newest, now < newest + -600 {
            return .fault(
                .clock, "the clock stands at \(now), before \(newest), which a quorum has signed",
                remedy)
        }
        let offsets = inquiry.answers.map { now.seconds(since: $0.time) }.sorted()
        guard !offsets.isEmpty else {
            return .fine(.clock, "\(now), and no peer signed a time to compare it with")
        }
        let middle = offsets[offsets.count / 2]
        guard abs(middle) > 60 else {
            return .fine(.clock, "within a minute of what \(offsets.count) peers sign")
        }
        let side = middle > 0 ? "ahead of" : "behind"
        return .fault(
            .clock, "the clock is \(abs(middle)) s \(side) what \(offsets.count) peers sign", remedy
        )
    }

    private func seal(_ survey: NodeSurvey) -> DoctorFinding {
        guard let reason = survey.sealed.first else { return .fine(.seal, "the node may sign") }
        let isAsked = reason == SealReason.notAsked.description
        return isAsked
            ? .attention(.seal, "signs nothing yet: \(reason)", "concord sync --node \(folder)")
            : .fault(.seal, "signs nothing: \(reason)", "concord node recover --node \(folder)")
    }

    private func logs(_ survey: NodeSurvey) -> [DoctorFinding] {
        var found: [DoctorFinding] = []
        for log in survey.logs {
            let origin = log.record.origin
            if log.record.standing != .sound {
                found.append(
                    log.record.isOwn
                        ? .fault(
                            .logs, "\(origin), this country's own log, has forked",
                            "concord node succeed --node \(folder) --next-root next-root.key")
                        : .fault(
                            .logs,
                            "\(origin) has forked and is not followed any more, until its root names "
                                + "a successor", "concord sync --node \(folder)"))
            }
            if let finding = log.scrub.finding {
                found.append(
                    .attention(
                        .logs, "\(origin): \(finding)",
                        "concord log repair --node \(folder)"))
            }
        }
        return found.isEmpty ? [.fine(.logs, "\(survey.logs.count) logs, none halted")] : found
    }

    private func backup(_ configuration: NodeConfiguration) throws -> DoctorFinding {
        let name = office.card.country.lowercased() + "-" + "\(now)".filter { $0 != ":" }
        let remedy =
            "concord backup --node \(folder) --to recovery.pub --out \(name).backup "
            + "--keys-out \(name).keys"
        let hours = configuration.backupHours
        guard let record = try BackupRecord(inFolder: node.path) else {
            return hours == 0
                ? .fine(.backup, "none is asked for (backupHours)")
                : .attention(.backup, "no backup was ever made", remedy)
        }
        guard record.hasKeys || hours == 0 else {
            return .attention(
                .backup, "the newest backup is without the keys: nothing is restored from it",
                remedy)
        }
        let age = now.seconds(since: record.time) / 3_600
        guard hours > 0, age >= Int64(hours) else {
            return .fine(.backup, "\(age) h old, for the recovery key \(record.recovery)")
        }
        return .attention(
            .backup, "the newest backup is \(age) h old, expected less than \(hours) (backupHours)",
            remedy)
    }
}
