import Encoding
import Foundation
import TestSupport
import Testing

/// An employer with many certificates: folders, tables, receipts, and what changes later.
@Suite(.serialized) struct EmployerTests {
    private let stage: AwardStage
    private var here: [String] { ["--node", stage.path("node")] }

    init() throws {
        stage = try AwardStage()
        try stage.issue(0, to: stage.path("issued"))
    }

    private func copy(_ names: [String: String]) throws {
        try FileManager.default.createDirectory(
            atPath: stage.path("folder"), withIntermediateDirectories: true)
        for (name, source) in names {
            try FileManager.default.copyItem(
                atPath: stage.path(source), toPath: stage.path("folder/\(name)"))
        }
    }

    /// The first certificate, with another person's name in it.
    private func forge() throws {
        var object = try #require(try JSONValue(parsing: stage.bytes("issued/1.json")).object)
        let text = try #require(object["credential"]?.string)
        var parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        var payload = try #require(
            try JSONValue(parsing: Base64.url.decode(parts[1]) ?? []).object)
        payload["version"] = "2021"
        parts[1] = Base64.url.encode(JSONValue.object(payload).serialized)
        object["credential"] = .string(parts.joined(separator: "."))
        try Data(JSONValue.object(object).indented.utf8)
            .write(to: URL(filePath: stage.path("folder/forged.json")))
    }

    @Test func judgesAFolderAndNamesWhatIsNoCertificate() throws {
        try copy(["a.json": "issued/1.json", "b.json": "issued/2.json"])
        let good = try stage.run(0, ["verify", stage.path("folder")] + here).text
        #expect(good.contains("AUTHENTIC  \(stage.path("folder"))/a.json\n"))
        #expect(good.hasSuffix("2 judged: 2 authentic\n"))

        try copy(["c.key": "\(AwardStage.centre).key", ".hidden": "issued/1.json"])
        let mixed = try stage.run(65, ["verify", stage.path("folder")] + here)
        #expect(mixed.text.hasSuffix("3 judged: 2 authentic, 1 not-judged\n"))
        #expect(mixed.complaint.contains("folder/c.key: not a credential"))

        try forge()
        let forged = try stage.run(1, ["verify", stage.path("folder"), "--csv"] + here).text
        let lines = forged.split(separator: "\r\n")
        #expect(lines.count == 5)
        #expect(lines[0].hasPrefix("file,part,word,exit_code,check,reason,name,birth_year,"))
        #expect(lines[1].contains("/a.json,1,authentic,0,,,Testina Exemplar,1999,award,"))
        #expect(lines[3].contains("/c.key,,not-judged,65,,"))
        #expect(lines[4].contains("/forged.json,1,invalid,1,credential,signature,"))

        let json = try stage.run(1, ["verify", stage.path("folder"), "--json"] + here)
        let array = try JSONValue(
            parsing: json.output, limits: JSONLimits(size: 1 << 22, depth: 12)
        ).array
        #expect(
            array?.map { $0.object?["word"]?.string } == [
                "authentic", "authentic", "not-judged", "invalid",
            ])
        #expect(array?.first?.object?["file"]?.string?.hasSuffix("/a.json") == true)
    }

    @Test func judgesSeveralFilesAndStandardInput() throws {
        let outcome = try stage.run(
            66,
            ["verify", stage.path("issued/1.json"), stage.path("none.json")] + here)
        #expect(outcome.text.hasPrefix("== \(stage.path("issued/1.json"))\n"))
        #expect(outcome.text.contains("\nAUTHENTIC: "))
        #expect(outcome.complaint.contains("none.json, found none"))
        try FileManager.default.createDirectory(
            atPath: stage.path("empty"), withIntermediateDirectories: true)
        try stage.run(66, ["verify", stage.path("empty")] + here)
        try stage.run(64, ["verify", "a", "--json", "--csv"] + here)
    }

    private func makeEmployer() throws {
        try stage.run(
            0,
            [
                "key", "new", "verifier", "--name", "employer", "--out",
                stage.path("employer.key"), "--sample", "--unsealed",
            ])
    }

    @Test func filesAReceiptThatOthersCanRecompute() throws {
        try makeEmployer()
        let certificate = stage.path("issued/1.json")
        let receipt = stage.path("c.receipt")
        let writing = [
            "verify", certificate, "--receipt", receipt, "--receipt-key",
            stage.path("employer.key"), "--for", "PH", "--purpose", "employ",
        ]
        _ = try ConcordProcess.run(writing + here)
        let text = String(decoding: try stage.bytes("c.receipt"), as: UTF8.self)
        for secret in ["Testina", "Exemplar", "1999", "ph.welder", AwardStage.centre] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(try stage.mode("c.receipt.salt") == 0o600)
        // A receipt is not written over.
        try stage.run(73, writing + here)

        let alone = try stage.run(0, ["receipt", "check", receipt]).text
        #expect(alone.contains("signed by  concord:"))
        let salted = ["--presentation", certificate, "--salt", "\(receipt).salt"]
        #expect(
            try stage.run(0, ["receipt", "check", receipt] + salted).text
                .contains("about      these presentations"))
        let again = try stage.run(0, ["receipt", "check", receipt] + salted + here).text
        #expect(again.contains("recomputed the same verdict"))
        try stage.run(
            1,
            [
                "receipt", "check", receipt, "--presentation", stage.path("issued/2.json"),
                "--salt", "\(receipt).salt",
            ])

        // What the log says later does not change what was known then.
        try revoke()
        #expect(
            try stage.run(0, ["receipt", "check", receipt] + salted + here).text
                .contains("recomputed the same verdict"))
        try stage.run(1, ["verify", certificate] + here)

        var changed = try stage.bytes("c.receipt")
        let place = try #require(text.range(of: "passed")).lowerBound
        changed[text.utf8.distance(from: text.startIndex, to: place)] = UInt8(ascii: "P")
        try Data(changed).write(to: URL(filePath: receipt))
        try stage.run(65, ["receipt", "check", receipt])
    }

    private func revoke() throws {
        let records = String(decoding: try stage.bytes("issued/records.txt"), as: UTF8.self)
        let line = try #require(records.split(separator: "\n").first)
        try stage.run(
            0,
            [
                "revoke", String(line.prefix { $0 != " " }), "--reason", "clerical error",
                "--key", stage.path("\(AwardStage.centre).key"),
            ] + here)
    }

    @Test(arguments: [
        ["--occupation", "7212"], ["--sector", "health"], ["--scheme", "ph.visa"],
        ["--target-qualification", "de.x"], ["--framework", "fw.de"], ["--fact", "refugee=true"],
        ["--purpose", "employ"], ["--date", "2026-01-01"],
        ["--for", "QQ"], ["--for", "de"], ["--for", "DE-"], ["--for", "DE-bayern"],
        ["--for", "DE", "--sector", ""], ["--for", "DE", "--occupation", "72x"],
        ["--for", "DE", "--scheme", "a b"], ["--for", "DE", "--fact", "Refugee=true"],
        ["--for", "DE", "--fact", "nationality=Philippines"], ["--for", "DE", "--fact", "x"],
    ])
    func refusesAMistypedQuestion(_ options: [String]) throws {
        for command in [["verify"], ["watch", "add"]] {
            let refused = try stage.run(
                64, command + [stage.path("issued/1.json")] + options + here)
            #expect(refused.output.isEmpty)
            #expect(
                refused.complaint.contains("expected") || refused.complaint.contains("--for"))
        }
    }

    @Test func watchesOneCertificateForSeveralQuestions() throws {
        let add = ["watch", "add", stage.path("issued/1.json"), "--for", "PH"] + here
        var ids: Set<String> = []
        let targets = [
            ["--occupation", "7212"], ["--occupation", "7213"], ["--date", "2027-03-01"],
        ]
        for target in targets {
            let added = try ConcordProcess.run(add + target)
            ids.insert(String(added.text.prefix { $0 != " " }))
            #expect(added.code == 0, "\(added.complaint)")
            try stage.run(73, add + target)
        }
        #expect(ids.count == 3)
    }

    @Test func tellsOfTheOthersWhereOneFileIsDamaged() throws {
        try stage.run(0, ["watch", "add", stage.path("issued/1.json")] + here)
        try Data("{".utf8).write(to: URL(filePath: stage.path("node/watch/00.json")))
        let quiet = try stage.run(65, ["watch", "check"] + here)
        #expect(quiet.complaint.contains("watch/00.json: "))
        #expect(try stage.run(65, ["watch", "list"] + here).text.contains("in order"))
        try revoke()
        let told = try stage.run(1, ["watch", "check"] + here)
        #expect(told.text.contains("now invalid"))
        #expect(told.complaint.contains("watch/00.json: "))
        try stage.run(0, ["watch", "remove", "00"] + here)
        try stage.run(0, ["watch", "check"] + here)
    }

    /// What was added while nothing was known is not in order.
    @Test func doesNotRestOnWhatWasAddedWithoutCopies() throws {
        try stage.run(0, ["node", "anchor", "--out", stage.path("anchor.json")] + here)
        let blind = ["--anchor", stage.path("anchor.json"), "--data", stage.path("copies")]
        try stage.run(0, ["watch", "add", stage.path("issued/1.json")] + blind)
        for _ in 0..<2 {
            let check = try stage.run(2, ["watch", "check"] + blind)
            #expect(check.complaint.contains("too old to tell"))
        }
    }

    @Test func isToldWhenSomethingChanges() throws {
        let added = try stage.run(
            0,
            [
                "watch", "add", stage.path("issued/1.json"), stage.path("issued/2.json"),
                "--note", "file 117",
            ] + here)
        let ids = added.text.split(separator: "\n").map { $0.prefix { $0 != " " } }
        #expect(ids.count == 2)
        #expect(try stage.run(0, ["watch", "check"] + here).text.isEmpty)
        try stage.run(73, ["watch", "add", stage.path("issued/1.json")] + here)

        try revoke()
        let kept = try stage.run(1, ["watch", "check", "--keep"] + here).text
        #expect(kept.contains("\(ids[0])  file 117  now invalid\n"))
        #expect(kept.contains("  status failed revoked, before: status passed\n"))
        let json = try stage.run(1, ["watch", "check", "--json"] + here)
        let changes = try JSONValue(parsing: json.output).array
        #expect(changes?.count == 1)
        #expect(changes?.first?.object?["word"]?.string == "invalid")
        // What was told is the new state.
        #expect(try stage.run(0, ["watch", "check"] + here).text.isEmpty)
        let list = try stage.run(0, ["watch", "list"] + here).text
        #expect(list.contains("status failed revoked  file 117"))
        #expect(list.contains("in order  file 117"))

        try stage.run(0, ["watch", "remove", String(ids[0])] + here)
        try stage.run(66, ["watch", "remove", String(ids[0])] + here)
        try stage.run(66, ["watch", "remove", "../node"] + here)
        #expect(
            try stage.run(0, ["watch", "list"] + here).text.split(separator: "\n").count == 1)
    }
}
