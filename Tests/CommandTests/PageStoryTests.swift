import Encoding
import Foundation
import Testing

/// The pages of a node that knows three countries, over HTTP and through its own process.
@Suite(.serialized) struct PageStoryTests {
    private let corridor: Corridor

    init() throws { corridor = try Corridor() }

    private static let languages = [
        "en", "ar", "bn", "de", "es", "fil", "fr", "hi", "id", "sw",
    ]

    @Test(.timeLimit(.minutes(10))) func answersPeopleAndPrograms() async throws {
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try corridor.issue()
        try corridor.syncAll()
        let url = try corridor.url("de")
        try await showsEveryPageInEveryLanguage(url)
        try await describesWhatItAnswers(url)
        try await leadsToPagesThatAreThere(url)
        try await judgesWhatIsHandedOver(url)
        try await speaksAnotherLanguageOfWhatWasHandedOver(url)
        try await tellsWhatABatchIs(url)
        try await readsPictures(url)
        try await tellsWhatACertificateIsWorth(url)
        try await keepsNothingOfIt(url)
        try await answersProblems(url)
        try await letsReadersKeepWhatDidNotChange(url)
        try await changesNothingForStrangers(url)
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    private func paths(_ url: String) async throws -> [String] {
        let registry = try await HTTPAnswer(url + "/registry.json").json.object
        let countries = registry?["countries"]?.array ?? []
        #expect(countries.count == Corridor.countries.count)
        let log = try #require(countries.first?.object?["log"]?.string)
        return [
            "/", "/check", "/worth", "/worth?qualification=ph.smaw-nc2", "/network", "/registry",
            "/registry/search?q=welding", "/registry/frameworks", "/registry/recognitions",
            "/registry/countries/PH", "/registry/qualifications/ph.smaw-nc2",
            "/registry/authorities/ph.tesda", "/registry/bodies/\(Corridor.centre)",
            "/registry/frameworks/fw.de",
            "/registry/acts/\(log)/0",
        ]
    }

    private func showsEveryPageInEveryLanguage(_ url: String) async throws {
        for path in try await paths(url) {
            for language in Self.languages {
                let page = try await HTTPAnswer(
                    url + path, headers: ["Accept": "text/html", "Accept-Language": language])
                #expect(page.status == 200, "\(path)")
                #expect(page.headers["content-type"] == "text/html; charset=utf-8")
                #expect(page.headers["content-language"] == language, "\(path)")
                #expect(page.headers["set-cookie"] == nil)
                let policy = page.headers["content-security-policy"] ?? ""
                #expect(policy.hasPrefix("default-src 'none'"))
                let direction = language == "ar" ? "rtl" : "ltr"
                #expect(page.text.contains("<html lang=\"\(language)\" dir=\"\(direction)\">"))
                #expect(page.text.ranges(of: "<h1>").count == 1)
                // Nothing of the program's own is missing in a language.
                #expect(!page.text.contains("[en]"), "\(path) in \(language)")
            }
        }
        let chosen = try await HTTPAnswer(
            url + "/worth?lang=de&qualification=ph.smaw-nc2",
            headers: ["Accept": "text/html", "Accept-Language": "fr"])
        #expect(chosen.headers["content-language"] == "de")
        #expect(chosen.text.contains("Für diese Prüfung darf niemand Geld verlangen."))
    }

    /// Every twin is as the description says, and no address for programs is left out.
    private func describesWhatItAnswers(_ url: String) async throws {
        let description = try JSONSchema(
            of: try await HTTPAnswer(url + "/openapi.json").json)
        for path in try await paths(url) {
            let parts = path.split(separator: "?", maxSplits: 1).map(String.init)
            let twin = parts[0] == "/" ? "/index.json" : parts[0] + ".json"
            let query = parts.count > 1 ? "?" + parts[1] : ""
            let answer = try await HTTPAnswer(url + twin + query)
            #expect(answer.status == 200, "\(twin)")
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["content-language"] == "en")
            let template = try #require(description.template(of: twin), "\(twin)")
            let faults = description.faults(of: try answer.json, at: template, method: "get")
            #expect(faults == [], "\(twin)")
        }
        let worth = try await HTTPAnswer(url + "/worth.json?qualification=ph.smaw-nc2").json
        let rows = worth.object?["rows"]?.array ?? []
        #expect(rows.contains { $0.object?["destination"]?.string == "DE" })
        let search = try await HTTPAnswer(url + "/registry/search.json?q=WELDING%20nc%20ii").json
        let found = (search.object?["results"]?.array ?? []).compactMap {
            $0.object?["id"]?.string
        }
        #expect(found.contains("ph.smaw-nc2"))
    }

