import Encoding
import Testing

/// Two nodes of which only one has added the other: its log waits for its witness.
@Suite struct OneWayPeerTests {
    @Test(.timeLimit(.minutes(5))) func saysThatTheWitnessHasNotAddedTheLog() throws {
        let corridor = try Corridor()
        let countries = ["ph", "de"]
        for country in countries { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.makeKey("body", Corridor.centre)
        try corridor.write(
            .array([
                .object([
                    "name": "Testina Exemplar", "birth_year": 1999, "qualification": "ph.smaw-nc2",
                    "version": "1", "awarded": .string(StatementStage.today),
                ])
            ]), to: corridor.path("awards.json"))
        try corridor.run(
            0,
            [
                "issue", corridor.path("awards.json"), "--offline", "--country", "PH", "--origin",
                "sample.concord.example/ph/1", "--key", corridor.path("\(Corridor.centre).key"),
                "--out", corridor.path("certificates"),
            ])
        let verify = [
            "verify", corridor.path("certificates/1.json"), "--node", corridor.path("ph"),
        ]

        let alone = try corridor.run(0, ["sync", "--node", corridor.path("ph")])
        #expect(alone.complaint.contains("does not know sample.concord.example/ph/1"))
        #expect(alone.complaint.contains("have it run concord peer add"))
        let before = try corridor.run(2, verify)
        #expect(before.text.contains("sample.concord.example/ph/1 is here"))
        #expect(before.text.contains("not yet seen by the 1 of 1 witnesses"))
        #expect(!before.text.contains("no copy"))

        try corridor.add("ph", to: "de")
        for country in ["de", "ph"] {
            try corridor.run(0, ["sync", "--node", corridor.path(country)])
        }
        let after = try corridor.run(2, verify)
        #expect(!after.text.contains("not yet seen"))
        #expect(after.text.contains("[ok] logs"))
        for country in countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }
}
