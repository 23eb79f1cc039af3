public import Encoding
public import Recognition

/// What became of one case.
public struct CaseOutcome: Hashable, Sendable {
    public let id: String
    public let title: String
    public let verdict: RecognitionVerdict
    /// What differs from what was expected, one line each.
    public let differences: [String]
    /// The verdict with a draft beside the statements, where one was tried.
    public let draftVerdict: RecognitionVerdict?

    public init(
        _ item: RecognitionCase, _ verdict: RecognitionVerdict,
        withDraft draftVerdict: RecognitionVerdict? = nil
    ) {
        id = item.id
        title = item.title
        self.verdict = verdict
        self.draftVerdict = draftVerdict
        differences = item.expected.differences(from: verdict)
    }

    /// What the draft changes, one line each; nil: nothing, or none was tried.
    public var change: [String]? {
        guard let draftVerdict else { return nil }
        let before = CaseOutcome.lines(verdict)
        let after = CaseOutcome.lines(draftVerdict)
        let lines = zip(before, after).filter { $0 != $1 }.map { old, new in
            "\(old.name): \(old.value) -> \(new.value)"
        }
        return lines.isEmpty ? nil : lines
    }

    private struct Line: Equatable {
        let name: String
        let value: String
    }

    private static func lines(_ verdict: RecognitionVerdict) -> [Line] {
        func list(_ texts: [String]) -> String { "[\(texts.joined(separator: ", "))]" }
        return [
            Line(name: "status", value: verdict.word.rawValue),
            Line(name: "grounds", value: list(verdict.grounds.map(\.id))),
            Line(name: "conditions", value: list(verdict.conditions.map(\.id))),
            Line(name: "missing", value: list(verdict.missing)),
            Line(name: "level", value: list(verdict.level)),
            Line(name: "reason", value: verdict.reason?.code ?? "none"),
            Line(name: "notes", value: list(verdict.notes.map(\.code))),
        ]
    }

    public var isPassed: Bool { differences.isEmpty }

    /// For machines: `Protocol/recognition.md § Case files`.
    public var document: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "passed": .bool(isPassed),
            "differences": .list(differences), "verdict": verdict.document,
        ]
        object["withDraft"] = draftVerdict?.document
        return .object(object)
    }
}
