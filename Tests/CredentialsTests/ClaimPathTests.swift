import Credentials
import Encoding
import TestSupport
import Testing

@Suite struct ClaimPathTests {
    static let written: [(String, ClaimPath)] = [
        ("birthdate", ["birthdate"]), ("address.city", ["address", "city"]),
        ("modules[2].grade", ["modules", 2, "grade"]), ("a[0][12]", ["a", 0, 12]),
    ]

    @Test(arguments: written) func readsWhatPeopleWrite(_ text: String, _ path: ClaimPath) {
        #expect(ClaimPath(parsing: text) == path)
        #expect(path.text == text)
    }

    @Test(arguments: ["", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a]", "[0]", "a[-1]"])
    func refuses(_ text: String) {
        #expect(ClaimPath(parsing: text) == nil)
    }

    @Test func findsItsValue() {
        let claims: JSONObject = ["a": ["b": [1, ["c": "deep"]]], "d": "x"]
        #expect(ClaimPath(["a", "b", 1, "c"]).value(in: claims) == "deep")
        #expect(ClaimPath(["d"]).value(in: claims) == "x")
        for path: ClaimPath in [["a", "b", 2], ["a", 0], ["d", "x"], ["e"], ["a", "b", "c"]] {
            #expect(path.value(in: claims) == nil)
        }
    }
}

@Suite struct PresentationFileTests {
    @Test func readsWhatItWrites() throws {
        var sample = SampleAward()
        let files = try (0..<3).map { _ in CredentialFile(credential: try sample.issued()) }
        let several = PresentationFile(files)
        #expect(try PresentationFile(parsing: several.serialized) == several)
        // One alone is a credential file, which every verifier reads.
        let one = PresentationFile([files[0]])
        #expect(try CredentialFile(parsing: one.serialized) == files[0])
    }

    @Test(arguments: [
        #"{"type":"presentation","version":1,"files":[]}"#,
        #"{"type":"presentation","version":2,"files":[{"credential":"a"}]}"#,
        #"{"type":"dossier","version":1,"files":[{"credential":"a"}]}"#,
        #"{"type":"presentation","version":1,"files":[{"credential":"a"}]}"#,
        #"{"type":"presentation","version":1,"files":["a"]}"#,
        #"{"type":"presentation","version":1,"files":[],"more":1}"#,
    ]) func refuses(_ text: String) {
        #expect(throws: CredentialError.self) { try PresentationFile(parsing: Array(text.utf8)) }
    }

    @Test func holdsAtMostThirtyTwo() throws {
        var sample = SampleAward()
        let file = CredentialFile(credential: try sample.issued())
        let whole = PresentationFile(Array(repeating: file, count: 32))
        var object = try #require(
            try JSONValue(
                parsing: whole.serialized, limits: JSONLimits(size: 4 << 20, depth: 12)
            ).object)
        let files = try #require(object["files"]?.array)
        object["files"] = .array(files + [files[0]])
        #expect(throws: CredentialError.self) {
            try PresentationFile(parsing: JSONValue.object(object).serialized)
        }
    }
}
