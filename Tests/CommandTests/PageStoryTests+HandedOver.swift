import Encoding
import Testing

/// What a page brings once more, and what the entries that it names are.
extension PageStoryTests {
    /// A verdict is had in another language by what its own page brings once more; and the acts on
    /// which it rests are a link away.
    func speaksAnotherLanguageOfWhatWasHandedOver(_ url: String) async throws {
        let page = try await post("/check", certificate(), [("destination", "DE")], to: url)
        #expect(page.text.contains("<p class=\"word good\">free</p>"))
        let acts = page.text.matches(of: /href="(\/registry\/acts\/[0-9a-f]{64}\/[0-9]+)[?"]/)
        #expect(acts.count >= 3)
        for act in Set(acts.map { String($0.1) }) {
            #expect(try await HTTPAnswer(url + act).status == 200)
        }
        var fields = page.text.matches(
            of: /<input type="hidden" name="([a-z]+)" value="([^"]*)">/
        ).map { (name: String($0.1), value: Self.unescaped(String($0.2))) }
        #expect(Set(fields.map(\.name)) == ["destination", "text"])
        fields.append(("lang", "ar"))
        let other = try await post("/check", [], fields, to: url)
        #expect(other.headers["content-language"] == "ar")
        #expect(other.headers["cache-control"] == "no-store")
        #expect(other.text.contains("<p class=\"word good\">حر</p>"))
        #expect(other.text.contains("Juan Halimbawa"))
        // Its links go on in that language.
        #expect(other.text.contains("href=\"/check?lang=ar\""))
        let worth = try await post("/worth", [], fields, to: url)
        #expect(worth.headers["content-language"] == "ar")
        #expect(worth.text.contains(" class=\"why\""))
    }

    /// What the certificate's batch is, the page of its entry says, though no list of acts has it.
    func tellsWhatABatchIs(_ url: String) async throws {
        let verdict = try await post("/check", certificate(), to: url)
        let entry = try #require(verdict.text.firstMatch(of: /in the batch at entry ([0-9]+)/)).1
        let registry = try await HTTPAnswer(url + "/registry.json").json.object
        let log = registry?["countries"]?.array?.first { $0.object?["country"] == "PH" }
        let hash = try #require(log?.object?["log"]?.string)
        let act = try await HTTPAnswer(url + "/registry/acts/\(hash)/\(entry).json").json.object
        #expect(act?["kind"] == "batch")
        #expect(act?["by"]?.string == Corridor.centre)
        #expect(act?["standing"] == "stands")
    }

    private static func unescaped(_ text: String) -> String {
        [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(text) { $0.replacing($1.0, with: $1.1) }
    }
}