    /// No link of a page leads nowhere.
    private func leadsToPagesThatAreThere(_ url: String) async throws {
        var links: Set<String> = []
        for path in try await paths(url) {
            let page = try await HTTPAnswer(url + path, headers: ["Accept": "text/html"])
            for match in page.text.matches(of: #/ href="(/[^"#]*)/#) {
                links.insert(String(match.1).replacing("&amp;", with: "&"))
            }
        }
        for kind in ["authorities", "bodies", "frameworks", "qualifications", "acts"] {
            #expect(links.contains { $0.hasPrefix("/registry/\(kind)/") }, "\(kind)")
        }
        for link in links.sorted() {
            let answer = try await HTTPAnswer(url + link, headers: ["Accept": "text/html"])
            #expect(answer.status == 200, "\(link)")
        }
    }

    func certificate(_ name: String = "certificates/2.json") throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: corridor.path(name))))
    }

    private func judgesWhatIsHandedOver(_ url: String) async throws {
        let file = try certificate()
        let question: JSONObject = [
            "certificate": .string(String(decoding: file, as: UTF8.self)), "destination": "DE",
            "purpose": "employ",
        ]
        let answer = try await HTTPAnswer(
            url + "/verify", method: "POST", body: JSONValue.object(question).serialized)
        #expect(answer.status == 200)
        #expect(answer.headers["cache-control"] == "no-store")
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        #expect(description.faults(of: try answer.json, at: "/verify", method: "post") == [])
        // The same verdict as on the command line, but for the moment of asking.
        let told = try corridor.run(
            0,
            [
                "verify", corridor.path("certificates/2.json"), "--for", "DE", "--json", "--node",
                corridor.path("de"),
            ])
        let line = try JSONValue(
            parsing: told.output, limits: JSONLimits(size: 4 << 20, depth: 24)
        ).object
        for member in ["word", "exitCode", "question", "subject", "worth", "knowledge", "next"] {
            #expect(try answer.json.object?[member] == line?[member], "\(member)")
        }
        #expect(try answer.json.object?["word"]?.string == "free")

        for (language, word) in [("en", "free"), ("de", "frei"), ("ar", "حر")] {
            let form = HTTPAnswer.form(
                [("destination", "DE"), ("purpose", "employ"), ("occupation", "")], file: file)
            let page = try await HTTPAnswer(
                url + "/check?lang=\(language)", method: "POST",
                headers: ["Content-Type": form.contentType, "Accept": "text/html"],
                body: form.body)
            #expect(page.status == 200)
            #expect(page.headers["cache-control"] == "no-store")
            #expect(page.text.contains("<p class=\"word good\">\(word)</p>"))
            #expect(page.text.ranges(of: "class=\"tag good\"").count >= 6)
            #expect(page.text.contains("Juan Halimbawa"))
        }
        let bound = try await HTTPAnswer(
            url + "/check", method: "POST",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array(
                ("text="
                    + (String(decoding: certificate("certificates/1.json"), as: UTF8.self)
                        .addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""))
                    .utf8))
        #expect(bound.status == 200)
        #expect(bound.text.contains("<code dir=\"ltr\">holder-not-shown</code>"))
        #expect(!bound.text.contains("<p class=\"word good\">"))
    }

    func post(
        _ path: String, _ file: [UInt8], _ fields: [(name: String, value: String)] = [],
        to url: String
    ) async throws -> HTTPAnswer {
        let form = HTTPAnswer.form(fields, file: file)
        return try await HTTPAnswer(
            url + path + "?lang=en", method: "POST",
            headers: ["Content-Type": form.contentType, "Accept": "text/html"], body: form.body)
    }

    /// The printed page, a photo of it, and what is no certificate.
    private func readsPictures(_ url: String) async throws {
        try corridor.printAll("ph")
        let names = try FileManager.default.contentsOfDirectory(atPath: corridor.path("paper"))
        let page = corridor.path("paper/\(try #require(names.sorted().first))")
        try PaperStage.tool(
            "pdftocairo", ["-jpeg", "-singlefile", "-r", "200", page, corridor.path("photo")])
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        var texts: Set<String> = []
        for file in [page, corridor.path("photo.jpg")] {
            let picture = Array(try Data(contentsOf: URL(filePath: file)))
            let answer = try await post(
                "/check", picture, [("destination", "DE"), ("purpose", "employ")], to: url)
            #expect(answer.status == 200)
            #expect(answer.text.contains("<p class=\"word good\">free</p>"))
            #expect(answer.headers["cache-control"] == "no-store")
            let code = try await HTTPAnswer(
                url + "/code", method: "POST", headers: ["Content-Type": "image/jpeg"],
                body: picture)
            #expect(description.faults(of: try code.json, at: "/code", method: "post") == [])
            texts.insert(try #require(code.json.object?["text"]?.string))
        }
        #expect(texts.count == 1)
        for (bytes, status, problem) in [
            ([], 400, "problem.empty"), (Array("GIF89a".utf8), 422, "problem.picture"),
            (Array("%PDF-1.7 torn".utf8), 422, "problem.picture"),
            ([0x89, 0x50, 0x4E, 0x47], 422, "problem.picture"),
        ] {
            let answer = try await HTTPAnswer(url + "/code", method: "POST", body: bytes)
            #expect(answer.status == status)
            #expect(try answer.json.object?["code"]?.string == problem)
        }
        let torn = try await post("/check", Array("%PDF-1.7 torn".utf8), to: url)
        #expect(torn.status == 422)
        #expect(torn.text.contains("This picture could not be read."))
    }

    /// What is genuine gets its table; what does not verify gets its verdict and no table.
    private func tellsWhatACertificateIsWorth(_ url: String) async throws {
        let answer = try await post("/worth", certificate(), to: url)
        #expect(answer.status == 200)
        #expect(answer.headers["cache-control"] == "no-store")
        #expect(answer.text.contains("(ph.smaw-nc2@"))
        #expect(answer.text.contains(", awarded "))
        #expect(!answer.text.contains("as if awarded today"))
        let rows = try corridor.run(
            0,
            [
                "worth", corridor.path("certificates/2.json"), "--json", "--node",
                corridor.path("de"),
            ])
        let count = try JSONValue(parsing: rows.output).array?.count ?? 0
        #expect(count > 0)
        #expect(answer.text.ranges(of: " class=\"why\"").count == count)
        var forged = String(decoding: try certificate(), as: UTF8.self)
        let signature = try #require(forged.firstMatch(of: /\.([A-Za-z0-9_-]{86})~/)).1
        forged = forged.replacing(
            signature, with: (signature.first == "A" ? "B" : "A") + signature.dropFirst())
        let refused = try await post("/worth", Array(forged.utf8), to: url)
        #expect(refused.status == 200)
        #expect(refused.text.contains("<p class=\"word bad\">"))
        #expect(!refused.text.contains("<td class=\"why\">"))
    }

    /// Neither the folder of the node nor what it printed holds anything of what was judged.
    private func keepsNothingOfIt(_ url: String) async throws {
        let file = try certificate()
        let signed = try #require(
            String(decoding: file, as: UTF8.self).firstMatch(of: /\.([A-Za-z0-9_-]{86})~/))
        let traces = [Array("Juan Halimbawa".utf8), Array(String(signed.1).utf8)]
        let folder = corridor.path("de")
        var files = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .map { "\(folder)/\($0)" }
        files += ["\(folder).out", "\(folder).err"]
        var read = 0
        for path in files {
            guard let data = FileManager.default.contents(atPath: path) else { continue }
            read += 1
            for trace in traces {
                #expect(data.firstRange(of: trace) == nil, "\(path) holds what was judged")
            }
        }
        #expect(read > 5)
    }

    private func answersProblems(_ url: String) async throws {
        for path in [
            "/nothing", "/registry/authorities/\(Corridor.centre)", "/registry/bodies/ph.tesda",
            "/registry/frameworks/fw.xx", "/registry/countries/XX", "/registry/qualifications/x.y",
            "/registry/acts/00/1", "/registry/nothing", "/check/1", "/%zz", "/assets/x.css",
        ] {
            let page = try await HTTPAnswer(
                url + path.replacing("%zz", with: "%25zz"), headers: ["Accept": "text/html"])
            #expect(page.status == 404, "\(path)")
            #expect(page.text.contains("There is no such page here."), "\(path)")
            let problem = try await HTTPAnswer(
                url + path.replacing("%zz", with: "%25zz"),
                headers: ["Accept": "application/json"])
            #expect(problem.headers["content-type"] == "application/problem+json", "\(path)")
            #expect(try problem.json.object?["code"]?.string == "problem.not-found")
            #expect(try problem.json.object?["title"]?.string == "Not Found")
            #expect(problem.headers["content-language"] == "en")
        }
        for (body, status) in [
            ("", 400), ("{", 422), ("{\"certificate\": \"x\"}", 422), ("{\"certificat\": 1}", 422),
            ("{\"certificate\": \"x\", \"destination\": \"de\"}", 422),
            ("{\"certificate\": \"x\", \"destination\": \"DE\", \"purpose\": \"fun\"}", 422),
        ] {
            let answer = try await HTTPAnswer(
                url + "/verify", method: "POST", body: Array(body.utf8))
            #expect(answer.status == status, "\(body)")
            #expect(try answer.json.object?["status"]?.integer == Int64(status))
        }
        let large = try await HTTPAnswer(
            url + "/verify", method: "POST",
            body: [UInt8](repeating: UInt8(ascii: " "), count: (8 << 20) + 1))
        #expect(large.status == 413)
        for form in ["", "text=%3Cscript%3Ealert(1)%3C/script%3E"] {
            let page = try await HTTPAnswer(
                url + "/check", method: "POST",
                headers: [
                    "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html",
                ], body: Array(form.utf8))
            #expect(page.status == (form.isEmpty ? 400 : 422))
            #expect(page.text.contains("role=\"alert\""))
            #expect(!page.text.contains("<script>"))
        }
        let search = try await HTTPAnswer(
            url + "/registry/search?q=%22%3E%3Cscript%3E", headers: ["Accept": "text/html"])
        #expect(search.text.contains("value=\"&quot;&gt;&lt;script&gt;\""))
    }

    private func letsReadersKeepWhatDidNotChange(_ url: String) async throws {
        let first = try await HTTPAnswer(url + "/registry/qualifications/ph.smaw-nc2.json")
        let mark = try #require(first.headers["etag"])
        let again = try await HTTPAnswer(
            url + "/registry/qualifications/ph.smaw-nc2.json", headers: ["If-None-Match": mark])
        #expect(again.status == 304)
        #expect(again.body.isEmpty)
        let start = try await HTTPAnswer(url + "/", headers: ["Accept": "text/html"])
        for match in start.text.matches(of: /"(\/assets\/[^"]+)"/) {
            let asset = try await HTTPAnswer(url + String(match.1))
            #expect(asset.status == 200)
            #expect(asset.headers["cache-control"] == "public, max-age=31536000, immutable")
        }
    }

    /// What a stranger can ask of every address, with every method, leaves all logs as they were.
    private func changesNothingForStrangers(_ url: String) async throws {
        func state() async throws -> [[UInt8]] {
            var state: [[UInt8]] = []
            for path in ["/heads", "/split-views", "/card", "/registry.json"] {
                state.append(try await HTTPAnswer(url + path).body)
            }
            let status = try corridor.run(
                0, ["log", "show", "--node", corridor.path("de"), "--raw"])
            return state + [Array(status.output)]
        }
        let before = try await state()
        let description = try await HTTPAnswer(url + "/openapi.json").json.object
        let templates = description?["paths"]?.object?.members.map(\.name) ?? []
        #expect(templates.count > 30)
        let hash = String(repeating: "0", count: 64)
        let bodies = ["", "{}", "a\n\n— b AAAAAAAAAA\n", "[]"]
        for template in templates {
            let path = template.replacing(/\{(log|hash|id)\}/, with: hash)
                .replacing(/\{[a-z]+\}/, with: "0")
            for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
                for body in method == "POST" ? bodies : [""] {
                    let answer = try await HTTPAnswer(
                        url + path, method: method, body: method == "GET" ? nil : Array(body.utf8))
                    if !["GET", "POST", "OPTIONS"].contains(method) {
                        #expect(answer.status == 405)
                        #expect(answer.headers["allow"]?.isEmpty == false)
                    }
                    #expect(answer.status != 500, "\(method) \(path)")
                }
            }
        }
        #expect(try await state() == before)
    }
}
