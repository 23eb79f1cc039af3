import Cryptography
public import Language
import Recognition
import Registry

/// A verdict in plain sentences, for a terminal, in the reader's language.
///
/// Nothing in it is coloured or marked before the verdict is final; the word stands in
/// letters, never in colour alone. What nobody reviewed says so first.
public struct VerdictReport: Sendable {
    private let verdict: Verdict
    private let catalogue: Catalogue

    public init(_ verdict: Verdict, in catalogue: Catalogue = .english) {
        self.verdict = verdict
        self.catalogue = catalogue
    }

    public var text: String {
        let layout = ReportLayout(catalogue)
        var lines = catalogue.notices
        if verdict.isSample { lines.append(catalogue.text(.noticeSample)) }
        lines.append(headline)
        if let check = verdict.decidingCheck, let reason = check.outcome.reason {
            lines.append(layout.line(.labelReason, catalogue.text(of: .reason(reason))))
        }
        lines += subject(layout)
        lines += ["", catalogue.text(.headingChecks)]
        lines += verdict.checks.map(layout.check)
        lines += SupportingReport(verdict.supporting, catalogue).lines
        lines += worthLines
        lines += ["", catalogue.text(.headingSources)]
        lines += verdict.sources.map { source in
            "  \(source.country)  \(catalogue.text(of: source.message))"
        }
        lines += knowledge.map { "  \(catalogue.text(of: $0))" }
        lines += ["", catalogue.text(.headingNext)]
        lines += nextSteps.map { "  \(catalogue.text(of: $0))" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func subject(_ layout: ReportLayout) -> [String] {
        let facts = SubjectFact.all(of: verdict)
        return (facts.isEmpty ? [] : [""])
            + facts.flatMap { fact in layout.lines(fact.label, fact.values.map(text)) }
    }

    private func text(of value: SubjectFact.Value) -> String {
        switch value {
        case .message(let message): catalogue.text(of: message)
        case .name(let text), .id(let text): catalogue.isolated(text)
        }
    }

    private var headline: String {
        let word = catalogue.text(of: verdict.word.message).uppercased()
        return "\(word): \(catalogue.text(of: verdict.meaning))"
    }

    /// What was known, so that anybody with the same logs can recompute the answer.
    private var knowledge: [Message] {
        [
            Message(
                .knowledgeDigest,
                ["digest": .text(String(verdict.knowledgeDigest.hexadecimal.prefix(16)))]),
            Message(.knowledgeWhen, ["time": .time(verdict.asked)]),
        ]
    }

    private var worthLines: [String] {
        guard let worth = verdict.worth else { return [] }
        return ["", catalogue.text(.stepWorth)]
            + WorthReport(worth, names: verdict.worthNames, in: catalogue).lines
    }

    /// What to do now: about the worst check that did not pass, else about the worth.
    public var nextSteps: [Message] {
        if let check = verdict.decidingCheck {
            return [NextStep.message(for: check, absent: verdict.absentLogs)]
        }
        guard let worth = verdict.worth else { return [Message(.nextCompareDocument)] }
        return WorthSteps(worth, names: verdict.worthNames).messages
    }
}

extension Verdict.Word {
    public var message: Message {
        switch self {
        case .authentic: Message(.wordAuthentic)
        case .worth(let word): .word(word)
        }
    }

}

extension Verdict {
    /// What its word means.
    public var meaning: Message {
        switch word {
        case .authentic where statement != nil: Message(.meaningAuthenticStatement)
        case .authentic: Message(.meaningAuthentic)
        case .worth(let word): .meaning(word)
        }
    }

    /// How the worth calls its ids.
    public var worthNames: WorthNames { WorthNames(names: names, places: places) }

    /// The worst check that did not pass, apart from that of the worth.
    public var decidingCheck: Check? {
        checks.filter { $0.outcome != .passed && $0.step != .worth }
            .max { $0.outcome.severity < $1.outcome.severity }
    }
}

extension Verdict.Source {
    /// Where it comes from and how old it is.
    public var message: Message {
        var arguments: [String: Message.Argument] = [
            "origin": .text(origin),
            "entries": .message(Message(.countEntries, ["count": .number(size)])),
        ]
        guard let quorumTime, let age else { return Message(.sourceUnwitnessed, arguments) }
        arguments["time"] = .time(quorumTime)
        arguments["age"] = .message(.age(age))
        return Message(.sourceWitnessed, arguments)
    }
}
