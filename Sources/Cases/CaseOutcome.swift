public import Encoding
public import Recognition

/// What became of one case.
public struct CaseOutcome: Hashable, Sendable {
    public let id: String
    public let title: String
    public let verdict: RecognitionVerdict
    /// What differs from what was expected.
    public let unexpected: [CaseDifference]
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
        unexpected = item.expected.differences(from: verdict)
    }

    /// The same in English, one line each, as machines get it.
    public var differences: [String] {
        unexpected.map { "\($0.name): expected \($0.expected), found \($0.found)" }
    }

    /// What the draft changes; nil: nothing, or none was tried.
    public var change: [CaseDifference]? {
        guard let draftVerdict else { return nil }
        let lines = zip(CaseOutcome.lines(verdict), CaseOutcome.lines(draftVerdict))
            .filter { $0 != $1 }
            .map { CaseDifference(name: $0.name, expected: $0.value, found: $1.value) }
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
            Line(name: "scope", value: list(verdict.scope)),
            Line(name: "alternative", value: verdict.alternative ?? "none"),
            Line(name: "until", value: verdict.until.map { "\($0)" } ?? "no end"),
            Line(name: "reason", value: verdict.reason?.code ?? "none"),
            Line(name: "notes", value: list(verdict.notes.map(\.code))),
            Line(name: "rules", value: list(verdict.rules.map(\.rawValue))),
            Line(name: "ask", value: list(verdict.ask)),
            Line(name: "next", value: list(verdict.nextSteps.map(\.code))),
        ]
    }

    public var isPassed: Bool { unexpected.isEmpty }

    /// For machines: `Protocol/recognition.md § Case files`.
    public var document: JSONValue {
        var object: JSONObject = [
            "id": .string(id), "passed": .bool(isPassed),
            "differences": .list(differences), "verdict": verdict.document,
        ]
        guard let draftVerdict else { return .object(object) }
        object["withDraft"] = draftVerdict.document
        object["changes"] = .array(
            (change ?? []).map { line in
                [
                    "name": .string(line.name), "before": .string(line.expected),
                    "after": .string(line.found),
                ]
            })
        return .object(object)
    }
}
