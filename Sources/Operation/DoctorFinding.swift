public import Encoding

/// What `concord doctor` looks at, in the order in which it says it.
public enum DoctorCheck: String, CaseIterable, Sendable {
    case configuration, rights, disk, clock, port, certificate, seal, logs, lists, peers, quorum
    case backup, keys
}

/// One thing that was looked at: in order, or what is wrong with it and the one command that
/// repairs it.
public struct DoctorFinding: Hashable, Sendable {
    public enum Level: String, Sendable {
        case fine
        /// It will be wrong, or could be better.
        case attention
        /// It is wrong now.
        case fault
    }

    public let check: DoctorCheck
    public let level: Level
    public let text: String
    /// A command to be typed as it stands; nil where nothing is to be done.
    public let remedy: String?

    static func fine(_ check: DoctorCheck, _ text: String) -> DoctorFinding {
        DoctorFinding(check: check, level: .fine, text: text, remedy: nil)
    }

    static func attention(
        _ check: DoctorCheck, _ text: String, _ remedy: String
    ) -> DoctorFinding {
        DoctorFinding(check: check, level: .attention, text: text, remedy: remedy)
    }

    static func fault(_ check: DoctorCheck, _ text: String, _ remedy: String) -> DoctorFinding {
        DoctorFinding(check: check, level: .fault, text: text, remedy: remedy)
    }

    /// For machines.
    public var value: JSONValue {
        var object: JSONObject = [
            "check": .string(check.rawValue), "level": .string(level.rawValue),
            "text": .string(text),
        ]
        object["remedy"] = remedy.map { .string($0) }
        return .object(object)
    }

    /// For people: a word before colour, and the remedy on a line of its own.
    public var lines: [String] {
        let word =
            switch level {
            case .fine: "[ok]   "
            case .attention: "[look] "
            case .fault: "[FAULT]"
            }
        let name = check.rawValue + String(repeating: " ", count: 14 - check.rawValue.count)
        return ["\(word) \(name)\(text)"] + (remedy.map { ["          repair with: \($0)"] } ?? [])
    }
}
