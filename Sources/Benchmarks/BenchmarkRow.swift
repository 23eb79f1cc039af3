public import Encoding

/// One line of `concord bench`: 1 is the limit.
public struct BenchmarkRow: Sendable {
    public let id: String
    public let what: String
    public let measured: Double
    public let limit: Double
    public let unit: String
    public let ratio: Double
    public let goal: Double?

    /// Whether the goal is met; nil where none is set.
    public var holds: Bool? { goal.map { ratio >= $0 } }

    public var value: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "what": .string(what),
            "measured": .decimal(BenchmarkRow.number(measured)),
            "limit": .decimal(BenchmarkRow.number(limit)), "unit": .string(unit),
            "ratio": .decimal(BenchmarkRow.number(ratio)),
        ]
        object["goal"] = goal.map { .decimal(BenchmarkRow.number($0)) } ?? .null
        object["holds"] = holds.map { .bool($0) } ?? .null
        return .object(object)
    }

    /// The row as a line of a table.
    public var line: String {
        func pad(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let name = id + String(repeating: " ", count: max(1, 16 - id.count))
        let goalText = goal.map { "\(BenchmarkRow.number($0))" } ?? "-"
        return name + pad(BenchmarkRow.number(measured), 12) + pad(BenchmarkRow.number(limit), 12)
            + " " + unit + String(repeating: " ", count: max(1, 14 - unit.count))
            + pad(BenchmarkRow.number(ratio), 8) + pad(goalText, 8)
            + (holds.map { $0 ? "  ok  " : "  LOW " } ?? "      ") + what
    }

    public static let heading =
        "row                 measured       limit unit             ratio    goal      what"

    /// Three significant digits, as a JSON number.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        if value >= 1_000 { return String(Int64(value.rounded())) }
        var scale = 1_000.0
        if value >= 100 { scale = 10 } else if value >= 10 { scale = 100 }
        let scaled = Int64((value * scale).rounded())
        let digits = scale == 10 ? 1 : scale == 100 ? 2 : 3
        let whole = scaled / Int64(scale)
        let rest = String(scaled % Int64(scale))
        return "\(whole)." + String(repeating: "0", count: digits - rest.count) + rest
    }
}
