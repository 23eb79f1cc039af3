import Encoding
import Foundation
import Testing

/// A certificate's way from the Philippines to Germany, through the processes that keep it.
@Suite(.serialized) struct CorridorTests {
    private let corridor: Corridor
    private var employer: [String] {
        ["--anchor", corridor.path("de.anchor.json"), "--data", corridor.path("employer")]
    }

    init() throws { corridor = try Corridor() }

    @Test(.timeLimit(.minutes(10))) func keepsItsWordFromIssueToRevocation() throws {
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try corridor.issue()
        try corridor.syncAll()
        try corridor.run(
            0,
            [
                "node", "anchor", "--node", corridor.path("de"), "--out",
                corridor.path("de.anchor.json"),
            ])
        try syncEmployer()
        try judgesUnboundCertificate()
        try judgesWithDocumentsOfThreeCountries()
        try judgesBoundCertificate()
        try refusesChangedCertificate()
        try judgesDossier()
        try DossierAnswers(corridor).areThoseOfTheNode()
        try answersForTheLog()
        try learnsOfRevocation()
        try servesTheSameAfterRestart()
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    private func syncEmployer() throws {
        try corridor.run(0, ["sync"] + employer + ["--from", try corridor.url("de")])
    }

    /// Verifies for Germany and compares the document for machines with the exit status.
    private func expect(
        _ word: String, _ code: Int32, _ reason: String? = nil, on file: String,
        purpose: [String] = ["employ"], data: [String]? = nil,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try corridor.run(
            code,
            ["verify", corridor.path(file), "--for", "DE", "--json", "--purpose"] + purpose
                + (data ?? employer), at: place)
        let verdict = try JSONValue(
            parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 12)
        ).object
        #expect(verdict?["version"]?.integer == 1, sourceLocation: place)
        #expect(verdict?["word"]?.string == word, sourceLocation: place)
        #expect(verdict?["exitCode"]?.integer == Int64(code), sourceLocation: place)
        let reasons = (verdict?["checks"]?.array ?? []).compactMap {
            $0.object?["reason"]?.string
        }
        if let reason {
            #expect(reasons.contains(reason), sourceLocation: place)
        } else if code == 0 || code == 3 {
            #expect(reasons.isEmpty, sourceLocation: place)
        }
    }

    private func judgesUnboundCertificate() throws {
        try expect("free", 0, on: "certificates/2.json")
        try expect(
            "partial", 3, on: "certificates/2.json",
            purpose: ["visa-skill", "--target-qualification", "de.anlagenmechaniker"])
    }

    /// A decision of Germany and evidence of New Zealand, beside the certificate of the
    /// Philippines.
    private func judgesWithDocumentsOfThreeCountries() throws {
        for (isBound, folder) in [(false, "decision"), (true, "bound-decision")] {
            try corridor.issueStatement(
                "decision",
                [
                    "jurisdiction": "DE", "decided": .string(StatementStage.today),
                    "purposes": ["employ"], "target": ["occ": "7212"], "result": "granted",
                ], by: "de.ihk-fosa", on: "de", isBound: isBound, to: folder)
        }
        try corridor.issueStatement(
            "evidence",
            [
                "kind": "experience", "occupation": "7212", "since": "2021-01-01",
                "until": "2023-12-31",
            ], by: "nz.nzqa", on: "nz", to: "evidence")
        try corridor.syncAll()
        try syncEmployer()
        let outcome = try corridor.run(
            0,
            [
                "verify", corridor.path("certificates/2.json"), "--with",
                corridor.path("decision/1.json"), "--with", corridor.path("evidence/1.json"),
                "--for", "DE", "--purpose", "employ",
            ] + employer)
        #expect(outcome.text.contains("1  authentic, used: decision"))
        #expect(outcome.text.contains("2  authentic, used: evidence"))
        for country in Corridor.countries {
            #expect(outcome.text.contains("sample.concord.example/\(country)/1, "))
        }
    }

    private func judgesBoundCertificate() throws {
        try expect("undetermined", 2, "holder-not-shown", on: "certificates/1.json")
        try corridor.makeKey("verifier", "asker")
        try corridor.run(
            0,
            [
                "request", "--key", corridor.path("asker.key"), "--data", corridor.path("employer"),
                "--out", corridor.path("request.json"),
            ])
        for (file, shown) in [
            ("certificates/1.json", "shown.json"), ("bound-decision/1.json", "decision.json"),
        ] {
            try corridor.run(
                0,
                [
                    "present", corridor.path(file), "--request", corridor.path("request.json"),
                    "--key", corridor.path("worker.key"), "--out", corridor.path(shown),
                ])
        }
        // Both answer one request, which counts once.
        let beside = ["employ", "--with", corridor.path("decision.json")]
        try expect("free", 0, on: "shown.json", purpose: beside)
        try expect("undetermined", 2, "holder-not-shown", on: "shown.json", purpose: beside)
        try expect("undetermined", 2, "holder-not-shown", on: "shown.json")
    }

