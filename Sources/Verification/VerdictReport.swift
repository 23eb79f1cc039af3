import Cryptography
import Encoding
import Recognition
import Registry

/// A verdict in plain sentences, for a terminal.
///
/// Nothing in it is coloured or marked before the verdict is final; the word stands in
/// letters, never in colour alone.
public struct VerdictReport: Sendable {
    private let verdict: Verdict

    public init(_ verdict: Verdict) { self.verdict = verdict }

    public var text: String {
        var lines: [String] = []
        if verdict.isSample {
            lines.append("SAMPLE NETWORK: proves nothing about real people or bodies.")
        }
        lines.append("\(verdict.word.text.uppercased()): \(sentence)")
        lines += subjectLines
        lines += ["", "checks"]
        lines += verdict.checks.map { check in
            "  \(mark(check.outcome)) \(pad(check.step.rawValue, 11))\(check.detail)"
                + (check.outcome.reason.map { " [\($0.rawValue)]" } ?? "")
        }
        lines += SupportingReport(verdict.supporting).lines
        lines += worthLines
        lines += ["", "sources"]
        lines += verdict.sources.map { source in
            let seen =
                source.quorumTime.map { "seen by its witnesses \($0), " } ?? "unwitnessed, "
            return "  \(source.country)  \(source.origin), \(source.size) entries, \(seen)"
                + "\(source.age.map(Age.text) ?? "age unknown") old"
        }
        lines.append("  knowledge \(verdict.knowledgeDigest.hexadecimal.prefix(16))")
        lines += ["", "next"] + nextSteps.map { "  \($0)" }
        return lines.joined(separator: "\n") + "\n"
    }

    private var sentence: String {
        switch verdict.word {
        case .authentic where verdict.statement != nil:
            "genuine, issued by one that was allowed to, and still holding"
        case .authentic:
            "genuine, awarded by a body that was allowed to, and still holding"
        case .worth(let word):
            word.meaning
        }
    }

    private var subjectLines: [String] {
        if let statement = verdict.statement { return lines(of: statement) }
        guard let subject = verdict.subject else { return [] }
        var lines = [""]
        let title = subject.qualificationTitle ?? "a qualification not known here"
        lines.append("  certificate  \(title)")
        lines.append("               \(subject.qualification), \(subject.version)")
        lines.append(
            "  awarded      \(subject.awarded) by \(subject.bodyName ?? subject.body), "
                + subject.country)
        if let until = subject.validUntil {
            lines.append("  current      until \(until)" + (isLapsed ? " (lapsed)" : ""))
        }
        if subject.isArchiveConfirmation {
            lines.append("  kind         archive confirmation of an award of the past")
        }
        lines.append(
            "  holder       \(subject.name ?? "not shown"), born "
                + "\(subject.birthYear.map(String.init) ?? "not shown")")
        return lines + askedLines
    }

    private func lines(of subject: Verdict.StatementSubject) -> [String] {
        let former = subject.formerName.map { ", formerly \($0)" } ?? ""
        return [
            "", "  statement    \(subject.kind) \(subject.id)",
            "  issued       \(subject.issued) by \(subject.issuerName ?? subject.issuer), "
                + subject.country,
            "  holder       \(subject.name)\(former), born \(subject.birthYear)",
        ] + askedLines
    }

    private var askedLines: [String] {
        guard let destination = verdict.question.destination,
            let purpose = verdict.question.purpose
        else { return [] }
        return ["  asked        \(destination), \(purpose.rawValue), \(verdict.asked)"]
    }

    private var isLapsed: Bool {
        verdict.subject?.validUntil.map { $0 < verdict.asked.day } ?? false
    }

    private var worthLines: [String] {
        guard let worth = verdict.worth else { return [] }
        var lines = ["", "worth"]
        for ground in worth.grounds {
            let author = ground.author.map { verdict.names[$0] ?? $0 } ?? ground.kind.rawValue
            let since = ground.since.map { ", since \($0)" } ?? ""
            let until = ground.until.map { ", until \($0)" } ?? ""
            lines.append(
                "  decided by   \(author)"
                    + (verdict.places[ground.id].map { ", entry \($0.index) of \($0.origin)" } ?? "")
                    + since + until)
            if let basis = ground.basis { lines.append("  basis        \(basis)") }
        }
        lines += list("covers", worth.scope)
        lines += list("missing", worth.missing)
        lines += list("conditions", worth.conditions.map { condition($0.id) })
        lines += list("notes", worth.notes.map { note($0.code) })
        if let reason = worth.reason { lines.append("  reason       \(reason.code)") }
        lines.append("  rules        \(worth.rules.map(\.rawValue).joined(separator: " "))")
        return lines
    }

    private func list(_ name: String, _ items: [String]) -> [String] {
        items.enumerated().map { index, item in
            "  \(pad(index == 0 ? name : "", 13))\(item)"
        }
    }

    private func condition(_ id: String) -> String {
        id.hasPrefix("renew:")
            ? "the award has lapsed and must be renewed (\(id.dropFirst(6)))"
            : id == "good-standing"
                ? "registration or good standing at home must be shown, no older than 24 h" : id
    }

    private func note(_ code: String) -> String {
        switch code {
        case "employer-judges":
            "the employer judges; the comparison of levels is advice"
        case "not-searched":
            "individual refusals, alerts and later decisions were not searched; ask "
                + (verdict.worth?.ask.first.map { verdict.names[$0] ?? $0 } ?? "the authority")
        case let code where code.hasPrefix("lapsed:"):
            "its validity has ended: it still proves learning, not current competence"
        case "defective-refusal:no-reasons":
            "the refusal states no differences; it binds until it is annulled, and can be appealed"
        default: code
        }
    }

    /// What to do now, from the first check that did not pass.
    public var nextSteps: [String] {
        let open = verdict.checks.filter { $0.outcome != .passed && $0.step != .worth }
        if let check = open.max(by: { $0.outcome.severity < $1.outcome.severity }) {
            return [NextStep.text(for: check)]
        }
        guard let worth = verdict.worth else { return ["compare name and year of birth"] }
        let ask = worth.ask.map { verdict.names[$0] ?? $0 }.joined(separator: ", ")
        switch worth.word {
        case .granted, .provisional, .free:
            return ["compare name and year of birth with an identity document"]
        case .partial:
            return ["ask \(ask) how the missing parts can be done, and apply there"]
        case .undetermined where !ask.isEmpty:
            return ["no decision is known here; ask \(ask)"]
        case .undetermined:
            return ["no decision is known here; ask the destination's contact point"]
        default: return [ask.isEmpty ? "read the conditions above" : "ask \(ask)"]
        }
    }

    private func mark(_ outcome: Check.Outcome) -> String {
        switch outcome {
        case .passed: "[ok]"
        case .undetermined: "[??]"
        case .failed: "[NO]"
        }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
