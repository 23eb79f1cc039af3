import Encoding
import Foundation
import TestSupport
import Testing

/// What programs ask of a node that knows three countries.
@Suite(.serialized) struct QuestionStoryTests {
    private let corridor: Corridor

    init() throws { corridor = try Corridor() }

    @Test(.timeLimit(.minutes(10))) func answersPrograms() async throws {
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try publishDecisions()
        try corridor.issue()
        try corridor.syncAll()
        let url = try corridor.url("de")
        try await saysWhoMayAward(url)
        try await saysWhatIsRecognised(url)
        try await leavesTheLinesThatAreAskedFor(url)
        try await refusesWhatIsNoQuestion(url)
        try comparesLevelsThroughAFrameworkOfBoth()
        try await servesLogsWhileQuestionsFlood()
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    /// What is granted for a visa and what is refused for studies.
    private func publishDecisions() throws {
        var files: [String] = []
        for (purpose, effect) in [("visa-skill", "right"), ("study-access", "refuse")] {
            var act: JSONObject = [
                "jurisdiction": "DE", "purposes": [.string(purpose)], "target": ["occ": "7212"],
                "entry": [["p": "award-qual", "in": ["ph.smaw-nc2"]]],
                "effect": .string(effect), "since": "2020-01-01",
            ]
            if effect == "refuse" { act["differences"] = ["no general education"] }
            let path = corridor.path("\(purpose).json")
            try corridor.write(
                [
                    "kind": "equivalence", "by": "de.ihk-fosa",
                    "subjects": ["ph.smaw-nc2", "isco:7212"], "act": .object(act),
                ], to: path)
            files.append(path)
        }
        try corridor.run(
            0,
            ["publish", "file"] + files + [
                "--node", corridor.path("de"), "--key", corridor.path("de.ihk-fosa.key"),
            ])
    }

    /// Neither Germany nor New Zealand has a table of the other: both refer to the EQF.
    private func comparesLevelsThroughAFrameworkOfBoth() throws {
        let outcome = try corridor.run(
            0,
            [
                "worth", "de.anlagenmechaniker", "--destination", "NZ", "--node",
                corridor.path("de"), "--json",
            ])
        let rows = try JSONValue(parsing: outcome.output).array?.compactMap(\.object) ?? []
        let compared = rows.first { row in
            row["purpose"] == "level" && row["target"]?.object?["fw"] == "fw.nz"
        }
        #expect(compared?["verdict"]?.object?["level"] == ["3", "4"])
    }

    private func ask(_ url: String, _ body: JSONValue) async throws -> HTTPAnswer {
        try await HTTPAnswer(
            url, method: "POST", headers: ["Content-Type": "application/json"],
            body: body.serialized)
    }

    private func query(
        _ entity: String, _ authority: String, _ action: String, _ resource: String,
        _ context: JSONObject? = nil
    ) -> JSONValue {
        var object: JSONObject = [
            "entity_id": .string(entity), "authority_id": .string(authority),
            "action": .string(action), "resource": .string(resource),
        ]
        object["context"] = context.map(JSONValue.object)
        return .object(object)
    }

    /// What is asked is in the description, and so is the answer.
    private func answered(
        _ url: String, _ path: String, _ query: JSONValue, _ member: String, _ expected: Bool
    ) async throws {
        let answer = try await ask(url + path, query)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.headers["cache-control"] == "no-store")
        let object = try #require(try answer.json.object)
        #expect(object[member]?.bool == expected, "\(query)")
        for (name, value) in (query.object?.members ?? []).map({ ($0.name, $0.value) }) {
            #expect(object[name] == value, "\(name)")
        }
        #expect(object["message"]?.string?.isEmpty == false)
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        #expect(description.faults(of: try answer.json, at: path, method: "post") == [])
    }

    private func unanswered(
        _ url: String, _ path: String, _ query: JSONValue, _ reason: String
    ) async throws {
        let answer = try await ask(url + path, query)
        #expect(answer.status == 404, "\(query)")
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(try answer.json.object?["reason"]?.string == reason, "\(answer.text)")
    }

