import Encoding
import Foundation
import TestSupport
import Testing

/// From the wallet to the employer's verdict: what is asked, previewed, shown and missing.
@Suite(.serialized) struct PresentTests {
    private let stage: AwardStage
    private var wallet: String { stage.path("wallet") }
    private var here: [String] { ["--node", stage.path("node")] }

    init() throws {
        stage = try AwardStage()
        try stage.run(0, ["wallet", "create", "--wallet", wallet, "--unsealed", "--sample"])
        let awards = ["2020", "2020"].map { version -> JSONValue in
            [
                "name": "Testina Exemplar", "birth_year": 1999, "birthdate": "1999-05-17",
                "qualification": "ph.welder", "version": .string(version),
                "awarded": .string(StatementStage.today),
                "holder_key": .string("\(wallet)/holder.key"),
            ]
        }
        try write(.array(awards), to: "bound.json")
        try stage.issue(0, "bound.json", to: stage.path("bound"))
        try stage.run(
            0,
            [
                "wallet", "import", stage.path("bound/1.json"), stage.path("bound/2.json"),
                "--wallet", wallet,
            ])
        for name in ["employer", "agency"] {
            try stage.run(
                0,
                [
                    "key", "new", "verifier", "--name", name, "--out", stage.path("\(name).key"),
                    "--sample", "--unsealed",
                ])
        }
    }

    private func write(_ value: JSONValue, to name: String) throws {
        try Data(value.indented.utf8).write(to: URL(filePath: stage.path(name)))
    }

    private func ids() throws -> [String] {
        try stage.run(0, ["wallet", "list", "--wallet", wallet]).text
            .split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    }

    private func request(_ name: String, by key: String, _ options: [String] = []) throws {
        try stage.run(
            0,
            ["request", "--key", stage.path("\(key).key"), "--out", stage.path(name)] + options
                + here)
    }

