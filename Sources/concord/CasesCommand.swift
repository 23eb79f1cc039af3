import ArgumentParser
import Cases
import Encoding
import Language

/// `concord cases`: worked cases of recognition, and what a draft would change.
struct CasesCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "cases",
        abstract: "Run worked recognition cases; try a draft on them before it is signed.",
        discussion: """
            A file holds statements and cases; each case says what must come out.
              concord cases cases.json
            Which verdicts would change if a draft instrument or equivalence were in force:
              concord cases --with draft.json cases.json

            A draft is an act as `concord publish file` takes it, or a statement as case files
            write it. Exit codes: 0 all pass, 1 some do not (with --with: compared without the
            draft); 65 a file is not what it claims to be, and where.
            """)

    @Argument(help: "Files of cases; - for standard input.")
    var files: [String]

    @Option(help: "A draft to be tried beside the statements of every case. Can be repeated.")
    var with: [String] = []

    @Option(help: "Only the cases of these ids. Can be repeated.")
    var only: [String] = []

    @Flag(help: "Print an array for machines.")
    var json = false

    @OptionGroup var language: LanguageOptions

    func perform() async throws {
        let text = CasesText(language.catalogue)
        if !json { text.notices.forEach { Console.print($0) } }
        var drafts: DraftStatements?
        for path in with {
            let draft = try self.parsed(path) { bytes throws(CaseError) in
                try DraftStatements(parsing: bytes)
            }
            drafts = drafts.map { $0.union(draft) } ?? draft
        }
        let parsed = try files.map { path in
            (
                path,
                try self.parsed(path) { bytes throws(CaseError) in try CaseFile(parsing: bytes) }
            )
        }
        try requireCases(in: parsed.map(\.1))
        var outcomes: [CaseOutcome] = []
        var changes = 0
        for (path, file) in parsed {
            for member in file.ignoredMembers {
                Console.complain(text.ignored("\(path): \(member)"))
            }
            let wanted = file.cases.filter { only.isEmpty || only.contains($0.id) }
            for item in wanted {
                let outcome = CaseOutcome(
                    item, file.verdict(on: item),
                    withDraft: drafts.map { file.verdict(on: item, with: $0) })
                outcomes.append(outcome)
                if outcome.change != nil { changes += 1 }
                if !json { text.lines(outcome).forEach { Console.print($0) } }
            }
        }
        let failed = outcomes.count { !$0.isPassed }
        if json {
            Console.print(
                JSONValue.array(outcomes.map(\.document)).indented, terminator: "")
        } else {
            Console.print(text.sum(passed: outcomes.count - failed, failed: failed))
            if drafts != nil { Console.print(text.changes(changes)) }
        }
        if failed > 0 { throw ExitCode(ExitStatus.refusedByRule.rawValue) }
    }

    /// Every id of `--only` must be a case: one that is misspelt would quietly run none.
    private func requireCases(in files: [CaseFile]) throws {
        let known = Set(files.flatMap(\.cases).map(\.id))
        guard let missing = only.first(where: { !known.contains($0) }) else { return }
        throw CommandFailure(
            .usage,
            "expected a case \(missing) in \(self.files.joined(separator: " or ")), found none; "
                + "--only takes the ids of cases as the file has them")
    }

    /// Reads a file; what is wrong in it is told with its name.
    private func parsed<Value>(
        _ path: String, _ read: ([UInt8]) throws(CaseError) -> Value
    ) throws -> Value {
        let bytes = try InputFile.read(path, limit: CaseFile.limits.size)
        do throws(CaseError) {
            return try read(bytes)
        } catch {
            throw CommandFailure(.notWhatItClaims, "\(path): \(error)")
        }
    }
}