    private func saysWhoMayAward(_ url: String) async throws {
        let path = "/authorization"
        let known = query(Corridor.centre, "ph.tesda", "award", "ph.smaw-nc2")
        try await answered(url, path, known, "authorized", true)
        let time: JSONObject = ["time": "2014-06-01T12:00:00+08:00", "trace": [1]]
        let early = query(Corridor.centre, "ph.tesda", "award", "ph.smaw-nc2", time)
        try await answered(url, path, early, "authorized", false)
        let other = query(Corridor.centre, "ph.tesda", "award", "ph.smaw-nc1")
        try await answered(url, path, other, "authorized", false)
        for (query, reason) in [
            (query("ph.nobody", "ph.tesda", "award", "ph.smaw-nc2"), "awarding-body-unknown"),
            (query(Corridor.centre, "ph.nobody", "award", "ph.smaw-nc2"), "awarding-body-unknown"),
            (query(Corridor.centre, "ph.tesda", "award", "ph.none"), "qualification-unknown"),
            (query(Corridor.centre, "ph.tesda", "revoke", "ph.smaw-nc2"), "unknown-action"),
        ] { try await unanswered(url, path, query, reason) }
    }

    private func saysWhatIsRecognised(_ url: String) async throws {
        let path = "/recognition"
        let occupation: JSONObject = ["occupation": "7212"]
        for (authority, action, isSo) in [
            ("DE", "visa-skill", true), ("de.ihk-fosa", "visa-skill", true),
            ("DE", "study-access", false), ("de.ihk-fosa", "study-access", false),
        ] {
            let asked = query("PH", authority, action, "ph.smaw-nc2", occupation)
            try await answered(url, path, asked, "recognized", isSo)
        }
        let byAuthority = query("ph.tesda", "DE", "visa-skill", "ph.smaw-nc2", occupation)
        try await answered(url, path, byAuthority, "recognized", true)
        // Neither yes nor no, or nobody who is known.
        for (entity, authority, action, reason) in [
            ("PH", "DE", "employ", "free"), ("PH", "NZ", "title", "undetermined"),
            ("PH", "de.zab", "visa-skill", "granted"), ("NZ", "DE", "employ", "unknown-authority"),
            ("PH", "FR", "employ", "unknown-authority"), ("PH", "DE", "fly", "unknown-action"),
        ] {
            let asked = query(entity, authority, action, "ph.smaw-nc2", occupation)
            try await unanswered(url, path, asked, reason)
        }
        let half = try await ask(url + path, query("PH", "DE", "employ", "ph.smaw-nc2"))
        let detail = try half.json.object?["detail"]?.string ?? ""
        #expect(detail.contains("free"))
        #expect(detail.contains("/worth.json?qualification=ph.smaw-nc2"))
        try await unanswered(
            url, path, query("PH", "DE", "employ", "ph.none"), "qualification-unknown")
    }

