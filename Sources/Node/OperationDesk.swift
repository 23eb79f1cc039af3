internal import Encoding
internal import Foundation
internal import Metrics
internal import Storage
internal import TransparencyLog

/// What whoever watches the node asks: does it serve, and in numbers how it is.
///
/// `Protocol/operation.md § Health`, `§ Metrics`. Only what is public of logs, and sums over
/// requests: nothing that one person asked can be told from it.
struct OperationDesk: Sendable {
    let database: LogDatabase
    let table: MetricsTable
    let readers: NodeConfiguration.Readers
    let started: Timestamp
    let connections: @Sendable () -> Int
    let bodyBytes: @Sendable () -> Int

    /// 200 while the logs can be read, sealed or not: a sealed node serves.
    func health() -> NodeAnswer {
        do {
            let isSealed = try !database.sealReasons().isEmpty
            _ = try database.read { snapshot throws(StorageError) in try snapshot.logs().count }
            return answer(200, isSealed ? "sealed" : "serving")
        } catch { return answer(503, "failing") }
    }

    private func answer(_ status: Int, _ word: String) -> NodeAnswer {
        let value: JSONValue = ["version": 1, "status": .string(word)]
        return NodeAnswer(
            status, contentType: ContentType.json, body: value.serialized, caching: .never)
    }

    /// - Parameter isLocal: whether a process of this machine asks, and nobody through it.
    func metrics(isLocal: Bool) -> NodeAnswer {
        switch readers {
        case .off: return .notFound
        case .local where !isLocal:
            return .problem(403, "the numbers are for this machine; see metrics in node.json")
        case .local, .everybody: break
        }
        do { try measure() } catch { return NodeAnswer(failure: error) }
        return NodeAnswer(
            200, contentType: PrometheusText.contentType,
            body: Array(PrometheusText.text(table.snapshot).utf8), caching: .never)
    }

    private func measure() throws {
        let survey = try NodeSurvey(of: database)
        gauge("concord_sealed", survey.sealed.isEmpty ? 0 : 1)
        gauge("concord_faults", Double(survey.faults.count))
        gauge("concord_peers", Double(survey.peers.count))
        gauge("concord_connections", Double(connections()))
        gauge("concord_body_bytes", Double(bodyBytes()))
        for log in survey.logs {
            let labels = [("origin", log.record.origin)]
            gauge("concord_log_entries", Double(log.record.size), labels)
            gauge("concord_log_signed_entries", Double(log.signed?.head.size ?? 0), labels)
            gauge("concord_log_witnessed_entries", Double(log.witnessed?.head.size ?? 0), labels)
            if let time = log.witnessed?.quorumTime {
                gauge("concord_log_quorum_time_seconds", Double(time.seconds), labels)
            }
            gauge("concord_log_sound", log.record.standing == .sound ? 1 : 0, labels)
        }
        gauge("process_start_time_seconds", Double(started.seconds))
        let memory = ProcessMemory.now
        gauge("process_resident_memory_bytes", Double(memory.resident))
        gauge("process_anonymous_memory_bytes", Double(memory.anonymous))
        let files = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        if let files { gauge("process_open_fds", Double(files.count)) }
    }

    private func gauge(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name, dimensions: labels, factory: table).record(value)
    }
}

/// What this process holds in memory, as the system counts it (`/proc/self/status`).
public struct ProcessMemory: Hashable, Sendable {
    /// With the pages of mapped files.
    public let resident: Int
    /// Without them: what nobody but this process could give back.
    public let anonymous: Int

    public static var now: ProcessMemory { of("self") }

    /// - Parameter process: a number, or `self`.
    public static func of(_ process: String) -> ProcessMemory {
        let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        func kibibytes(_ name: String) -> Int {
            let line = (text ?? "").split(separator: "\n").first { $0.hasPrefix("\(name):") }
            let words = (line ?? "").split { $0 == " " || $0 == "\t" }
            return words.count > 1 ? Int(words[1]) ?? 0 : 0
        }
        return ProcessMemory(
            resident: kibibytes("VmRSS") << 10, anonymous: kibibytes("RssAnon") << 10)
    }
}
