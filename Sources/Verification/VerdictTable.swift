import Credentials
import Cryptography
import Encoding
import Recognition
import Registry

/// Verdicts as lines of a table, for a spreadsheet (RFC 4180, UTF-8).
///
/// `Protocol/verification.md § Table`. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe: names in it come from strangers.
public enum VerdictTable {
    static let columns = [
        "file", "part", "word", "exit_code", "check", "reason", "name", "birth_year", "kind",
        "qualification", "version", "issuer", "issuer_name", "country", "day", "valid_until",
        "destination", "purpose", "date", "conditions", "until", "missing", "asked", "knowledge",
    ]

    public static let header = line(columns)

    /// - Parameter part: which of the verdicts on the file it is, from 1.
    public static func line(_ verdict: Verdict, file: String, part: Int) -> String {
        var cells: [String: String] = [
            "file": file, "part": "\(part)", "word": verdict.word.text,
            "exit_code": "\(verdict.exitCode)", "asked": verdict.asked.description,
            "knowledge": verdict.knowledgeDigest.hexadecimal,
        ]
        if let check = verdict.decidingCheck ?? verdict.checks.first(where: \.isOpen) {
            cells["check"] = check.step.rawValue
            cells["reason"] = check.outcome.reason?.rawValue
        }
        if let subject = verdict.subject {
            cells["kind"] = "award"
            cells["name"] = subject.name
            cells["birth_year"] = subject.birthYear.map(String.init)
            cells["qualification"] = subject.qualification
            cells["version"] = subject.version
            cells["issuer"] = subject.body
            cells["issuer_name"] = subject.bodyName
            cells["country"] = subject.country
            cells["day"] = subject.awarded.description
            cells["valid_until"] = subject.validUntil?.description
        } else if let statement = verdict.statement {
            cells["kind"] = statement.kind
            cells["name"] = statement.name
            cells["birth_year"] = "\(statement.birthYear)"
            cells["issuer"] = statement.issuer
            cells["issuer_name"] = statement.issuerName
            cells["country"] = statement.country
            cells["day"] = statement.issued.description
        }
        cells["destination"] = verdict.question.destination
        cells["purpose"] = verdict.question.purpose?.rawValue
        cells["date"] = verdict.question.day?.description
        cells["conditions"] = verdict.worth?.conditions.map(\.tableText).joined(separator: "; ")
        cells["until"] = verdict.worth?.until?.description
        cells["missing"] = verdict.requested.filter { $0.value == nil }.map(\.path.text)
            .joined(separator: "; ")
        return line(columns.map { cells[$0] ?? "" })
    }

    /// A file on which there is no verdict, and why.
    public static func line(notJudged file: String, reason: String, code: Int32) -> String {
        let cells = ["file": file, "word": "not-judged", "exit_code": "\(code)", "reason": reason]
        return line(columns.map { cells[$0] ?? "" })
    }

    private static func line(_ cells: [String]) -> String {
        cells.map(quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ cell: String) -> String {
        var cell = cell
        if let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first) { cell = "'" + cell }
        guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}

extension Check {
    fileprivate var isOpen: Bool { outcome != .passed }
}

extension OpenCondition {
    /// Its id and by when it must be met.
    fileprivate var tableText: String {
        id + (deadline.map { " (by \($0))" } ?? "") + (stage == .after ? " afterwards" : "")
    }
}
