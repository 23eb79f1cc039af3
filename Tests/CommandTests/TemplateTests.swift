import Encoding
import Foundation
import Testing

/// `concord template`: drafts, and what the registry says against a template.
@Suite struct TemplateTests {
    let stage: AwardStage

    init() throws { stage = try AwardStage() }

    private func draft(_ change: (inout JSONObject) -> Void = { _ in }) throws -> String {
        let drafted = try stage.run(
            0, ["template", "new", "ph.welder", "--node", stage.path("node")])
        var object = try #require(try JSONValue(parsing: drafted.output).object)
        change(&object)
        try Data(JSONValue.object(object).indented.utf8)
            .write(to: URL(filePath: stage.path("template.json")))
        return stage.path("template.json")
    }

    private func check(
        _ code: Int32, _ template: String, _ options: [String] = []
    ) throws -> [String] {
        let whose =
            options.isEmpty ? ["--key", stage.path("\(AwardStage.centre).key")] : options
        return try stage.run(
            code, ["template", "check", template, "--node", stage.path("node")] + whose
        ).text.split(separator: "\n").map(String.init)
    }

    @Test func draftsATemplateThatPassesItsCheck() throws {
        let lines = try check(0, draft())
        #expect(
            lines == [
                "[ok] qualification: Welder, version 2020",
                "[ok] validity: the registered version does not expire; as the template says",
                "[ok] scope: Sample Centre may award it from 2015-01-01",
            ])
    }

    @Test func writesADraftAndOverwritesNone() throws {
        let arguments = [
            "template", "new", "ph.welder", "--node", stage.path("node"), "--out",
            stage.path("new.json"),
        ]
        try stage.run(0, arguments)
        try stage.run(73, arguments)
    }

    @Test func draftsNothingThatIsNotRegistered() throws {
        let outcome = try stage.run(
            1, ["template", "new", "ph.baker", "--node", stage.path("node")])
        #expect(outcome.complaint.contains("no version of it stands in this log"))
    }

    @Test func namesAVersionThatIsNotRegistered() throws {
        let lines = try check(1, draft { $0["qualificationVersion"] = "2013" })
        #expect(
            lines.first
                == "[no] qualification: expected a registered version of ph.welder, found 2013; "
                + "registered: 2020")
    }

    @Test func namesALevelThatIsNotTheRegisteredOne() throws {
        let lines = try check(1, draft { $0["level"] = "4" })
        #expect(lines[1] == "[no] level: expected the registered level (none), found 4")
    }

    @Test func namesACampusThatIsNotAccredited() throws {
        let lines = try check(1, draft { $0["site"] = "ph.campus-davao" })
        #expect(
            lines.last
                == "[no] site: expected the accredited site (no site), found ph.campus-davao")
    }

    @Test func namesABodyThatIsNotAccredited() throws {
        let lines = try check(1, draft(), ["--body", "ph.nobody"])
        #expect(lines.last == "[no] body: no accreditation of ph.nobody stands in this log")
        #expect(try check(0, draft(), ["--body", AwardStage.centre]).count == 3)
    }

    @Test func namesAKeyThatIsNotTheBodys() throws {
        try stage.run(
            0,
            [
                "key", "new", "body", "--name", AwardStage.centre, "--out", stage.path("k2"),
                "--sample", "--unsealed",
            ])
        let lines = try check(1, draft(), ["--key", stage.path("k2")])
        #expect(lines.last?.hasPrefix("[no] key: the accreditation names another key") == true)
    }

    @Test func namesAnAccreditationThatHasEnded() throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        let lines = try check(1, draft())
        #expect(lines.last == "[no] period: the accreditation or its key has ended")
    }

    @Test func namesConfirmationsThatAreNotAllowed() throws {
        let template = try draft { object in
            let page: JSONValue = [
                "column": "Register page", "claim": "archive", "type": "code", "required": true,
            ]
            object["fields"] = .array((object["fields"]?.array ?? []) + [page])
        }
        let lines = try check(1, template)
        #expect(
            lines.last
                == "[no] archive: the accreditation does not allow archive confirmations")
    }

    @Test func refusesAFileThatIsNoTemplate() throws {
        try Data("{\"type\":\"template\",\"version\":1}".utf8)
            .write(to: URL(filePath: stage.path("broken.json")))
        let outcome = try stage.run(
            65, ["template", "check", stage.path("broken.json"), "--node", stage.path("node")])
        #expect(outcome.complaint.contains("expected the member qualification, found none"))
    }
}