    /// What a qualification is worth in one place, for one purpose.
    private func leavesTheLinesThatAreAskedFor(_ url: String) async throws {
        func rows(_ query: String) async throws -> [(place: String, purpose: String)] {
            let answer = try await HTTPAnswer(
                url + "/worth.json?qualification=ph.smaw-nc2" + query)
            #expect(answer.status == 200)
            return try (answer.json.object?["rows"]?.array ?? []).compactMap(\.object).map {
                ($0["destination"]?.string ?? "", $0["purpose"]?.string ?? "")
            }
        }
        let all = try await rows("")
        let there = try await rows("&destination=DE")
        #expect(!there.isEmpty && there.count < all.count)
        #expect(there.allSatisfy { $0.place.hasPrefix("DE") })
        let visa = try await rows("&destination=DE&purpose=visa-skill")
        #expect(!visa.isEmpty && visa.count < there.count)
        #expect(visa.allSatisfy { $0.purpose == "visa-skill" })
        #expect(try await rows("&destination=FR").isEmpty)
        for (query, status) in [
            ("qualification=ph.none", 404), ("qualification=ph.smaw-nc2&destination=nz", 422),
            ("qualification=ph.smaw-nc2&purpose=fun", 422),
        ] {
            let answer = try await HTTPAnswer(url + "/worth.json?" + query)
            #expect(answer.status == status)
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
    }

    /// What does not read is no other question.
    private func refusesWhatIsNoQuestion(_ url: String) async throws {
        let certificate = String(
            decoding: try Data(contentsOf: URL(filePath: corridor.path("certificates/2.json"))),
            as: UTF8.self)
        let asked: [(String, JSONObject)] = [
            ("target", ["destination": "DE", "target": "welder"]),
            ("target", ["destination": "DE", "target": ["job": "7212"]]),
            ("target.occ", ["destination": "DE", "target": ["occ": "welder"]]),
            ("target.occ", ["destination": "DE", "target": ["occ": 7212]]),
            ("destination", ["target": ["occ": "7212"]]), ("destination", ["purpose": "employ"]),
            ("destination", ["facts": ["nationality": "PH"]]), ("destination", ["destination": 1]),
            ("destination", ["destination": "DE-"]), ("destination", ["destination": "de"]),
            ("destination", ["destination": "DE-BAYERN"]),
            ("purpose", ["destination": "DE", "purpose": "fun"]),
            ("purpose", ["destination": "DE", "purpose": ["employ"]]),
            ("facts", ["destination": "DE", "facts": [1]]),
            ("facts", ["destination": "DE", "facts": ["nationalty": "PH"]]),
            ("facts.nationality", ["destination": "DE", "facts": ["nationality": "Filipino"]]),
            ("facts.nationality", ["destination": "DE", "facts": ["nationality": true]]),
            ("supporting", ["supporting": "abc"]), ("supporting[1]", ["supporting": ["{}", 1]]),
            ("supporting", ["supporting": .array(Array(repeating: "{}", count: 17))]),
            ("the top", ["x-supporting": []]),
        ]
        for (member, members) in asked {
            var question = members
            question["certificate"] = .string(certificate)
            let answer = try await ask(url + "/verify", .object(question))
            #expect(answer.status == 422, "\(members)")
            let detail = try answer.json.object?["detail"]?.string ?? ""
            #expect(detail.contains("expected"), "\(detail)")
            #expect(detail.contains(member), "\(detail)")
        }
        for value: JSONValue in [1, true, .null, ["a"]] {
            let answer = try await ask(url + "/verify", ["certificate": value])
            #expect(answer.status == 422)
        }
        let known: JSONObject = [
            "certificate": .string(certificate), "destination": "DE",
            "facts": ["nationality": ["PH", "NZ"]],
        ]
        #expect(try await ask(url + "/verify", .object(known)).status == 200)
        let whole = query("PH", "DE", "employ", "ph.smaw-nc2")
        for (name, value): (String, JSONValue) in [
            ("entity_id", 1), ("resource", ""), ("more", "x"), ("context", "x"),
            ("context", ["time": "yesterday"]), ("context", ["time": 1]),
            ("context", ["time": "2999-01-01T00:00:00Z"]),
        ] {
            var object = whole.object ?? JSONObject()
            object[name] = value
            for path in ["/authorization", "/recognition"] {
                let answer = try await ask(url + path, .object(object))
                #expect(answer.status == 422, "\(path) \(name)")
            }
        }
        let form = HTTPAnswer.form(
            [("destination", ""), ("purpose", "employ"), ("occupation", "7212")],
            file: Array(certificate.utf8))
        let page = try await HTTPAnswer(
            url + "/check", method: "POST",
            headers: ["Content-Type": form.contentType, "Accept": "text/html"], body: form.body)
        #expect(page.status == 422)
    }

    /// More questions at once than there is room for: those beyond it are told so, the others are
    /// answered, and the logs are served before the last of them.
    private func servesLogsWhileQuestionsFlood() async throws {
        let certificate = String(
            decoding: try Data(contentsOf: URL(filePath: corridor.path("certificates/2.json"))),
            as: UTF8.self)
        let body = JSONValue.object([
            "certificate": .string(certificate), "destination": "DE", "purpose": "employ",
        ]).serialized
        let port = try #require(corridor.nodes["de"]).port
        let flood = try (0..<400).map { _ in try ClientSocket(port: port) }
        let head =
            "POST /verify HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
            + "content-length: \(body.count)\r\n\r\n"
        for client in flood { client.send(Array(head.utf8) + body) }
        // Asked after all of them, on a connection of its own.
        let log = try ClientSocket(port: port)
        log.send("GET /heads HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        #expect(try #require(log.answer()).status == 200)
        let waiting = flood.count { !$0.hasAnswer }
        #expect(waiting > 0, "the logs were asked behind all questions")
        let answers = flood.map { String(decoding: $0.receive(seconds: 60), as: UTF8.self) }
        let answered = answers.filter { $0.hasPrefix("HTTP/1.1 200 ") }
        let refused = answers.filter { $0.hasPrefix("HTTP/1.1 503 ") }
        #expect(answered.count + refused.count == flood.count)
        #expect(answered.count > 128)
        #expect(refused.count > 0)
        for refusal in refused {
            #expect(refusal.lowercased().contains("retry-after: "))
            #expect(refusal.lowercased().contains("application/problem+json"))
            #expect(refusal.contains("problem.busy"))
        }
    }
}
