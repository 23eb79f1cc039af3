import Foundation
import TestSupport
import Testing

/// SIGHUP, as `systemctl reload` sends it: the certificate's files are looked at, and nothing else
/// happens.
@Suite(.serialized) struct ReloadTests {
    private let stage: Corridor

    init() throws {
        stage = try Corridor()
        try stage.run(
            0,
            [
                "node", "init", "--node", stage.path("ph"), "--country", "PH", "--name",
                "Sample PH", "--origin", "sample.concord.example/ph/1", "--sample", "--unsealed",
            ])
    }

    private func tool(_ words: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func makeCertificate(_ name: String) throws {
        let (key, chain) = (stage.path("\(name).key"), stage.path("\(name).pem"))
        let status = try tool(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key, "-out", chain, "-days",
            "30", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
        try #require(status == 0)
    }

    /// Writes a file into another in place, of the same length and with the same time, so that
    /// whoever looks whether it has changed sees nothing.
    private func exchange(_ name: String, for other: String) throws {
        let path = stage.path(name)
        var text = try String(contentsOfFile: stage.path(other), encoding: .utf8)
        text += String(repeating: "\n", count: 4_096 - text.utf8.count)
        let old = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        if old == nil { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600, .modificationDate: old ?? Date(timeIntervalSince1970: 1e9)],
            ofItemAtPath: path)
    }

    private func isServed(with certificate: String, at port: Int) throws -> Bool {
        try tool(
            "curl", "-sS", "--cacert", stage.path(certificate), "--resolve",
            "localhost:\(port):127.0.0.1", "https://localhost:\(port)/health") == 0
    }

    @Test(.timeLimit(.minutes(2))) func takesTheNewCertificateWhenItIsTold() throws {
        for name in ["a", "b"] { try makeCertificate(name) }
        for end in ["pem", "key"] { try exchange("live.\(end)", for: "a.\(end)") }
        let node = try RunningNode(
            folder: stage.path("ph"),
            [
                "node", "serve", "--node", stage.path("ph"), "--port", "0", "--sync-seconds", "0",
                "--tls-cert", stage.path("live.pem"), "--tls-key", stage.path("live.key"),
            ])
        #expect(try isServed(with: "a.pem", at: node.port))
        for end in ["pem", "key"] { try exchange("live.\(end)", for: "b.\(end)") }
        // Two looks at the files pass, and see nothing.
        Thread.sleep(forTimeInterval: 11)
        #expect(try isServed(with: "a.pem", at: node.port))
        node.signal(SIGHUP)
        let limit = Date(timeIntervalSinceNow: 30)
        while try !isServed(with: "b.pem", at: node.port), Date() < limit {
            Thread.sleep(forTimeInterval: 0.1)
        }
        #expect(try isServed(with: "b.pem", at: node.port))
        #expect(try !isServed(with: "a.pem", at: node.port))
        #expect(node.stop() == 0)
    }

    @Test func changesNothingOfANodeWithoutOne() throws {
        let node = try RunningNode(folder: stage.path("ph"))
        for _ in 0..<3 { node.signal(SIGHUP) }
        Thread.sleep(forTimeInterval: 0.5)
        #expect(try !node.get("/health").isEmpty)
        #expect(node.stop() == 0)
    }
}
