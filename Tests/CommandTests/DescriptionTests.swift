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
        #expect(answer.headers["access-control-allow-origin"] == nil)
        // What is for everybody says so to everybody's browser.
        let open = try await HTTPAnswer(
            url + "/verify", method: "POST", headers: ["X-Forwarded-For": "203.0.113.9"], body: [1])
        #expect(open.status == 429)
        #expect(open.headers["access-control-allow-origin"] == "*")
        #expect(description.faults(of: open, at: "/verify", method: "post") == [])
        let long = try await HTTPAnswer(
            url + "/health", headers: ["X-Long": String(repeating: "x", count: 40_000)])
        #expect(long.status == 431)
        #expect(long.headers["access-control-allow-origin"] == "*")
        #expect(description.faults(of: long, at: "/health", method: "get") == [])
    }

    /// A body that never comes, and what is no request at all.
    @Test func refusesWhatIsTooSlowOrNoRequestAsDescribed() async throws {
        let url = try stage.corridor.url("ph")
        let port = try #require(stage.corridor.nodes["ph"]?.port)
        let description = try JSONSchema(of: try await HTTPAnswer(url + "/openapi.json").json)
        let paths = ["/verify", "/entries"]
        let slow = try paths.map { path in
            let client = try ClientSocket(port: port)
            client.send("POST \(path) HTTP/1.1\r\nhost: x\r\ncontent-length: 500\r\n\r\n{")
            return client
        }
        for (path, client) in zip(paths, slow) {
            let answer = try #require(HTTPAnswer(parsing: client.receive(seconds: 60)))
            #expect(answer.status == 408)
            #expect(description.faults(of: answer, at: path, method: "post") == [])
            let isOpen = answer.headers["access-control-allow-origin"] == "*"
            #expect(isOpen == (path == "/verify"))
        }
        let client = try ClientSocket(port: port)
        client.send("GET / HTTP/1.1\r\nno header\r\n\r\n")
        let answer = try #require(HTTPAnswer(parsing: client.receive()))
        #expect(answer.status == 400)
        #expect(description.faults(of: answer, at: "/", method: "get") == [])
    }

    /// A page of another host reads why it got no answer, wherever it may ask; and where it may
    /// not, it reads nothing.
    @Test func letsPagesOfOthersReadRefusals() async throws {
        let url = try stage.corridor.url("ph")
        let large = [UInt8](repeating: 0x20, count: (8 << 20) + 1)
        let damaged = ["Content-Encoding": "gzip"]
        let foreign = ["Content-Encoding": "br"]
        let asked: [(String, String, [String: String], [UInt8]?, Int, isOpen: Bool)] = [
            ("GET", "/registry.json", [:], nil, 200, true),
            ("GET", "/registry/countries/XX.json", [:], nil, 404, true),
            ("GET", "/registry/countries/PH.json", foreign, nil, 415, true),
            ("GET", "/nothing", [:], nil, 404, true), ("PUT", "/verify", [:], nil, 405, true),
            ("POST", "/verify", [:], large, 413, true),
            ("POST", "/verify", damaged, [1], 400, true),
            ("POST", "/code", foreign, [1], 415, true),
            ("OPTIONS", "/registry/countries/PH.json", [:], nil, 204, true),
            ("GET", "/metrics", foreign, nil, 415, false),
            ("POST", "/entries", foreign, [1], 415, false),
            ("PUT", "/heads", [:], nil, 405, false), ("GET", "/heads", [:], nil, 200, false),
        ]
        for (method, path, headers, body, status, isOpen) in asked {
            let answer = try await HTTPAnswer(
                url + path, method: method, headers: headers, body: body)
            #expect(answer.status == status, "\(method) \(path)")
            let origin = answer.headers["access-control-allow-origin"]
            #expect(origin == (isOpen ? "*" : nil), "\(method) \(path) \(status)")
            let exposed = answer.headers["access-control-expose-headers"] ?? ""
            #expect(exposed.contains("retry-after") == isOpen, "\(method) \(path)")
        }
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
        for path in ["/entries", "/metrics", "/heads"] {
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
