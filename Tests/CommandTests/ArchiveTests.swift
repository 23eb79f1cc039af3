import Encoding
import Foundation
import Testing

/// Awards of the past, confirmed today from a register.
@Suite struct ArchiveTests {
    let stage: AwardStage

    init() throws {
        stage = try AwardStage()
        try stage.run(
            0,
            [
                "template", "new", "ph.welder", "--node", stage.path("node"), "--out",
                stage.path("draft.json"),
            ])
        var object = try #require(try JSONValue(parsing: stage.bytes("draft.json")).object)
        let page: JSONValue = [
            "column": "Register page", "claim": "archive", "type": "code", "required": true,
        ]
        object["fields"] = .array((object["fields"]?.array ?? []) + [page])
        try Data(JSONValue.object(object).indented.utf8)
            .write(to: URL(filePath: stage.path("archive.json")))
    }

    private func accredit(from day: String, until end: String? = nil, archive: Bool) throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        try stage.run(
            0,
            [
                "publish", "accredit", "--body", AwardStage.centre, "--name", "Sample Centre",
                "--of", stage.path("\(AwardStage.centre).key"), "--qualification", "ph.welder",
                "--from", day,
            ] + (end.map { ["--until", $0] } ?? []) + (archive ? ["--archive"] : [])
                + stage.byAuthority)
    }

    private func confirm(
        _ code: Int32, page: String = "register-1998-17",
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "issue", "--template", stage.path("archive.json"), "--field",
                "Full name=Testina Exemplar", "--field", "birthdate=1975-05-17", "--field",
                "Date of award=1998-11-02", "--field", "archive=\(page)", "--node",
                stage.path("node"), "--key", stage.path("\(AwardStage.centre).key"), "--out",
                stage.path("out"),
            ], at: place)
    }

    @Test func marksAnAwardOfThePastAsConfirmed() throws {
        try accredit(from: "1994-01-01", archive: true)
        let issued = try confirm(0)
        #expect(issued.text.hasPrefix("issued 1 certificate in the batch at entry "))
        let verdict = try stage.run(
            0, ["verify", stage.path("out/1.json"), "--node", stage.path("node")]
        ).text
        #expect(
            verdict.contains(
                "archive confirmation of an award of the past, register page register-1998-17"))
        #expect(verdict.contains("confirmed this award of 1998-11-02 from its archive"))
        let json = try stage.run(
            0,
            [
                "verify", stage.path("out/1.json"), "--node", stage.path("node"), "--json",
            ])
        #expect(json.text.contains("\"archive\": \"register-1998-17\""))
    }

    @Test func confirmsNothingWithoutAMandateForThatTime() throws {
        try accredit(from: "2005-01-01", archive: true)
        let refused = try confirm(1)
        #expect(
            refused.complaint.contains("its accreditation does not cover it on 1998-11-02"))
    }

    @Test func confirmsNothingWhereConfirmationsAreNotAllowed() throws {
        try accredit(from: "1994-01-01", archive: false)
        #expect(try confirm(1).complaint.contains("an accreditation that allows it"))
    }

    @Test func confirmsNothingAfterTheAccreditation() throws {
        try accredit(from: "1994-01-01", until: "2020-12-31", archive: true)
        #expect(try confirm(1).complaint.contains("runs today"))
    }

    @Test(arguments: [
        (["Date of award=2.11.1998"], "Date of award: expected a date written YYYY-MM-DD"),
        (["Dat of award=1998-11-02"], "is it \"Date of award\"?"),
        (["archive=Book 3, page 17"], "Register page: expected visible ASCII characters"),
        (["Full name=A", "Full name=B"], "Full name: expected each column once"),
    ])
    func namesFieldAndReason(_ fields: [String], _ words: String) throws {
        let refused = try stage.run(
            65,
            ["issue", "--template", stage.path("archive.json")]
                + fields.flatMap { ["--field", $0] }
                + [
                    "--node", stage.path("node"), "--key",
                    stage.path("\(AwardStage.centre).key"), "--out", stage.path("out"),
                ])
        #expect(refused.complaint.contains(words), "\(refused.complaint)")
    }
}
