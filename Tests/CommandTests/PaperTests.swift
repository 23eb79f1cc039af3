import Credentials
import Encoding
import Foundation
import TestSupport
import Testing

/// `concord print`, and `concord verify` of what was printed.
@Suite(.serialized) struct PaperTests {
    private let paper: PaperStage
    private var stage: AwardStage { paper.stage }

    init() throws { paper = try PaperStage() }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: stage.path(name)))
    }

    @Test func printsAndVerifiesWhatItPrinted() throws {
        try paper.print(["--all"])
        let page = "paper/\(paper.ids[0]).pdf"
        #expect(try stage.mode(page) == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.path("paper")).count == 2)
        try paper.print([paper.ids[0]], to: "again")
        #expect(try stage.bytes(page) == stage.bytes("again/\(paper.ids[0]).pdf"))
        try paper.photograph(page, "-png", to: "photo")
        try paper.photograph(page, "-jpeg", to: "photo")
        for file in [page, "photo.png", "photo.jpg"] {
            let outcome = try paper.verify(0, file)
            #expect(outcome.text.contains("AUTHENTIC: "), "\(file)")
            #expect(outcome.text.contains("Testina Exemplar, born 1999"))
            #expect(outcome.text.contains("nothing here proves who holds it; compare name"))
            #expect(outcome.text.contains("what is printed around it proves nothing"))
        }
        // The code as text, as a telephone's own reader gives it.
        try write(Array(paper.code(in: page).utf8) + [0x0A], to: "code.txt")
        try paper.verify(0, "code.txt")
        let document = try JSONValue(parsing: paper.verify(0, page, ["--json"]).output)
        #expect(document.object?["subject"]?.object?["name"]?.string == "Testina Exemplar")
    }

    /// Whoever has a picture of a paper has a certificate, in every command that takes one.
    @Test func takesAPictureWhereACertificateIsTaken() throws {
        try paper.print(["--all"])
        let page = stage.path("paper/\(paper.ids[0]).pdf")
        try paper.photograph("paper/\(paper.ids[0]).pdf", "-jpeg", to: "photo")
        let photo = stage.path("photo.jpg")
        try stage.run(0, ["watch", "add", photo] + paper.node)
        try stage.run(0, ["watch", "check"] + paper.node)
        try stage.run(
            0, ["wallet", "create", "--wallet", stage.path("wallet"), "--unsealed", "--sample"])
        try stage.run(0, ["wallet", "import", photo, "--wallet", stage.path("wallet")])
        let again = try stage.run(
            0, ["wallet", "import", page, "--wallet", stage.path("wallet")])
        #expect(again.text.contains("here already"))
        try stage.run(
            0,
            [
                "key", "new", "verifier", "--name", "employer", "--out",
                stage.path("employer.key"), "--sample", "--unsealed",
            ])
        let receipt = stage.path("c.receipt")
        try stage.run(
            0,
            [
                "verify", photo, "--receipt", receipt, "--receipt-key", stage.path("employer.key"),
            ] + paper.node)
        for file in [photo, page] {
            let check = try stage.run(
                0,
                ["receipt", "check", receipt, "--presentation", file, "--salt", "\(receipt).salt"]
                    + paper.node)
            #expect(check.text.contains("recomputed the same verdict"))
        }
    }

    @Test func revokesThePaperWithTheAward() throws {
        try paper.print(["--all"])
        try stage.run(
            0,
            ["revoke", paper.ids[0], "--reason", "clerical error"] + paper.node + paper.key)
        for file in ["out/1.json", "paper/\(paper.ids[0]).pdf"] {
            #expect(try paper.verify(1, file).text.contains("[revoked]"), "\(file)")
        }
        try paper.verify(0, "paper/\(paper.ids[1]).pdf")
        let refused = try paper.print([paper.ids[0]], to: "late", code: 66)
        #expect(refused.complaint.contains("expected a paper certificate"))
        let again = try paper.print([paper.ids[0]] + paper.key, to: "late", code: 1)
        #expect(again.complaint.contains("it no longer holds"), "\(again.complaint)")
    }

    @Test func revokesALostPaperAloneAndMakesAnother() throws {
        try paper.print(["--all"])
        let page = "paper/\(paper.ids[0]).pdf"
        let list = try stage.run(0, ["record", "list"] + paper.node).text
        let papers = list.split(separator: "\n").filter { $0.hasSuffix(", paper") }
        #expect(papers.count == 2)
        let path = try CredentialFile(parsing: Array(paper.code(in: page).utf8)).batch
        let line = try #require(
            papers.first { $0.contains("leaf \(path?.leafIndex ?? 0),") })
        try stage.run(
            0,
            ["revoke", String(line.prefix { $0 != " " }), "--reason", "holder request"]
                + paper.node + paper.key)
        #expect(try paper.verify(1, page).text.contains("[revoked]"))
        try paper.verify(0, "out/1.json")
        try paper.print([paper.ids[0]] + paper.key, to: "second")
        try paper.verify(0, "second/\(paper.ids[0]).pdf")
    }

    @Test func issuesPaperLaterWhereThereWasNone() throws {
        try stage.run(
            0,
            [
                "issue", stage.path("awards.json"), "--no-paper", "--out", stage.path("bare"),
            ] + paper.node + paper.key)
        let list = String(decoding: try stage.bytes("bare/records.txt"), as: UTF8.self)
        let id = String(list.prefix { $0 != " " })
        try paper.print([id], to: "bare-paper", code: 66)
        try paper.print([id, "--language", "ar", "--language", "en"] + paper.key, to: "bare-paper")
        try paper.verify(0, "bare-paper/\(id).pdf")
        // The other one was issued without paper.
        let all = try paper.print(["--all"], to: "all")
        #expect(all.complaint.contains("1 award has no paper certificate"), "\(all.complaint)")
        #expect(all.text.contains("printed 3 certificates"))
    }

    @Test func printsInTheLanguagesOfTheTemplate() throws {
        try stage.run(
            0,
            ["template", "new", "ph.welder", "--out", stage.path("t.json")] + paper.node)
        var template = try #require(try JSONValue(parsing: stage.bytes("t.json")).object)
        func name(_ tags: [String]) throws {
            template["languages"] = .array(tags.map(JSONValue.string))
            try write(JSONValue.object(template).serialized, to: "t.json")
        }
        func page(_ options: [String], _ folder: String) throws -> [UInt8] {
            try paper.print([paper.ids[0]] + options, to: folder)
            return try stage.bytes("\(folder)/\(paper.ids[0]).pdf")
        }
        let byTemplate = ["--template", stage.path("t.json")]
        try name(["fil", "ar"])
        let both = try page(byTemplate, "both")
        #expect(try page(["--language", "fil", "--language", "ar"], "asked") == both)
        try name(["en"])
        #expect(try page(byTemplate, "one") != both)
        // What nobody can print is said before the first award.
        try name(["tlh"])
        let check = try stage.run(1, ["template", "check", stage.path("t.json")] + paper.node)
        #expect(check.text.contains("[no] languages: no texts in tlh"), "\(check.text)")
    }

    @Test func answersWithoutCopiesWhatIsMissing() throws {
        try paper.print(["--all"])
        let page = "paper/\(paper.ids[0]).pdf"
        try stage.run(
            0, ["node", "anchor", "--out", stage.path("anchor.json")] + paper.node)
        let outcome = try stage.run(
            2,
            [
                "verify", stage.path(page), "--anchor", stage.path("anchor.json"), "--data",
                stage.path("nothing"),
            ])
        #expect(outcome.text.contains("[no-registry-data]"))
        #expect(outcome.text.contains("fetch the logs of PH"), "\(outcome.text)")
        #expect(outcome.text.contains("Testina Exemplar, born 1999"))
    }

    /// Swapped paths, cut codes, and one person's code beside another's name.
    @Test func isNotDeceived() throws {
        try paper.print(["--all"])
        let codes = try paper.ids.map { try paper.code(in: "paper/\($0).pdf") }
        let files = try codes.map { try CredentialFile(parsing: Array($0.utf8)) }
        let swapped = try PaperCode(
            CredentialFile(credential: files[0].credential, batch: files[1].batch))
        try paper.draw(code: swapped.text, name: "Testina Exemplar", to: "swapped.pdf")
        #expect(try paper.verify(1, "swapped.pdf").text.contains("[batch-path]"))
        try paper.draw(code: codes[1], name: "Testina Exemplar", to: "other.pdf")
        let other = try paper.verify(0, "other.pdf").text
        #expect(other.contains("Juan Halimbawa, born 1999"))
        #expect(!other.contains("Testina"), "what is printed is not looked at")
        try paper.draw(code: String(codes[0].dropLast(6)), name: "Testina", to: "cut.pdf")
        #expect(try paper.verify(65, "cut.pdf").complaint.contains("does not read"))
        try paper.draw(code: "https://sample.concord.example/1", name: "Testina", to: "link.pdf")
        let link = try paper.verify(65, "link.pdf").complaint
        #expect(link.contains("found a link, which was not opened"), "\(link)")
        try paper.draw(code: "8 mm", name: "Testina", to: "foreign.pdf")
        #expect(try paper.verify(65, "foreign.pdf").complaint.contains("a code of another kind"))
    }

    @Test func saysWhatIsWrongWithAPicture() throws {
        try write(Array("%PDF-1.4\nnothing".utf8), to: "broken.pdf")
        #expect(
            try paper.verify(65, "broken.pdf").complaint.contains("no page that can be drawn"))
        try write([0xFF, 0xD8, 0xFF, 0xE0], to: "broken.jpg")
        #expect(try paper.verify(65, "broken.jpg").complaint.contains("cut or damaged"))
        try paper.print(["--all"])
        try paper.photograph("paper/\(paper.ids[0]).pdf", "-png", to: "photo")
        // The upper half of the page has no code on it.
        try PaperStage.tool(
            "pdftocairo",
            [
                "-png", "-singlefile", "-r", "100", "-x", "0", "-y", "0", "-W", "800", "-H",
                "600", stage.path("paper/\(paper.ids[0]).pdf"), stage.path("top"),
            ])
        let top = try paper.verify(65, "top.png").complaint
        #expect(top.contains("found none that can be read"), "\(top)")
    }
}
