import Encoding
import Foundation
import Testing

/// What a certificate is worth and what rests on it, through the built binary.
@Suite(.serialized) struct WorthTests {
    private let stage: StatementStage

    init() throws {
        stage = try StatementStage()
        try stage.found()
    }

    /// Publishes an equivalence of the authority for its own country's welders.
    private func equivalence(
        _ code: Int32, effect: String = "right", target: JSONObject = ["occ": "7212"],
        differences: [JSONValue] = [], jurisdiction: String = "DE",
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        var act: JSONObject = [
            "jurisdiction": .string(jurisdiction), "purposes": ["visa-skill"],
            "target": .object(target), "entry": [["p": "award-qual", "in": ["de.welder"]]],
            "effect": .string(effect), "since": "2020-01-01",
        ]
        if !differences.isEmpty { act["differences"] = .array(differences) }
        var subjects: [JSONValue] = ["de.welder"]
        if let occupation = target["occ"]?.string { subjects.append(.string("isco:\(occupation)")) }
        if let qualification = target["qual"] { subjects.append(qualification) }
        return try publish(code, "equivalence", subjects, act, at: place)
    }

    private func publish(
        _ code: Int32, _ kind: String, _ subjects: [JSONValue], _ act: JSONObject,
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.write(
            [
                "kind": .string(kind), "by": .string(StatementStage.authority),
                "subjects": .array(subjects), "act": .object(act),
            ], to: "act.json")
        return try stage.run(
            code,
            [
                "publish", "file", stage.path("act.json"), "--node", stage.path("de"), "--key",
                stage.path("\(StatementStage.authority).key"),
            ], at: place)
    }

    private func worth(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> [JSONObject] {
        let outcome = try stage.run(
            code, ["worth"] + arguments + ["--node", stage.path("de"), "--json"], at: place)
        let value = try JSONValue(
            parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 16))
        return (value.array ?? []).compactMap(\.object)
    }

    private func words(_ rows: [JSONObject]) -> [String] {
        rows.map { row in
            let word = row["verdict"]?.object?["status"]?.string ?? "?"
            return "\(row["destination"]?.string ?? "?") \(row["purpose"]?.string ?? "?") \(word)"
        }
    }

    @Test func listsEverythingThatIsKnownAndWhomToAsk() throws {
        let award = stage.path("award/1.json")
        let open = ["practise", "study-access", "title", "visa-skill"]
        #expect(
            words(try worth(2, [award])) == (["employ"] + open).map { "DE \($0) undetermined" })
        let text = try stage.run(2, ["worth", award, "--node", stage.path("de")]).text
        #expect(text.contains("ask Sample Authority"))
        #expect(!text.lowercased().contains("not recognised"))

