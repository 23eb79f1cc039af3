import Encoding
import Foundation
import TestSupport
import Testing

/// A node answers as its description says, refusals included (`Protocol/openapi.json`).
@Suite(.serialized) struct DescriptionTests {
    private let stage: OperationStage

    init() throws { stage = try OperationStage(["ph", "de"]) }

    @Test func answersAsDescribed() async throws {
        let url = try stage.corridor.url("ph")
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        let hash = String(repeating: "0", count: 64)
        let heads = try await HTTPAnswer(url + "/heads")
        let mark = try #require(heads.headers["etag"])
        #expect(try #require(heads.json.object?["heads"]?.array).count == 2)
        let asked: [(String, String, [String: String], [UInt8]?, Int)] = [
            ("get", "/heads", [:], nil, 200), ("get", "/heads", ["If-None-Match": mark], nil, 304),
            ("get", "/card", [:], nil, 200), ("get", "/health", [:], nil, 200),
            ("get", "/metrics", [:], nil, 200), ("get", "/split-views", [:], nil, 200),
            ("get", "/openapi.json", [:], nil, 200), ("get", "/blob/\(hash)", [:], nil, 404),
            ("get", "/\(hash)/checkpoint", [:], nil, 404),
            ("get", "/\(hash)/checkpoints/0", [:], nil, 404),
            ("get", "/\(hash)/tile/0/000", [:], nil, 404),
            ("get", "/split-views/\(hash)", [:], nil, 404),
            ("get", "/registry/countries/XX.json", [:], nil, 404),
            ("get", "/worth.json?qualification=x.y", [:], nil, 404),
            ("get", "/worth.json?qualification=x.y&destination=nz", [:], nil, 422),
            ("get", "/heads", ["Content-Encoding": "br"], nil, 415),
            ("post", "/split-views", [:], Array("{}".utf8), 400),
            ("post", "/add-checkpoint", [:], Array("x".utf8), 400),
            ("post", "/add-entries", [:], Array("x".utf8), 400),
            ("post", "/seen", [:], Array("x".utf8), 400),
            ("post", "/entries", [:], Array("x".utf8), 400),
            ("post", "/extract", [:], Array("x".utf8), 422),
            ("post", "/verify", [:], [], 400), ("post", "/verify", [:], Array("{}".utf8), 422),
            ("post", "/authorization", [:], Array("[]".utf8), 422),
            ("post", "/seen", [:], [UInt8](repeating: 0, count: 1 << 17), 413),
            ("post", "/code", ["Content-Encoding": "gzip"], Array("x".utf8), 400),
        ]
        for (method, path, headers, body, status) in asked {
            let answer = try await HTTPAnswer(
                url + path, method: method.uppercased(), headers: headers, body: body)
            #expect(answer.status == status, "\(method) \(path): \(answer.text)")
            let bare = String(path.prefix { $0 != "?" })
            let template = try #require(description.template(of: bare), "\(path)")
            #expect(description.faults(of: answer, at: template, method: method) == [], "\(path)")
        }
    }

    /// What is too much is refused as described too: too many questions, too long a head.
    @Test func refusesTooMuchAsDescribed() async throws {
        let url = try stage.corridor.url("ph")
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        var answer = try await HTTPAnswer(url + "/health")
        for _ in 0..<10_000 {
            answer = try await HTTPAnswer(
                url + "/seen", method: "POST", headers: ["X-Forwarded-For": "203.0.113.9"],
                body: Array("x".utf8))
            if answer.status != 400 { break }
        }
        #expect(answer.status == 429)
        #expect(description.faults(of: answer, at: "/seen", method: "post") == [])
        let long = try await HTTPAnswer(
            url + "/health", headers: ["X-Long": String(repeating: "x", count: 40_000)])
        #expect(long.status == 431)
        #expect(description.faults(of: long, at: "/health", method: "get") == [])
    }

    /// Another method is told which there are; a browser may ask whether it may ask.
    @Test func saysWhichMethodsThereAre() async throws {
        let url = try stage.corridor.url("ph")
        for (method, path, allowed) in [
            ("PUT", "/verify", "OPTIONS, POST"), ("GET", "/verify", "OPTIONS, POST"),
            ("DELETE", "/heads", "GET, HEAD, OPTIONS"), ("POST", "/card", "GET, HEAD, OPTIONS"),
            ("PATCH", "/worth", "GET, HEAD, OPTIONS, POST"),
        ] {
            let answer = try await HTTPAnswer(url + path, method: method)
            #expect(answer.status == 405, "\(method) \(path)")
            #expect(answer.headers["allow"] == allowed)
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
        let asked = try await HTTPAnswer(
            url + "/verify", method: "OPTIONS",
            headers: [
                "Origin": "https://example.org", "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "content-type",
            ])
        #expect(asked.status == 204)
        #expect(asked.headers["access-control-allow-origin"] == "*")
        #expect(asked.headers["access-control-allow-methods"]?.contains("POST") == true)
        #expect(asked.headers["access-control-allow-headers"]?.contains("content-type") == true)
        // What writes, and what tells of this machine, is not for pages of others.
        for path in ["/entries", "/metrics"] {
            let closed = try await HTTPAnswer(url + path, method: "OPTIONS")
            #expect(closed.status == 204)
            #expect(closed.headers["access-control-allow-origin"] == nil)
        }
        #expect(try await HTTPAnswer(url + "/nothing", method: "PUT").status == 404)
    }

    private static var judge: String {
        ConcordProcess.repository.appending(path: ".build/judge/bin/schemathesis").path
    }

    /// Somebody else's judge of descriptions: it makes requests of the description and holds the
    /// answers to it. The same requests in each run.
    @Test(
        .enabled(
            if: FileManager.default.isExecutableFile(atPath: judge),
            "schemathesis is not installed (Tests/setup)"), .timeLimit(.minutes(5)))
    func satisfiesSomebodyElsesJudge() throws {
        let url = try stage.corridor.url("ph")
        let log = stage.path("judge.txt")
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(filePath: Self.judge)
        process.currentDirectoryURL = URL(filePath: stage.path(""))
        process.arguments = [
            "run", url + "/openapi.json", "--url", url, "--seed", "1", "--max-examples", "5",
            "--phases", "examples,coverage,fuzzing", "--checks", "all",
            // No schema says which bytes are a certificate or a signed note.
            "--exclude-checks", "positive_data_acceptance",
            "--generation-database", "none", "--no-color", "--continue-on-failure",
            "--suppress-health-check", "all",
        ]
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOfFile: log, encoding: .utf8)
        #expect(process.terminationStatus == 0, "\(said.suffix(12_000))")
    }
}
