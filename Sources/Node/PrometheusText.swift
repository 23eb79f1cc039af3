/// Numbers as the text that Prometheus reads (exposition format 0.0.4).
///
/// Pure. Names and labels are sorted, so that the same numbers are the same bytes.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What each number is, in the order in which they are shown; others are left out.
    static let helps: [(name: String, help: String)] = [
        ("concord_sealed", "1 while the node signs nothing."),
        ("concord_faults", "Proven faults of logs that are known here."),
        ("concord_peers", "Peers that are known."),
        ("concord_log_entries", "Entries of a log that are stored here."),
        ("concord_log_signed_entries", "Entries under the newest checkpoint of a log."),
        ("concord_log_witnessed_entries", "Entries under the newest checkpoint with a quorum."),
        ("concord_log_quorum_time_seconds", "When a quorum had seen it, since 1970."),
        ("concord_log_sound", "0 for a log that is halted by a split view or a misused key."),
        ("concord_requests_total", "Requests answered, by method, route and status."),
        ("concord_refused_total", "Requests refused before they were read, by status."),
        ("concord_request_seconds", "How long answers took, by route."),
        ("concord_connections", "Connections that are open."),
        ("concord_body_bytes", "Bytes of requests that are held in memory."),
        ("process_start_time_seconds", "When the process started, since 1970."),
        ("process_resident_memory_bytes", "Memory that is resident, mapped files included."),
        ("process_anonymous_memory_bytes", "Memory that is resident and of no file."),
        ("process_open_fds", "Open files and connections."),
    ]

    static func text(_ values: [MetricsTable.Name: MetricsTable.Value]) -> String {
        let families = Dictionary(grouping: values) { $0.key.label }
        var lines: [String] = []
        for (name, help) in helps {
            guard let family = families[name], let first = family.first else { continue }
            lines.append("# HELP \(name) \(help)")
            lines.append("# TYPE \(name) \(type(of: first.value))")
            lines += family.flatMap { samples(name, $0.key.labels, $0.value) }.sorted {
                $0.order < $1.order
            }.map(\.line)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func type(of value: MetricsTable.Value) -> String {
        switch value {
        case .counter: "counter"
        case .gauge: "gauge"
        case .histogram: "histogram"
        }
    }

    /// The lines of one number; a histogram's in the order of its bounds.
    private static func samples(
        _ name: String, _ labels: [MetricsTable.Name.Label], _ value: MetricsTable.Value
    ) -> [(order: String, line: String)] {
        let base = braces(labels)
        switch value {
        case .counter(let count): return [(base, "\(name)\(base) \(count)")]
        case .gauge(let number): return [(base, "\(name)\(base) \(text(number))")]
        case .histogram(let histogram):
            var lines: [(String, String)] = []
            var total: Int64 = 0
            for (place, count) in histogram.counts.enumerated() {
                total += count
                let bound =
                    place < MetricsTable.bounds.count ? text(MetricsTable.bounds[place]) : "+Inf"
                let labels = labels + [.init(name: "le", value: bound)]
                lines.append(("\(base)0\(place)", "\(name)_bucket\(braces(labels)) \(total)"))
            }
            lines.append(("\(base)1", "\(name)_sum\(base) \(text(histogram.sum))"))
            lines.append(("\(base)2", "\(name)_count\(base) \(total)"))
            return lines
        }
    }

    private static func braces(_ labels: [MetricsTable.Name.Label]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }
        return "{\(pairs.joined(separator: ","))}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }

    /// Whole numbers without a point, so that sizes and times stay exact.
    private static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 9e15 ? "\(Int64(number))" : "\(number)"
    }
}
