import Cryptography
import Encoding
import Language
import Recognition
import Registry
import TestSupport
import Testing
import Verification

/// The report of a verdict as a person reads it.
@Suite struct VerdictReportTests {
    private func report(_ tag: String, revoked: Bool = false) throws -> String {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file, SampleNetwork.visa)
        return VerdictReport(verdict, in: try #require(Catalogue(tag: tag))).text
    }

    @Test func keepsTheEnglishOfTheTranscripts() throws {
        let text = try report("en")
        #expect(
            text.hasPrefix(
                "SAMPLE NETWORK: proves nothing about real people or bodies.\n"
                    + "GRANTED: a right, now, without open conditions\n"))
        for line in [
            "  certificate  Shielded Metal Arc Welding NC II",
            "  [ok] form       the file is a well-formed credential of a known kind",
            "  [ok] worth      in DE for visa-skill: granted, a right, now, without open conditions",
            "  compare name and year of birth with an identity document",
        ] {
            #expect(text.contains("\n\(line)\n"), "\(line)")
        }
    }

    @Test func beginsADraftWithItsNotice() throws {
        let lines = try report("de").split(separator: "\n")
        #expect(lines[0].contains("nicht geprüft"))
        #expect(lines[1].hasPrefix("Machine draft, not reviewed"))
        #expect(lines[2].hasPrefix("MUSTERNETZ"))
        #expect(lines[3].hasPrefix("GEWÄHRT: ein Recht"))
    }

    @Test(arguments: LanguageTag.known) func leavesNoTextInEnglishAndNoArgumentOpen(
        _ tag: LanguageTag
    ) throws {
        let text = try report(tag.language)
        #expect(!text.contains("[en]"))
        #expect(!text.contains("{"))
        #expect(text.contains("visa-skill") && text.contains("Shielded Metal Arc Welding NC II"))
    }

    /// The same marks and codes in every language: what is undetermined is green in none.
    @Test(arguments: LanguageTag.known, [Scenario](Scenario.holder.prefix(4) + Scenario.status))
    func marksTheChecksAlikeInEveryLanguage(_ tag: LanguageTag, _ scenario: Scenario) throws {
        let verdict = try scenario.make()
        let text = VerdictReport(verdict, in: try #require(Catalogue(tag: tag.language))).text
        for check in verdict.checks {
            guard let reason = check.outcome.reason else { continue }
            #expect(text.contains("[\(reason.rawValue)]"))
        }
        #expect(
            text.split(separator: "[ok]").count - 1
                == verdict.checks.count { $0.outcome == .passed })
    }

    @Test func callsTheStatementOfANoteByItsPlace() throws {
        var (network, file) = try SampleNetwork.standard()
        let index = try network.de.add(
            "equivalence", by: "de.ihk", about: ["q.ph.smaw-nc2", "isco:7212"],
            SampleActs.equivalence("DE", purposes: ["employ"]))
        try network.refresh()
        let verdict = try network.verify(
            file,
            VerificationQuestion(
                destination: "DE", purpose: .employ, target: Target(["occ": "7212"])))
        let text = VerdictReport(verdict, in: .english).text
        #expect(
            text.contains(
                "for comparison, as advice: entry \(index) of sample.example/de/1 says granted"))
        #expect(!text.contains(network.de.entries[Int(index)].identity.hexadecimal))
    }

    @Test func saysWhyBeforeTheChecks() throws {
        let revoked = try #require(
            try Scenario.status.map { try $0.make() }.first {
                $0.outcome(.status) == .failed(.revoked)
            })
        let lines = VerdictReport(revoked).text.split(separator: "\n")
        #expect(lines[1] == "INVALID: the credential cannot be relied on")
        #expect(lines[2] == "  reason       it has been revoked")
    }

    @Test func givesMachinesTheCodeBesideTheEnglishText() throws {
        let (network, file) = try SampleNetwork.standard()
        let document = try network.verify(file, SampleNetwork.visa).document.object
        #expect(document?["meaning"]?.string == "a right, now, without open conditions")
        let check = document?["checks"]?.array?.first?.object
        #expect(check?["detailCode"]?.string == "check.form.passed")
        #expect(
            check?["detail"]?.string == "the file is a well-formed credential of a known kind")
        #expect(
            document?["nextCodes"]?.array?.first?.string == "next.compare-document")
    }
}
