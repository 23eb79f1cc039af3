import Encoding
import Foundation
import Testing

/// Documents beside a certificate, through the built binary.
@Suite(.serialized) struct StatementTests {
    private let stage: StatementStage

    init() throws {
        stage = try StatementStage()
        try stage.found()
    }

    private static var decision: JSONObject {
        [
            "jurisdiction": "DE", "occupation": "7212",
            "decided": .string(StatementStage.today), "purposes": ["employ"],
            "target": ["occ": "7212"], "result": "granted",
        ]
    }
    private static let test: JSONObject = [
        "kind": "test", "name": "aptitude", "date": "2026-01-01",
    ]

    private func supporting(_ verdict: JSONObject) -> [String] {
        (verdict["supporting"]?.array ?? []).compactMap(\.object).map { document in
            let use = document["used"]?.bool == true ? "used" : "ignored"
            return [
                document["kind"]?.string, document["word"]?.string, use,
                document["reason"]?.string,
            ].compactMap { $0 }.joined(separator: " ")
        }
    }

    @Test func listsADecisionUntilItIsRevoked() throws {
        let (outcome, folder) = try stage.issue(
            "decision", Self.decision, by: StatementStage.authority)
        #expect(outcome.text.contains("issued 1 statement in the batch at entry"))
        let file = "\(folder)/1.json"
        let verdict = try stage.verify(with: [file])
        #expect(verdict["word"] == "authentic")
        #expect(supporting(verdict) == ["decision authentic used"])
        let id = try #require(verdict["supporting"]?.array?.first?.object?["id"]?.string)
        #expect(outcome.text.contains("1.json  decision \(id)"))
        let text = try stage.run(
            0, ["verify", stage.path("award/1.json"), "--with", file, "--node", stage.path("de")]
        ).text
        #expect(text.contains("1  authentic, used: decision, \(id), Sample Authority, DE, "))

        let record = try String(contentsOfFile: "\(folder)/records.txt", encoding: .utf8)
            .prefix { $0 != " " }
        try stage.run(
            0,
            [
                "revoke", String(record), "--reason", "clerical error", "--node",
                stage.path("de"), "--key", stage.path("\(StatementStage.authority).key"),
            ])
        #expect(supporting(try stage.verify(with: [file])) == ["decision invalid ignored revoked"])
        let alone = try stage.run(1, ["verify", file, "--node", stage.path("de"), "--json"])
        #expect(alone.text.contains("\"revoked\""))
    }

    @Test func issuesAndUsesEvidenceByAnAccreditedBodyAlone() throws {
        let refused = try stage.issue(
            "evidence", Self.test, by: StatementStage.centre, expecting: 1)
        #expect(refused.outcome.complaint.contains("no accreditation for test:aptitude"))

        // The same body with the same key on a node where it is accredited for the test: the
        // log that the verifier trusts knows nothing of that.
        let forged = try stage.issue(
            "evidence", Self.test, by: StatementStage.centre, on: "forger")
        #expect(
            supporting(try stage.verify(with: ["\(forged.folder)/1.json"]))
                == ["evidence invalid ignored awarded-outside-mandate"])

        try stage.accredit("test:aptitude", on: "de")
        let good = try stage.issue("evidence", Self.test, by: StatementStage.centre)
        #expect(
            supporting(
                try stage.verify(with: [
                    "\(good.folder)/1.json", "\(forged.folder)/1.json",
                ])) == [
                    "evidence authentic used",
                    "evidence undetermined ignored batch-not-held",
                ])
    }

    @Test func joinsNamesByALinkAlone() throws {
        let former = try stage.issue("decision", Self.decision, by: StatementStage.authority) {
            $0["name"] = "Testina Formername"
        }
        let link = try stage.issue(
            "link", ["basis": "marriage certificate"], by: StatementStage.authority
        ) { $0["former_name"] = "Testina Formername" }
        let files = [former, link].map { "\($0.folder)/1.json" }
        #expect(
            supporting(try stage.verify(with: [files[0]]))
                == ["decision undetermined ignored identity"])
        #expect(
            supporting(try stage.verify(with: files))
                == ["decision authentic used", "link authentic used"])
    }

    @Test func refusesToIssueWhatIsNoStatement() throws {
        let issuer = StatementStage.authority
        for (change, hint) in [
            ({ $0["statement"] = .object(["result": "granted"]) }, "statement.jurisdiction"),
            ({ $0["kind"] = "rumour" }, "kind"), ({ $0["name"] = nil }, "name"),
            ({ $0["statement"] = nil }, "statement"),
            (
                {
                    $0["kind"] = "link"
                    $0["statement"] = ["basis": "marriage certificate"]
                }, "former_name"
            ),
        ] as [((inout JSONObject) -> Void, String)] {
            let outcome = try stage.issue(
                "decision", Self.decision, by: issuer, expecting: 65, change: change
            ).outcome
            #expect(outcome.complaint.contains(hint))
        }
    }
}
