import Encoding
import Foundation
import TestSupport
import Testing

/// `concord import`: a spreadsheet becomes certificates, all of them or none.
@Suite struct SpreadsheetTests {
    let stage: AwardStage

    init() throws {
        stage = try AwardStage()
        try stage.run(
            0,
            [
                "template", "new", "ph.welder", "--node", stage.path("node"), "--out",
                stage.path("template.json"),
            ])
    }

    private static let heading = "Full name,Date of birth,Date of award,Student number\n"

    private static func row(_ number: Int) -> String {
        "Testina Exemplar \(number),1994-05-17,\(StatementStage.today),S-\(number)\n"
    }

    private func write(_ text: String, to name: String = "grads.csv") throws -> String {
        try Data(text.utf8).write(to: URL(filePath: stage.path(name)))
        return stage.path(name)
    }

    @discardableResult
    private func importing(
        _ code: Int32, _ file: String, _ options: [String],
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "import", file, "--template", stage.path("template.json"), "--node",
                stage.path("node"), "--key", stage.path("\(AwardStage.centre).key"),
            ] + options, at: place)
    }

    private func folder(_ name: String) throws -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: stage.path(name)))?.sorted() ?? []
    }

    @Test func issuesEveryRowAndOnlyOnce() throws {
        let file = try write(Self.heading + (1...70).map(Self.row).joined())
        let dry = try importing(0, file, ["--dry-run"])
        #expect(dry.text == "70 rows without fault\n")
        let size = try stage.size()
        let first = try importing(0, file, ["--out", stage.path("out"), "--no-paper"])
        // The first list, and one batch.
        #expect(try stage.size() == size + 2)
        #expect(
            first.text
                == "70 rows without fault\nissued 70 certificates in the batch at entry "
                + "\(size + 1)\nfiles in \(stage.path("out")); their record ids in "
                + "\(stage.path("out"))/records.txt\n")
        #expect(try folder("out").count == 71)
        for number in [1, 35, 70] {
            let verdict = try stage.run(
                0, ["verify", stage.path("out/\(number).json"), "--node", stage.path("node")])
            #expect(verdict.text.contains("Testina Exemplar \(number), born 1994"))
        }
        let again = try importing(0, file, ["--out", stage.path("again"), "--no-paper"])
        #expect(again.text.contains("was imported before; its batch is at entry \(size + 1)"))
        #expect(try stage.size() == size + 2)
        for name in try folder("out") {
            #expect(try stage.bytes("out/\(name)") == stage.bytes("again/\(name)"))
        }
    }

    /// Paper is issued in parts of its own, and what has it already gets no second one.
    @Test func issuesPaperBesideEveryRowAndOnlyOnce() throws {
        let rows = [1, 2, 3].map { "Testina Exemplar \($0),1994-05-17,\(StatementStage.today),\n" }
        let file = try write(Self.heading + rows.joined())
        let size = try stage.size()
        let first = try importing(0, file, ["--out", stage.path("out")])
        let key = stage.path("\(AwardStage.centre).key")
        #expect(
            first.text.hasSuffix(
                "their paper certificates are logged from entry \(size + 2); print them with: "
                    + "concord print --entry \(size + 1) --template \(stage.path("template.json")) "
                    + "--key \(key) --node \(stage.path("node")) --out DIR\n"))
        // The first list, the batch, and the batch of the paper.
        #expect(try stage.size() == size + 3)
        let again = try importing(0, file, ["--out", stage.path("again"), "--json"])
        #expect(try stage.size() == size + 3)
        let paper = try #require(
            try JSONValue(parsing: again.output).object?["paper"]?.object)
        #expect(paper["issued"] == 3)
        #expect(paper["entry"] == nil)
        let list = try stage.run(0, ["record", "list", "--node", stage.path("node")]).text
        #expect(list.split(separator: "\n").count { $0.hasSuffix(", paper") } == 3)
    }

    @Test func issuesNothingIfOneRowIsFaulty() throws {
        let size = try stage.size()
        let file = try write(
            Self.heading + (1...30).map(Self.row).joined() + "Testina,17/05/1994,,\n")
        let outcome = try importing(65, file, ["--out", stage.path("out")])
        #expect(
            outcome.text == """
                line 32, Date of birth: expected a date written YYYY-MM-DD [not-a-date]
                line 32, Date of award: expected a value, found none [empty]
                2 faults in 1 of 31 rows; nothing was issued

                """)
        #expect(try stage.size() == size)
        #expect(try folder("out").isEmpty)
    }

    @Test func showsSomeFaultsAndCountsAll() throws {
        let file = try write(Self.heading + (1...30).map { "T \($0),x,y,\n" }.joined())
        let outcome = try importing(65, file, ["--dry-run", "--show", "3"])
        let lines = outcome.text.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[3] == "and 57 more; --json shows all")
        #expect(lines[4] == "60 faults in 30 of 30 rows; nothing was issued")
        let json = try importing(65, file, ["--dry-run", "--json"])
        let object = try #require(
            try JSONValue(parsing: json.output, limits: JSONLimits(size: 1 << 20, depth: 8)).object)
        #expect(object["faults"]?.array?.count == 60)
        #expect(object["rows"]?.integer == 30)
        let fault = try #require(object["faults"]?.array?.first?.object)
        #expect(fault["line"]?.integer == 2)
        #expect(fault["column"]?.string == "Date of birth")
        #expect(fault["code"]?.string == "not-a-date")
    }

    @Test func readsWhatSpreadsheetProgramsWrite() throws {
        let rows = [
            "Testina Exemplar;1994-05-17;\(StatementStage.today);\"S;1\"",
            "\"José Ñandú\";1994-05-17;\(StatementStage.today);2", ";;;",
        ]
        let text =
            "\u{FEFF}Full name;Date of birth;Date of award;Student number\r\n"
            + rows.joined(separator: "\r\n")
        let file = try write(text)
        try importing(0, file, ["--out", stage.path("out")])
        let verdict = try stage.run(
            0, ["verify", stage.path("out/2.json"), "--node", stage.path("node")])
        #expect(verdict.text.contains("José Ñandú"))
        #expect(try folder("out") == ["1.json", "2.json", "records.txt"])
    }

    @Test func namesTheByteThatIsNotUTF8() throws {
        let path = stage.path("latin.csv")
        try Data(Array((Self.heading + "Jos").utf8) + [0xE9] + Array(",1994-05-17,x,\n".utf8))
            .write(to: URL(filePath: path))
        let outcome = try importing(65, path, ["--dry-run"])
        #expect(
            outcome.text.hasPrefix("line 2, Full name: expected UTF-8, found other bytes at byte 4")
        )
    }

    @Test func refusesTheSameAwardTwice() throws {
        let file = try write(Self.heading + Self.row(1) + Self.row(2) + Self.row(1).uppercased())
        let outcome = try importing(65, file, ["--dry-run"])
        #expect(
            outcome.text.hasPrefix(
                "line 4: the same person, qualification and day as line 2 [repeats-line]"))
    }

    /// A corrected file is another file: what was issued from the first is not issued again.
    @Test func refusesWhatTheBodyHasIssuedBefore() throws {
        let first = try write(Self.heading + Self.row(1) + Self.row(2))
        try importing(0, first, ["--out", stage.path("out")])
        let second = try write(Self.heading + Self.row(3) + Self.row(2), to: "second.csv")
        let outcome = try importing(65, second, ["--out", stage.path("second")])
        #expect(outcome.text.hasPrefix("line 3: this body has issued the same award"))
        let record = String(decoding: try stage.bytes("out/records.txt"), as: UTF8.self)
            .split(separator: "\n")[1].prefix(32)
        try stage.run(
            0,
            [
                "revoke", String(record), "--reason", "clerical error", "--node",
                stage.path("node"), "--key", stage.path("\(AwardStage.centre).key"),
            ])
        try importing(0, second, ["--out", stage.path("second")])
    }

    @Test func judgesEachRowOnItsOwnDay() throws {
        let file = try write(
            Self.heading + "T One,1980-05-17,2001-01-01,\nT Two,1980-05-17,2025-01-01,\n"
                + "T Three,1980-05-17,2199-01-01,\n")
        let codes = try importing(65, file, ["--dry-run"]).text.split(separator: "\n").prefix(3)
            .map { $0.split(separator: "[").last ?? "" }
        #expect(codes == ["awarded-outside-mandate]", "logged-late]", "awarded-after-logging]"])
    }

    @Test(arguments: [
        ("", "expected a heading"), ("Full name,Date of birth,Date of award\n", "found none"),
        ("PK\u{3}\u{4}rest", "expected a CSV file, found a workbook"),
    ])
    func refusesAFileWithoutRows(_ text: String, _ words: String) throws {
        let outcome = try importing(65, write(text), ["--dry-run"])
        #expect((outcome.text + outcome.complaint).contains(words), "\(outcome)")
    }

    @Test func namesTheNearestColumn() throws {
        let outcome = try importing(
            65, write("Full name,Date of brith,Date of award\n"), ["--dry-run"])
        #expect(
            outcome.text == """
                line 1, Date of brith: the template has no field for this column; is it "Date of \
                birth"? [unknown-column]
                line 1, Date of birth: expected a column of this name, found none; is it "Date of \
                brith"? [missing-column]
                the heading does not fit the template; nothing was issued

                """)
    }

    @Test func refusesABodyThatIsNoLongerAccredited() throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        let outcome = try importing(1, write(Self.heading + Self.row(1)), ["--dry-run"])
        #expect(outcome.complaint.contains("the accreditation or its key has ended"))
    }

    @Test func asksForAFolderBeforeAnythingIsIssued() throws {
        let file = try write(Self.heading + Self.row(1))
        try importing(64, file, [])
        try importing(0, file, ["--out", stage.path("out")])
        let size = try stage.size()
        let other = try write(Self.heading + Self.row(2), to: "other.csv")
        try importing(73, other, ["--out", stage.path("out")])
        #expect(try stage.size() == size)
    }

    /// Killed when some rows are recorded, twice, and given again: one batch, and each row once.
    @Test func goesOnWhereItWasInterrupted() throws {
        let count = 4_000
        let file = try write(Self.heading + (1...count).map(Self.row).joined())
        let size = try stage.size()
        for least in [1, 1_500] {
            let process = try ConcordProcess.prepared(
                [
                    "import", file, "--template", stage.path("template.json"), "--node",
                    stage.path("node"), "--key", stage.path("\(AwardStage.centre).key"), "--out",
                    stage.path("killed"),
                ], output: URL(filePath: stage.path("kill.out")),
                complaint: URL(filePath: stage.path("kill.err")))
            try ConcordProcess.start(process)
            while process.isRunning, try recorded() < least { continue }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(try (1..<count).contains(recorded()), "the second was interrupted half-way")
        #expect(try stage.size() == size)
        // A slow machine needs longer for the whole of it than for other commands.
        let last = try ConcordProcess.run(
            [
                "import", file, "--template", stage.path("template.json"), "--node",
                stage.path("node"), "--key", stage.path("\(AwardStage.centre).key"), "--out",
                stage.path("out"),
            ], seconds: 600)
        #expect(last.code == 0, "\(last.complaint)")
        // The list, the batch, and four of the paper, of at most 1,024 each.
        #expect(try stage.size() == size + 2 + 4)
        let list = try stage.run(0, ["record", "list", "--node", stage.path("node")]).text
        let lines = list.split(separator: "\n")
        #expect(lines.count == 2 * count)
        #expect(lines.count { $0.hasSuffix(", paper") } == count)
        #expect(!list.contains("in no batch"))
        for number in [1, count / 2, count] {
            let verdict = try stage.run(
                0, ["verify", stage.path("out/\(number).json"), "--node", stage.path("node")])
            #expect(verdict.text.contains("Testina Exemplar \(number), born"))
        }
    }

    private func recorded() throws -> Int {
        try ConcordProcess.run(["record", "list", "--node", stage.path("node")]).text
            .split(separator: "\n").count
    }
}
