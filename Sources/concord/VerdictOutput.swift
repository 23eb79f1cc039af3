import Encoding
import Language
import Verification

/// Writes verdicts as they come: as reports, as lines, as a table, or as JSON.
struct VerdictOutput {
    enum Form { case report, lines, table, json }

    private let form: Form
    private let isMany: Bool
    private let catalogue: Catalogue
    private var count = 0
    private var words: [String: Int] = [:]

    init(_ form: Form, isMany: Bool, in catalogue: Catalogue) {
        self.form = form
        self.isMany = isMany
        self.catalogue = catalogue
        switch form {
        case .table: Console.print(VerdictTable.header, terminator: "")
        case .json: if isMany { Console.print("[") }
        case .lines: for notice in catalogue.notices { Console.print(notice) }
        case .report: break
        }
    }

    mutating func write(_ file: JudgedFile) {
        switch file.outcome {
        case .success(let verdicts) where form == .json && !isMany && verdicts.count > 1:
            // Several presentations in one file are an array too.
            Console.print(
                JSONValue.array(verdicts.map(\.document)).indented, terminator: "")
        case .success(let verdicts):
            for (index, verdict) in verdicts.enumerated() {
                write(verdict, file, part: index + 1, of: verdicts.count)
            }
        case .failure(let failure): write(failure, file.path)
        }
    }

    private mutating func write(_ verdict: Verdict, _ file: JudgedFile, part: Int, of parts: Int) {
        let path = file.path
        words[verdict.word.text, default: 0] += 1
        switch form {
        case .table:
            Console.print(VerdictTable.line(verdict, file: path, part: part), terminator: "")
        case .json: element(verdict.document, path)
        case .lines:
            let word = catalogue.text(of: verdict.word.message).uppercased()
            let reason = verdict.decidingReason.map { " [\($0)]" } ?? ""
            Console.print("\(word)\(reason)  \(path)\(parts > 1 ? ", \(part)" : "")")
        case .report:
            if count > 0 { Console.print("") }
            if isMany || parts > 1 { Console.print("== \(path)\(part > 1 ? ", \(part)" : "")") }
            Console.print(VerdictReport(verdict, in: catalogue).text, terminator: "")
            if file.isFromPaper {
                let note = Message(.paperRead, ["file": .text(path)])
                Console.print("  \(catalogue.text(of: note))")
            }
        }
        count += 1
    }

    private mutating func write(_ failure: CommandFailure, _ path: String) {
        words["not-judged", default: 0] += 1
        let code = failure.status.rawValue
        switch form {
        case .table:
            Console.print(
                VerdictTable.line(notJudged: path, reason: failure.description, code: code),
                terminator: "")
        case .json:
            element(
                [
                    "version": 1, "word": "not-judged", "exitCode": .integer(Int64(code)),
                    "error": .string(failure.description),
                ], path)
        case .lines, .report: Console.complain(failure.description)
        }
        count += 1
    }

    private func element(_ value: JSONValue, _ path: String) {
        guard isMany, case .object(var object) = value else {
            Console.print(value.indented, terminator: "")
            return
        }
        object["file"] = .string(path)
        if count > 0 { Console.print(",") }
        Console.print(
            String(decoding: JSONValue.object(object).serialized, as: UTF8.self), terminator: "")
    }

    /// What comes after the last: the end of the array, the sums of a folder.
    func finish() {
        switch form {
        case .json: if isMany { Console.print("\n]") }
        case .lines:
            let sums = words.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            Console.print("\(count) judged: \(sums.joined(separator: ", "))")
        case .report, .table: break
        }
    }
}

extension Verdict {
    fileprivate var decidingReason: String? {
        checks.filter { $0.outcome != .passed }
            .max { $0.outcome.severity < $1.outcome.severity }?.outcome.reason?.rawValue
    }
}
