import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

/// Every address with every method and without a key: nothing changes
/// (`Protocol/sync.md § Addresses`).
@Suite(.serialized) struct RouteScanTests {
    private static let methods = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
    ]

    /// All that say something; what is left out is made of the entries while they are read, and can
    /// be emptied at any time.
    private static let tables =
        "log entry identity term posting tile head checkpoint split_view blob "
        + "missing_blob peer witness_state challenge clock life_mark session seal_note "
        + "grant_state topic mention challenge_request fault succession mirror "

    private static var paths: [String] {
        get throws {
            let file = ConcordProcess.repository.appending(path: "Protocol/openapi.json")
            let value = try JSONValue(
                parsing: Array(try Data(contentsOf: file)),
                limits: JSONLimits(size: 1 << 20, depth: 24))
            return (value.object?["paths"]?.object?.members ?? []).map(\.name)
        }
    }

    /// What lies in the node's folder: databases by what they say, everything else by its bytes.
    private func state(of folder: String) throws -> [String: String] {
        var state: [String: String] = [:]
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
        for name in names where !name.contains(".sqlite-") {
            let path = "\(folder)/\(name)"
            if name.hasSuffix(".sqlite") {
                let output = FileManager.default.temporaryDirectory
                    .appending(path: "concord-dump-\(UUID().uuidString)")
                defer { try? FileManager.default.removeItem(at: output) }
                try Data().write(to: output)
                let process = Process()
                process.executableURL = URL(filePath: "/usr/bin/env")
                process.arguments = ["sqlite3", "-readonly", path, ".dump " + Self.tables]
                process.standardOutput = try FileHandle(forWritingTo: output)
                try process.run()
                process.waitUntilExit()
                try #require(process.terminationStatus == 0)
                state[name] = HashValue(of: try Data(contentsOf: output)).hexadecimal
            } else if let data = FileManager.default.contents(atPath: path) {
                state[name] = HashValue(of: data).hexadecimal
            }
        }
        return state
    }

    @Test func changesNothingWithoutAKey() throws {
        let stage = try OperationStage(["ph", "de"])
        // What the node does by itself, it does not do meanwhile.
        #expect(stage.corridor.stop("ph") == 0)
        try #"{"version": 1, "scrubSeconds": 0}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        try stage.corridor.start("ph")
        let limit = Date(timeIntervalSinceNow: 30)
        while try stage.status("ph")["sealed"]?.array?.isEmpty == false, Date() < limit {
            Thread.sleep(forTimeInterval: 0.1)
        }
        let port = try #require(stage.corridor.nodes["ph"]?.port)
        let log = HashValue(of: "sample.concord.example/ph/1".utf8).hexadecimal
        let bodies = [
            "", "{}", "null", #"{"type": "entry", "kind": "withdrawal"}"#,
            "sample.concord.example/ph/1\n99\nAAAA\n\n— root AAAA\n",
            "old 0\n\nsample.concord.example/de/1\n5\nAAAA\n\n— de AAAA\n",
        ]
        let folder = stage.path("ph")
        var before = try state(of: folder)
        // What it still has to ask and to note after its start comes to an end.
        for _ in 0..<15 {
            Thread.sleep(forTimeInterval: 2)
            let next = try state(of: folder)
            if next == before { break }
            before = next
        }
        #expect(before.count > 8, "the folder is looked at")
        var asked = 0
        let paths = try Self.paths
        #expect(paths.count > 30)
        for path in paths {
            let address = path.replacing("{log}", with: log).replacing("{index}", with: "0")
                .replacing("{size}", with: "0").replacing("{path}", with: "0/000.p/1")
                .replacing("{hash}", with: log).replacing("{id}", with: log)
                .replacing("{country}", with: "PH").replacing("{name}", with: "style.css")
                .replacing("{qualification}", with: "ph.none")
                .replacing("{authority}", with: "ph.root").replacing("{body}", with: "ph.none")
                .replacing("{framework}", with: "fw.none")
            for method in Self.methods {
                for body in method == "GET" || method == "HEAD" ? [""] : bodies {
                    let client = try ClientSocket(port: port)
                    client.send(
                        "\(method) \(address) HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
                            + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
                    let status = try #require(
                        ClientSocket.status(client.receive()), "\(method) \(path)")
                    asked += 1
                    let isRead = ["GET", "HEAD", "OPTIONS"].contains(method)
                    // What asks for a page by POST is answered, and who brings a blob that nobody
                    // misses is told so; nothing that writes is answered.
                    let isQuestion = ["/check", "/verify", "/blob/{hash}"].contains(path)
                    if !isRead, !isQuestion {
                        #expect(!(200..<300).contains(status), "\(method) \(path): \(status)")
                    }
                    #expect(status != 500, "\(method) \(path)")
                }
            }
        }
        #expect(asked > 1_000)
        let after = try state(of: folder)
        for (name, hash) in before { #expect(after[name] == hash, "\(name)") }
        #expect(Set(after.keys) == Set(before.keys))
    }
}
