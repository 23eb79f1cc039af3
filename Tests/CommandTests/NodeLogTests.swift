import Encoding
import Foundation
import TestSupport
import Testing

/// What a node says of itself while it works (`Protocol/operation.md § Log`).
@Suite(.serialized) struct NodeLogTests {
    @Test func saysEachChangeOnceAndNothingOfAnybody() throws {
        let stage = try OperationStage(["ph", "de"])
        #expect(stage.corridor.stop("ph") == 0)
        try #"{"version": 1, "logForm": "json", "logLevel": "debug"}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        try FileManager.default.removeItem(atPath: stage.path("ph.err"))
        // A peer that is silent and rounds without a pause between them.
        #expect(stage.corridor.stop("de") == 0)
        try stage.corridor.start("ph", syncSeconds: 1)
        let port = try #require(stage.corridor.nodes["ph"]?.port)
        let question = try ClientSocket(port: port)
        question.send(
            "GET /registry/search?q=Testina+Exemplar HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        #expect(question.answer() != nil)
        func lines() throws -> [JSONObject] {
            let text = try String(contentsOfFile: stage.path("ph.err"), encoding: .utf8)
            return try text.split(separator: "\n").map {
                try #require(try JSONValue(parsing: Array($0.utf8)).object)
            }
        }
        let limit = Date(timeIntervalSinceNow: 60)
        while try !lines().contains(where: { $0["message"]?.string == "peer failed" }),
            Date() < limit
        {
            Thread.sleep(forTimeInterval: 0.1)
        }
        Thread.sleep(forTimeInterval: 5)
        #expect(stage.corridor.stop("ph") == 0)
        let said = try lines()
        let messages = said.compactMap { $0["message"]?.string }
        #expect(messages.filter { $0 == "node listens" }.count == 1)
        #expect(messages.filter { $0 == "node stopped" }.count == 1)
        let failures = said.filter { $0["message"]?.string == "peer failed" }
            .compactMap { $0["reason"]?.string }
        #expect(!failures.isEmpty)
        #expect(Set(failures).count == failures.count, "each is said once")
        let text = try String(contentsOfFile: stage.path("ph.err"), encoding: .utf8)
        #expect(!text.contains("Testina"))
        #expect(!text.contains("search"))
        let keys = try FileManager.default.contentsOfDirectory(atPath: stage.path("ph/keys"))
        for name in keys {
            let file = try JSONValue(
                parsing: Array(try Data(contentsOf: URL(filePath: stage.path("ph/keys/\(name)")))))
            let seed = try #require(file.object?["seed"]?.string)
            #expect(!text.contains(seed))
        }
    }
}