        _ = try equivalence(0, differences: ["U2"])
        _ = try publish(
            0, "regulation", ["isco:7212", "DE"],
            ["jurisdiction": "DE", "occupation": "7212", "regulated": false])
        // What somebody may decide stays beside what is known.
        let rows = try worth(0, [award])
        #expect(
            words(rows) == [
                "DE employ free", "DE visa-skill partial", "DE study-access undetermined",
                "DE title undetermined",
            ])
        let verdict = try stage.run(
            0,
            [
                "verify", award, "--for", "DE", "--purpose", "employ", "--node",
                stage.path("de"), "--json",
            ])
        let digest = try JSONValue(
            parsing: verdict.output, limits: JSONLimits(size: 4 << 20, depth: 12)
        ).object?["knowledge"]?.string
        #expect(rows.allSatisfy { $0["knowledge"]?.string == digest })
        #expect(
            try stage.run(0, ["worth", award, "--node", stage.path("de")]).text
                .contains("knowledge \(try #require(digest).prefix(16))"))
        #expect(words(try worth(0, ["de.welder@2020"])).count == 4)
        let gaps = try worth(0, [award, "--gap", "DE"])
        let gap = gaps.first { $0["purpose"] == "visa-skill" }
        #expect(gap?["missing"]?.array?.first?.object?["code"] == "U2")
        let arabic = try stage.run(
            0, ["worth", award, "--node", stage.path("de"), "--language", "ar"]
        ).text
        #expect(arabic.contains("Machine draft, not reviewed"))
    }

    @Test func namesWhoRegulatesAnOccupationThatOnlyAGroundNames() throws {
        _ = try equivalence(0, target: ["occ": "7213"])
        _ = try publish(
            0, "regulation", ["isco:7213", "DE"],
            [
                "jurisdiction": "DE", "occupation": "7213", "regulated": true,
                "authority": "de.sample-chamber",
            ])
        let rows = try worth(3, ["de.welder"])
        #expect(words(rows).first == "DE visa-skill conditional")
        #expect(rows.first?["ask"]?.array?.first == "de.sample-chamber")
    }

    @Test func refusesWhatItCannotAnswer() throws {
        let nothing = try stage.run(66, ["worth", "xx.nothing", "--node", stage.path("de")])
        #expect(nothing.complaint.contains("xx.nothing"))
        let elsewhere = try stage.run(
            66, ["worth", "de.welder", "--destination", "FR", "--node", stage.path("de")])
        #expect(elsewhere.complaint.contains("FR"))
        try stage.run(64, ["worth", "de.welder", "--gap", "Germany", "--node", stage.path("de")])
        let two = try stage.run(
            64,
            [
                "worth", "de.welder", "--gap", "DE", "--destination", "AU", "--node",
                stage.path("de"),
            ])
        #expect(two.complaint.contains("leave --destination out"))
        try stage.run(
            64,
            ["worth", "de.welder", "--gap", "DE", "--route", "DE", "--node", stage.path("de")])
    }

    @Test func onlyTheDestinationOpensARoute() throws {
        #expect(try worth(2, ["de.welder", "--route", "DE"]).isEmpty)
        _ = try publish(
            0, "instrument", ["in.sample.route", "isco:7212", "DE"],
            [
                "instrument": "in.sample.route", "names": ["en": "Sample route"], "type": "mra",
                "jurisdiction": "DE", "purposes": ["visa-skill"], "target": ["occ": "7212"],
                "entry": [["p": "registration", "in": ["NZ"], "occ": "7212"]],
                "effect": "right", "since": "2020-01-01",
            ])
        let routes = try worth(0, ["de.welder", "--route", "DE"])
        #expect(routes.first?["through"] == ["NZ"])
    }

    @Test func countsAFactThatTheHolderStates() throws {
        _ = try publish(
            0, "instrument", ["in.sample.fact", "isco:7212", "DE"],
            [
                "instrument": "in.sample.fact", "names": ["en": "Sample"], "type": "mra",
                "jurisdiction": "DE", "purposes": ["title"], "target": ["occ": "7212"],
                "entry": [["p": "nationality", "in": ["PH"]]], "effect": "right",
                "since": "2020-01-01",
            ])
        #expect(words(try worth(2, ["de.welder"])).contains("DE title undetermined"))
        #expect(
            words(try worth(0, ["de.welder", "--fact", "nationality=PH"])).first
                == "DE title granted")
        try stage.run(
            64, ["worth", "de.welder", "--fact", "nationality", "--node", stage.path("de")])
    }

    @Test func anActivityIsNotRegulatedAndFreeAtOnce() throws {
        func regulation(_ isRegulated: Bool, sector: String?, _ code: Int32) throws -> String {
            var act: JSONObject = [
                "jurisdiction": "DE", "occupation": "7212", "regulated": .bool(isRegulated),
            ]
            act["sector"] = sector.map(JSONValue.string)
            return try publish(code, "regulation", ["isco:7212", "DE"], act).complaint
        }
        _ = try regulation(true, sector: nil, 0)
        let refused = try regulation(false, sector: nil, 1)
        #expect(refused.contains("regulated breaks rule P6"))
        _ = try regulation(false, sector: "construction", 0)
    }

    @Test func aMisspeltFrameworkIsRefusedWithWhatThereIs() throws {
        _ = try publish(
            0, "framework", ["fw.de"],
            ["framework": "fw.de", "names": ["en": "German framework"], "levels": 8])
        let verify = [
            "verify", stage.path("award/1.json"), "--for", "DE", "--purpose", "level", "--node",
            stage.path("de"), "--framework",
        ]
        let refused = try stage.run(64, verify + ["fw.dee"])
        #expect(refused.complaint.contains("expected a framework out of fw.de, found fw.dee"))
        try stage.run(2, verify + ["fw.de"])
    }

    @Test func refusesToPublishWithTheRuleAndTheMember() throws {
        let outside = try equivalence(1, jurisdiction: "AT").complaint
        #expect(outside.contains("jurisdiction") && outside.contains("P1"))
        _ = try equivalence(0)
        let opposite = try equivalence(1, effect: "refuse", differences: ["U1"]).complaint
        #expect(opposite.contains("effect") && opposite.contains("P6"))
        let malformed = try publish(
            65, "instrument", ["in.x", "DE"], ["instrument": "in.x"])
        #expect(malformed.complaint.contains("names"))
        for (member, change) in [
            ("purposes[0]", ["purposes": ["visaskill"]]),
            ("entry[0]", ["entry": [["p": "experience", "min_months": -5]]]),
            ("act.entry[0].p", ["entry": [["p": "moon-phase"]]]),
        ] as [(String, JSONObject)] {
            var act: JSONObject = [
                "jurisdiction": "DE", "purposes": ["title"], "target": ["occ": "7212"],
                "entry": [], "effect": "advice", "since": "2020-01-01",
            ]
            for part in change.members { act[part.name] = part.value }
            let refused = try publish(65, "equivalence", ["isco:7212", "DE"], act).complaint
            #expect(refused.contains(member), "\(refused)")
        }
    }

    @Test func namesWhatRestsOnVoidedResults() throws {
        _ = try equivalence(0)
        let today = StatementStage.today
        let (_, folder) = try stage.issue(
            "decision",
            [
                "jurisdiction": "DE", "occupation": "7212", "decided": .string(today),
                "purposes": ["visa-skill"], "target": ["occ": "7212"], "result": "granted",
                "uses": [["body": .string(StatementStage.centre), "date": .string(today)]],
            ], by: StatementStage.authority)
        let published = try publish(
            0, "status-event", [.string(StatementStage.centre)],
            [
                "event": "void", "target": ["subject": .string(StatementStage.centre)],
                "reason": "sample: no confidence in any result",
            ]
        ).text
        let index = try #require(published.split(separator: " ").dropFirst().first)
        let affected = try stage.run(
            1, ["affected", String(index), "--log", "DE", "--node", stage.path("de")]
        ).text
        #expect(affected.contains("names de.welder"))
        #expect(affected.contains("it uses results of de.sample-centre, record "))
        #expect(affected.contains("nothing new may be built"))
        _ = try publish(
            0, "regulation", ["isco:7212", "DE"],
            ["jurisdiction": "DE", "occupation": "7212", "regulated": false])
        // The decision stands, with its warning; the award itself is void.
        let alone = try stage.run(
            0,
            [
                "verify", "\(folder)/1.json", "--for", "DE", "--purpose", "visa-skill",
                "--occupation", "7212", "--node", stage.path("de"), "--json",
            ]
        ).text
        #expect(alone.contains("premise-void:review"))
        try stage.run(1, ["verify", stage.path("award/1.json"), "--node", stage.path("de")])
        try stage.run(65, ["affected", "0", "--log", "DE", "--node", stage.path("de")])
        try stage.run(64, ["affected", "soon", "--node", stage.path("de")])
    }

    @Test func followsIdsAndDecisionsThatRestOnDecisions() throws {
        try stage.accredit("test:aptitude", on: "de")
        let test: JSONObject = ["kind": "test", "name": "aptitude", "date": "2026-01-01"]
        let evidence = try id(
            try stage.issue("evidence", test, by: StatementStage.centre).outcome)
        let elsewhere = try stage.issue(
            "evidence", test, by: StatementStage.centre, on: "forger")
        let first = try decision(on: evidence)
        let second = try decision(on: first)
        let third = try decision(on: try reference())
        let fourth = try decision(on: try id(elsewhere.outcome))
        let published = try publish(
            0, "status-event", [.string(StatementStage.centre)],
            [
                "event": "void", "target": ["subject": .string(StatementStage.centre)],
                "reason": "sample: no confidence in any result",
            ]
        ).text
        let index = try #require(published.split(separator: " ").dropFirst().first)
        let command = ["affected", String(index), "--log", "DE", "--node", stage.path("de")]

        let found = try affected(command)
        #expect(found.open == [fourth])
        #expect(Set(found.causes.keys) == [first, second, third])
        #expect(found.causes[first] == "document")
        #expect(found.causes[second] == "decision")
        #expect(found.causes[third] == "document")
        let all = try affected(command + ["--with", "\(elsewhere.folder)/1.json"])
        #expect(all.open.isEmpty)
        #expect(all.causes[fourth] == "document")

        let german = try stage.run(1, command + ["--language", "de"]).text
        #expect(german.contains("sie beruht auf der Entscheidung \(first)"))
        #expect(german.contains("Machine draft"))
    }

    private func id(_ outcome: ConcordProcess.Outcome) throws -> String {
        let line = try #require(
            outcome.text.split(separator: "\n").first { $0.contains("1.json") })
        return String(try #require(line.split(separator: " ").last))
    }

    private func decision(on id: String) throws -> String {
        let (outcome, _) = try stage.issue(
            "decision",
            [
                "jurisdiction": "DE", "occupation": "7212",
                "decided": .string(StatementStage.today), "purposes": ["title"],
                "target": ["occ": "7212"], "result": "granted", "basedOn": [.string(id)],
            ], by: StatementStage.authority)
        return try self.id(outcome)
    }

    /// How a decision names the award.
    private func reference() throws -> String {
        let verdict = try stage.verify(with: [])
        return try #require(verdict["subject"]?.object?["reference"]?.string)
    }

    private func affected(
        _ command: [String]
    ) throws -> (causes: [String: String], open: [String]) {
        let outcome = try stage.run(1, command + ["--json"])
        let found = try #require(try JSONValue(parsing: outcome.output).object)
        var causes: [String: String] = [:]
        for item in (found["decisions"]?.array ?? []).compactMap(\.object) {
            causes[item["id"]?.string ?? "?"] = item["cause"]?.string
        }
        return (causes, (found["open"]?.array ?? []).compactMap { $0.object?["id"]?.string })
    }
}