    private func refusesChangedCertificate() throws {
        var file = try #require(
            try corridor.json(at: corridor.path("certificates/2.json")).object)
        var letters = Array(try #require(file["credential"]?.string).utf8)
        let dots = letters.indices.filter { letters[$0] == UInt8(ascii: ".") }
        // In the middle of the signature, so that what is left is still well-formed.
        let place = try #require(dots.dropFirst().first) + 20
        letters[place] = letters[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        file["credential"] = .string(String(decoding: letters, as: UTF8.self))
        try corridor.write(.object(file), to: corridor.path("changed.json"))
        try expect("invalid", 1, "signature", on: "changed.json")
    }

    private func judgesDossier() throws {
        try corridor.run(
            0,
            [
                "dossier", corridor.path("certificates/2.json"), "--for", "DE", "--purpose",
                "employ",
                "--node", corridor.path("de"), "--out", corridor.path("dossier.json"),
            ])
        let offline = [
            "--anchor", corridor.path("de.anchor.json"), "--data", corridor.path("nothing"),
        ]
        try expect("free", 0, on: "dossier.json", data: offline)
        let whole = try #require(try corridor.json(at: corridor.path("dossier.json")).object)
        let logs = try #require(whole["logs"]?.array)
        for index in logs.indices {
            var log = try #require(logs[index].object)
            var entries = try #require(log["entries"]?.array)
            guard !entries.isEmpty else { continue }
            entries.removeLast()
            log["entries"] = .array(entries)
            var cut = logs
            cut[index] = .object(log)
            var dossier = whole
            dossier["logs"] = .array(cut)
            try corridor.write(.object(dossier), to: corridor.path("cut.json"))
            try expect("undetermined", 2, on: "cut.json", data: offline)
        }
    }

    private func answersForTheLog() throws {
        for country in Corridor.countries {
            try corridor.run(0, ["log", "check", "--node", corridor.path(country)])
        }
        // What a node copied it judges too: all of an honest log counts, or was ended by itself.
        let copied = try corridor.run(
            0, ["log", "show", "--node", corridor.path("de"), "--country", "PH"])
        #expect(copied.text.contains("accreditation  by ph.tesda"))
        #expect(!copied.text.contains("no effect") && !copied.text.contains("advice at most"))
        let proof = try corridor.run(0, ["log", "prove", "3", "--node", corridor.path("ph")])
        #expect(proof.text.hasPrefix("c2sp.org/tlog-proof@v1\n"))
        let entry = try corridor.run(
            0,
            [
                "log", "show", "--node", corridor.path("ph"), "--kind", "accreditation", "--raw",
                "--last", "1",
            ])
        try Data(entry.output).write(to: URL(filePath: corridor.path("again.note")))
        let again = try corridor.run(
            1,
            [
                "publish", "entry", corridor.path("again.note"), "--node", corridor.path("ph"),
            ])
        #expect(again.complaint.contains("[duplicate]"))
    }

    private func learnsOfRevocation() throws {
        let records = try String(
            contentsOfFile: corridor.path("certificates/records.txt"), encoding: .utf8)
        let line = try #require(records.split(separator: "\n").last)
        try corridor.run(
            0,
            [
                "revoke", String(line.prefix { $0 != " " }), "--reason", "clerical error", "--node",
                corridor.path("ph"), "--key", corridor.path("\(Corridor.centre).key"),
            ])
        try expect("free", 0, on: "certificates/2.json")
        try corridor.syncAll()
        try syncEmployer()
        try expect("invalid", 1, "revoked", on: "certificates/2.json")
    }

    private func servesTheSameAfterRestart() throws {
        let before = try #require(corridor.nodes["ph"]).get("/heads")
        #expect(corridor.stop("ph") == 0)
        #expect(!FileManager.default.fileExists(atPath: corridor.path("ph/node.port")))
        try corridor.start("ph")
        #expect(try #require(corridor.nodes["ph"]).get("/heads") == before)
        #expect(!before.isEmpty)
    }
}
