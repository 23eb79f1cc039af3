import Credentials
import Encoding
import Recognition
import TestSupport
import Testing
import Verification

@Suite struct VerificationInputTests {
    @Test func readsPresentationsInEveryForm() throws {
        let (network, file) = try SampleNetwork.standard()
        let dossier = try network.dossier(file)
        let text = ArmoredText.encode(file.serialized, label: VerificationInput.textLabel)
        for bytes in [
            file.serialized, file.credential.serialized, dossier.serialized, Array(text.utf8),
            PresentationFile([file, file]).serialized,
        ] {
            let input = try VerificationInput(parsing: bytes)
            #expect(input.files[0].credential == file.credential)
        }
    }

    @Test func judgesAwardsBeforeWhatStandsBesideThem() throws {
        var (network, award) = try SampleNetwork.standard()
        let statement = try network.issue(
            statements: [SampleNetwork.statement(index: 3)], revoked: [])[0]
        func judged(_ files: [CredentialFile]) throws -> [Int] {
            try VerificationInput(parsing: PresentationFile(files).serialized).judged
        }
        #expect(try judged([statement, award, award]) == [1, 2])
        #expect(try judged([statement, statement]) == [0, 1])
        #expect(try judged([award]) == [0])
    }

    @Test func refusesTextThatIsNotWhole() throws {
        let (_, file) = try SampleNetwork.standard()
        let text = ArmoredText.encode(file.serialized, label: VerificationInput.textLabel)
        let cut = Array(text.utf8.dropLast(60))
        #expect(throws: VerificationError.text) { try VerificationInput(parsing: cut) }
    }

    @Test func showsWhatWasAskedForAndWhatIsMissing() throws {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file, asked: ["qualification", ["address", "city"]])
        #expect(verdict.requested.map(\.value) == ["q.ph.smaw-nc2", nil])
        let requested = verdict.document.object?["requested"]?.array
        #expect(requested?.map { $0.object?["shown"]?.bool } == [true, false])
        let text = VerdictReport(verdict).text
        #expect(text.contains("qualification: q.ph.smaw-nc2"))
        #expect(text.contains("address.city: not shown"))
        #expect(text.contains("asked for and not shown: address.city"))
        #expect(try network.verify(file).document.object?["requested"] == nil)
    }

    @Test func cutsAndCleansWhatAClaimShows() {
        #expect(ClaimText.shown("a\u{1B}[31mb\u{202E}c") == "a?[31mb?c")
        #expect(ClaimText.shown(.string(String(repeating: "x", count: 300))).count == 204)
        #expect(ClaimText.shown(["a": 1]) == #"{"a":1}"#)
    }

    @Test func asksForTheDayThatIsNamed() throws {
        let (network, file) = try SampleNetwork.standard()
        let question = VerificationQuestion(
            destination: "DE", purpose: .visaSkill, target: SampleNetwork.visa.target,
            day: try .day("2019-01-01"))
        let verdict = try network.verify(file, question)
        // Nothing was awarded by then.
        #expect(verdict.word != (try network.verify(file, SampleNetwork.visa)).word)
        #expect(
            verdict.document.object?["question"]?.object?["date"]?.string == "2019-01-01")
        #expect(VerdictReport(verdict).text.contains("judged for 2019-01-01"))
    }
}
