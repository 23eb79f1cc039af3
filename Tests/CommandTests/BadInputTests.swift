import Encoding
import Foundation
import TestSupport
import Testing

/// Wrong input ends with its exit status and one line that helps, and leaves nothing behind.
@Suite(.serialized) struct BadInputTests {
    private let stage: BadInputStage

    init() throws { stage = try BadInputStage.shared.get() }

    /// Commands that read a file; `FILE` stands for it.
    private static let readers: [[String]] = [
        ["verify", "FILE", "--node", "@node"],
        ["verify", "@signed/1.json", "--anchor", "FILE"],
        ["verify", "@signed/1.json", "--with", "FILE", "--node", "@node"],
        ["present", "FILE", "--out", "@shown.json"],
        ["present", "@signed/1.json", "--request", "FILE", "--out", "@shown.json"],
        ["dossier", "FILE", "--for", "DE", "--node", "@node", "--out", "@dossier.json"],
        ["publish", "file", "FILE", "--node", "@node"],
        ["publish", "entry", "FILE", "--node", "@node"],
        ["issue", "FILE", "--node", "@node", "--key", "@body.key", "--out", "@out"],
        [
            "issue", "--statement", "FILE", "--node", "@node", "--key", "@body.key", "--out",
            "@out",
        ],
        ["sync", "--anchor", "FILE", "--data", "@copies", "--from", "http://127.0.0.1:1"],
    ]

    private func expectFailure(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws {
        let before = try stage.names()
        let outcome = try ConcordProcess.run(stage.arguments(arguments))
        let comment = Comment(rawValue: outcome.complaint)
        #expect(outcome.code == code, comment, sourceLocation: place)
        #expect(outcome.output.isEmpty, comment, sourceLocation: place)
        #expect(outcome.complaintLines.count == 1, comment, sourceLocation: place)
        #expect(outcome.complaint.hasPrefix("concord: "), comment, sourceLocation: place)
        let helps = ["expected", "found", "; "].contains { outcome.complaint.contains($0) }
        #expect(helps, comment, sourceLocation: place)
        #expect(try stage.names() == before, comment, sourceLocation: place)
    }

    @Test(arguments: Transcript.all)
    func failsAsItShould(_ transcript: Transcript) throws {
        try expectFailure(transcript.code, transcript.arguments)
    }

    @Test(arguments: readers, SpoiledFile.allCases)
    func refusesSpoiledFile(_ command: [String], _ file: SpoiledFile) throws {
        try expectFailure(65, command.map { $0 == "FILE" ? "@\(file.rawValue)" : $0 })
    }

    @Test(arguments: readers, ["pipe", "socket", "device", "empty-folder"])
    func opensNothingButFiles(_ command: [String], _ file: String) throws {
        try expectFailure(66, command.map { $0 == "FILE" ? "@\(file)" : $0 })
    }

    @Test func namesTheSizeThatAnIndexMustBeBelow() throws {
        let outcome = try ConcordProcess.run(["log", "prove", "999", "--node", stage.path("node")])
        #expect(outcome.complaint.contains("expected an index below 4, "), "\(outcome.complaint)")
        #expect(outcome.complaint.contains("found 999"))
    }

    @Test func judgesChangedCredentialThatIsWellFormed() throws {
        let path = stage.path("signed/1.json")
        let whole = try JSONValue(parsing: Array(try Data(contentsOf: URL(filePath: path))))
        var file = try #require(whole.object)
        let text = try #require(file["credential"]?.string)
        // The last disclosure goes: nothing about the signature or the form changes.
        let parts = text.split(separator: "~", omittingEmptySubsequences: false)
        file["credential"] = .string((parts.dropLast(2) + [""]).joined(separator: "~"))
        let folder = try TemporaryFolder()
        try Data(JSONValue.object(file).indented.utf8)
            .write(to: URL(filePath: folder.path("changed.json")))
        let outcome = try ConcordProcess.run([
            "verify", folder.path("changed.json"), "--node", stage.path("node"), "--json",
        ])
        #expect([1, 2].contains(outcome.code), "\(outcome.complaint)")
        #expect(try JSONValue(parsing: outcome.output).object?["version"]?.integer == 1)
    }

    @Test func namesOccupiedPort() throws {
        let server = try RawServer { _ in .close }
        let outcome = try ConcordProcess.run([
            "node", "serve", "--node", stage.path("node"), "--port", "\(server.port)",
        ])
        #expect(outcome.code == 69)
        let last = try #require(outcome.complaintLines.last)
        #expect(last.hasPrefix("concord: port \(server.port) "), "\(outcome.complaint)")
    }

    @Test func addsNoPeerThatServesPages() throws {
        let server = try RawServer { _ in .text(200, "<!doctype html><title>Welcome</title>") }
        try expectFailure(
            65,
            [
                "peer", "add", server.url, "--node", "@node", "--fingerprint",
                "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
            ])
        try expectNoPeers()
    }

    @Test func addsNoPeerThatSpeaksNoHTTP() throws {
        let server = try RawServer { _ in .raw(Array("SSH-2.0-OpenSSH_9.9\r\n".utf8)) }
        let arguments = [
            "peer", "add", server.url, "--node", "@node", "--fingerprint",
            "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
        ]
        try expectFailure(65, arguments)
        let outcome = try ConcordProcess.run(stage.arguments(arguments))
        #expect(outcome.complaint.contains("HTTP"), "\(outcome.complaint)")
        try expectNoPeers()
    }

    @Test func addsNoPeerOfAnotherFingerprint() throws {
        let card = Array(try Data(contentsOf: URL(filePath: stage.path("other/card.json"))))
        let server = try RawServer { _ in .bytes(200, card) }
        let status = try ConcordProcess.run([
            "node", "status", "--node", stage.path("node"), "--json",
        ])
        let own = try JSONValue(parsing: status.output).object?["fingerprint"]?.string
        try expectFailure(
            65,
            [
                "peer", "add", server.url, "--node", "@node", "--fingerprint",
                try #require(own),
            ])
        try expectNoPeers()
    }

    private func expectNoPeers() throws {
        let peers = try ConcordProcess.run(["peer", "list", "--node", stage.path("node")])
        #expect(peers.code == 0)
        #expect(peers.output.isEmpty)
        let status = try ConcordProcess.run([
            "node", "status", "--node", stage.path("node"), "--json",
        ])
        let logs = try JSONValue(parsing: status.output).object?["logs"]?.array
        #expect(logs?.count == 1)
    }
}
