import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing
import Verification

@Suite struct VerdictTableTests {
    /// A line by the names of the columns; no quoted cell of the samples holds a comma.
    private func cells(_ line: String) -> [String: String] {
        func split(_ text: String) -> [String] {
            // The line's end is one character.
            text.dropLast().split(separator: ",", omittingEmptySubsequences: false)
                .map(String.init)
        }
        return Dictionary(
            uniqueKeysWithValues: zip(split(VerdictTable.header), split(line)))
    }

    @Test func saysWhatTheVerdictSays() throws {
        let (network, file) = try SampleNetwork.standard()
        let verdict = try network.verify(file, SampleNetwork.visa, asked: ["sex"])
        let row = cells(VerdictTable.line(verdict, file: "a.json", part: 1))
        #expect(row["word"] == "undetermined")
        #expect(row["reason"] == "asked-claims-missing")
        #expect(row["missing"] == "sex")
        #expect(row["name"] == "Ana Reyes")
        #expect(row["birth_year"] == "1994")
        #expect(row["issuer_name"] == "Centre ph.centre")
        #expect(row["destination"] == "DE")
        #expect(row["exit_code"] == "2")
        #expect(row["knowledge"] == verdict.knowledgeDigest.hexadecimal)
        let good = cells(
            VerdictTable.line(try network.verify(file), file: "a.json", part: 1))
        #expect(good["word"] == "authentic")
        #expect(good["reason"] == "")
    }

    /// A name is no formula, and no line of its own.
    @Test func keepsNamesFromBecomingFormulas() throws {
        var (network, _) = try SampleNetwork.standard()
        for (name, cell) in [
            (
                "=HYPERLINK(\"http://evil.example\",\"x\")",
                "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\""
            ),
            ("@SUM", "'@SUM"), ("-1", "'-1"), ("Reyes, Ana", "\"Reyes, Ana\""),
        ] {
            let file = try network.issue([network.award(index: 20) { $0.name = name }])[0]
            let verdict = try network.verify(file)
            #expect(VerdictTable.line(verdict, file: "a", part: 1).contains(",\(cell),"))
        }
        let line = VerdictTable.line(notJudged: "=a\nb", reason: "no \"file\"", code: 66)
        #expect(line.hasPrefix("\"'=a\nb\",,not-judged,66,,\"no \"\"file\"\"\","))
    }

    @Test func givesEveryLineTheColumnsOfTheHeader() throws {
        let (network, file) = try SampleNetwork.standard()
        let count = VerdictTable.header.count { $0 == "," }
        for line in [
            VerdictTable.line(try network.verify(file), file: "a", part: 1),
            VerdictTable.line(notJudged: "b", reason: "c", code: 65),
        ] {
            #expect(line.count { $0 == "," } == count)
            #expect(line.hasSuffix("\r\n"))
        }
    }
}
