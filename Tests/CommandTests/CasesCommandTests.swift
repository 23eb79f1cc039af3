import Encoding
import Foundation
import TestSupport
import Testing

/// Case files through the built binary.
@Suite struct CasesCommandTests {
    private static let own = "Protocol/Vectors/recognition/cases.json"

    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
        return folder.path(name)
    }

    private static let small = """
        {"fixtures":[{"t":"mandate","id":"m","authority":"a","jur":"DE","acts":["recognise"],
           "since":"2000-01-01","scope":["7212"]}],
         "cases":[{"id":"S1","title":"nothing known","uses":["m"],
           "query":{"dest":"DE","purpose":"employ","awards":[],"target":{"occ":"7212"},
             "date":"2026-11-01"},"expected":{"status":"WORD"}}]}
        """

    @Test func passesTheProjectsOwn() throws {
        let outcome = try ConcordProcess.run(["cases", Self.own])
        #expect(outcome.code == 0, "\(outcome.complaint)")
        #expect(outcome.text.contains(" passed, 0 failed"))
    }

    @Test func saysWhatDiffersAndExitsWithOne() throws {
        let file = try write(Self.small.replacing("WORD", with: "granted"), to: "small.json")
        let outcome = try ConcordProcess.run(["cases", file])
        #expect(outcome.code == 1)
        #expect(outcome.text.contains("status: expected granted, found undetermined"))
    }

    @Test func printsAnArrayForMachines() throws {
        let file = try write(Self.small.replacing("WORD", with: "undetermined"), to: "small.json")
        let outcome = try ConcordProcess.run(["cases", file, "--json"])
        #expect(outcome.code == 0)
        let items = try JSONValue(parsing: outcome.output).array
        let item = try #require(items?.first?.object)
        #expect(item["id"] == "S1")
        #expect(item["passed"] == true)
        let verdict = try #require(item["verdict"]?.object)
        for member in [
            "status", "grounds", "conditions", "missing", "level", "reason", "notes", "rules",
        ] {
            #expect(verdict[member] != nil, "\(member)")
        }
    }

    @Test func showsWhatADraftWouldChange() throws {
        let file = try write(Self.small.replacing("WORD", with: "undetermined"), to: "small.json")
        let draft = try write(
            """
            {"kind":"equivalence","by":"a","subjects":["isco:7212"],"act":{"jurisdiction":"DE",
             "purposes":["employ"],"target":{"occ":"7212"},"entry":[],"effect":"right",
             "since":"2026-01-01"}}
            """, to: "draft.json")
        let outcome = try ConcordProcess.run(["cases", "--with", draft, file])
        #expect(outcome.code == 0)
        #expect(outcome.text.contains("status: undetermined -> granted"))
        #expect(outcome.text.contains("verdicts that the draft changes: 1"))
    }

    /// The same in a language of the catalogue, with ids and codes as the file has them.
    @Test func speaksTheLanguageAskedFor() throws {
        let file = try write(Self.small.replacing("WORD", with: "granted"), to: "small.json")
        for (language, hint) in [
            ("de", "status: erwartet granted, gefunden undetermined"),
            ("sw", "status: ilitarajiwa granted, imepatikana undetermined"),
            ("en", "status: expected granted, found undetermined"),
        ] {
            let outcome = try ConcordProcess.run(["cases", file, "--language", language])
            #expect(outcome.code == 1)
            #expect(outcome.text.contains(hint), "\(outcome.text)")
            #expect(outcome.text.contains("S1"))
            #expect(outcome.text.contains("Machine draft") == (language != "en"))
        }
        #expect(try ConcordProcess.run(["cases", file, "--language", "xx"]).code == 64)
    }

    @Test func saysWhereAFileIsWrong() throws {
        let file = try write(
            Self.small.replacing("2000-01-01", with: "yesterday"), to: "small.json")
        let outcome = try ConcordProcess.run(["cases", file])
        #expect(outcome.code == 65)
        #expect(outcome.complaint.contains("fixtures[0]"))
        #expect(outcome.complaintLines.count == 1)
        let absent = try ConcordProcess.run(["cases", folder.path("nothing.json")])
        #expect(absent.code == 66)
    }

    @Test func refusesAnIdThatIsNoCase() throws {
        let file = try write(Self.small.replacing("WORD", with: "undetermined"), to: "small.json")
        #expect(try ConcordProcess.run(["cases", file, "--only", "S1"]).code == 0)
        let outcome = try ConcordProcess.run(["cases", file, "--only", "S1", "--only", "TYPO"])
        #expect(outcome.code == 64)
        #expect(outcome.complaint.contains("expected a case TYPO in "))
        #expect(outcome.text.isEmpty)
    }
}