    private func verdicts(_ code: Int32, _ name: String) throws -> [JSONObject] {
        let outcome = try stage.run(code, ["verify", stage.path(name), "--json"] + here)
        let value = try JSONValue(
            parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 12))
        return (value.array ?? [value]).compactMap(\.object)
    }

    private func reasons(_ verdict: JSONObject) -> [String] {
        (verdict["checks"]?.array ?? []).compactMap { $0.object?["reason"]?.string }
    }

    /// From one screen to the other: the request as a code, and the answer.
    @Test(arguments: ["png", "PNG"])
    func asksAndAnswersWithCodes(_ form: String) throws {
        try stage.run(
            0,
            ["request", "--key", stage.path("employer.key"), "--qr", stage.path("ask.\(form)")]
                + here)
        let certificate = try #require(try ids().first)
        let shown = try stage.run(
            0,
            [
                "present", certificate, "--wallet", wallet, "--request",
                stage.path("ask.\(form)"), "--yes", "--qr", stage.path("shown.\(form)"), "--out",
                stage.path("shown.json"),
            ])
        #expect(shown.output.isEmpty)
        let verdicts = try verdicts(0, "shown.\(form)")
        #expect(verdicts.first?["word"]?.string == "authentic")
        #expect(!reasons(try #require(verdicts.first)).contains("holder-not-shown"))
        // The same answer, spent.
        _ = try self.verdicts(2, "shown.json")
    }

    @Test func drawsCodesForOtherPrograms() throws {
        let certificate = stage.path("bound/1.json")
        try stage.run(0, ["present", certificate, "--yes", "--qr", stage.path("shown.svg")])
        let text = String(decoding: try stage.bytes("shown.svg"), as: UTF8.self)
        #expect(text.hasPrefix("<svg xmlns="))
        #expect(text.hasSuffix("</svg>\n"))
        try stage.run(64, ["present", certificate, "--yes", "--qr", stage.path("shown.gif")])
        try stage.run(64, ["request", "--key", stage.path("employer.key")] + here)
    }

    @Test func saysThatACodeHoldsNoMore() throws {
        // Names that no compressor makes shorter.
        var generator = SeededGenerator(seed: 64)
        let names = (0..<64).map { _ in
            String(
                (0..<100).compactMap { _ in
                    "abcdefghijklmnopqrstuvwxyz".randomElement(using: &generator)
                })
        }
        let refused = try stage.run(
            73,
            ["request", "--key", stage.path("employer.key"), "--qr", stage.path("shown.png")]
                + names.flatMap { ["--ask", $0] } + here)
        #expect(refused.complaint.contains("does not fit into a QR code: expected at most 4296"))
        #expect(!FileManager.default.fileExists(atPath: stage.path("shown.png")))
    }

    @Test func showsSeveralCertificatesOnceToTheOneWhoAsked() throws {
        try request("request.json", by: "employer", ["--ask", "birthdate"])
        let shown = try stage.run(
            0,
            ["present"] + ids() + [
                "--wallet", wallet, "--request", stage.path("request.json"), "--show-asked",
                "--out", stage.path("shown.json"),
            ])
        #expect(shown.output.isEmpty)
        #expect(shown.complaint.contains("unknown asker, key concord:"))
        #expect(shown.complaint.contains("certificate 2: ph.welder, 2020"))
        #expect(shown.complaint.contains("    date of birth: 1999-05-17\n"))
        let first = try verdicts(0, "shown.json")
        #expect(first.count == 2)
        for verdict in first {
            #expect(verdict["word"]?.string == "authentic")
            let requested = verdict["requested"]?.array?.first?.object
            #expect(requested?["claim"] == "birthdate")
            #expect(requested?["shown"] == .bool(true))
            #expect(requested?["value"] == "1999-05-17")
        }
        // The request is spent, also for a part of what was shown.
        for verdict in try verdicts(2, "shown.json") {
            #expect(reasons(verdict) == ["holder-not-shown"])
        }
    }

    @Test func namesWhatWasAskedForAndIsMissing() throws {
        try request("request.json", by: "employer", ["--ask", "birthdate", "--ask", "sex"])
        let shown = try stage.run(
            0,
            [
                "present", try ids()[0], "--wallet", wallet, "--request",
                stage.path("request.json"), "--show", "birthdate", "--out",
                stage.path("shown.json"),
            ])
        #expect(shown.complaint.contains("asked for, and not in this certificate: sex"))
        let verdict = try verdicts(2, "shown.json")[0]
        #expect(reasons(verdict) == ["asked-claims-missing"])
        let requested = verdict["requested"]?.array?.map { $0.object?["shown"] }
        #expect(requested == [.bool(true), .bool(false)])
    }

    @Test func writesNothingForAPreview() throws {
        let id = try ids()[0]
        let preview = try stage.run(
            0,
            [
                "present", id, "--wallet", wallet, "--preview", "--out",
                stage.path("nothing.json"), "--language", "fil",
            ])
        #expect(preview.text.contains("taon ng kapanganakan: 1999"))
        #expect(!FileManager.default.fileExists(atPath: stage.path("nothing.json")))
        #expect(preview.text.contains("mananatiling tago: petsa ng kapanganakan"))
    }

    @Test func namesTheAskerThatATrustedLogNames() throws {
        try request(
            "request.json", by: AwardStage.authority,
            ["--for", "PH", "--purpose", "employ", "--occupation", "7212"])
        let arguments = [
            "present", try ids()[0], "--wallet", wallet, "--request", stage.path("request.json"),
            "--preview",
        ]
        let known = try stage.run(0, arguments + here).text
        #expect(known.contains("asked by Sample Authority (ph.sample-authority), PH; its key"))
        #expect(known.contains("what it is wanted for: PH, "))
        #expect(known.contains("ISCO 7212"))
        // Without a log that is trusted, nobody has a name.
        #expect(try stage.run(0, arguments).text.contains("unknown asker, key concord:"))
    }

    @Test func travelsAsTextAndIsJudgedForTheQuestionOfTheRequest() throws {
        try request("request.json", by: "employer", ["--for", "PH", "--purpose", "employ"])
        let text = try stage.run(
            0,
            [
                "present", try ids()[0], "--wallet", wallet, "--request",
                stage.path("request.json"), "--text",
            ])
        #expect(text.text.hasPrefix("-----BEGIN CONCORD PRESENTATION-----\n"))
        try Data("Dear employer,\n\n\(text.text)\n".utf8)
            .write(to: URL(filePath: stage.path("mail.txt")))
        try Data(text.output).write(to: URL(filePath: stage.path("shown.txt")))
        let outcome = try ConcordProcess.run(
            ["verify", stage.path("shown.txt"), "--json"] + here)
        let verdict = try JSONValue(
            parsing: outcome.output, limits: JSONLimits(size: 4 << 20, depth: 12)
        ).object
        #expect(verdict?["question"]?.object?["destination"] == "PH")
        #expect(verdict?["question"]?.object?["purpose"] == "employ")
        #expect(reasons(verdict ?? [:]).filter { $0 != "not-decided" }.isEmpty)
    }

    @Test func refusesARequestOfSomebodyElse() throws {
        try request("request.json", by: "employer")
        var object = try #require(
            try JSONValue(parsing: stage.bytes("request.json")).object)
        let vkey = try stage.run(0, ["key", "show", stage.path("agency.key")]).text
            .split(separator: "\n").first { $0.hasPrefix("key") }?.dropFirst(3)
        object["key"] = .string(vkey.map { $0.trimmingCharacters(in: .whitespaces) } ?? "")
        try write(.object(object), to: "stolen.json")
        let refused = try stage.run(
            65,
            [
                "present", try ids()[0], "--wallet", wallet, "--request",
                stage.path("stolen.json"), "--out", stage.path("stolen-shown.json"),
            ])
        #expect(refused.complaint.contains("signed by the key whose fingerprint"))
        #expect(!FileManager.default.fileExists(atPath: stage.path("stolen-shown.json")))
    }

    @Test func refusesClaimsThatNoCertificateStates() throws {
        let refused = try stage.run(
            66, ["present", try ids()[0], "--wallet", wallet, "--show", "shoe_size"])
        #expect(refused.complaint.contains("expected the claim shoe_size"))
    }
}
