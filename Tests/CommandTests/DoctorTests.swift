import Encoding
import Foundation
import TestSupport
import Testing

/// Each finding of the doctor on a real node with the fault made.
@Suite(.serialized) struct DoctorTests {
    private let stage: OperationStage

    init() throws {
        stage = try OperationStage(["ph", "de"])
        try stage.makeRecoveryKey()
        try stage.backUp("ph", as: "first")
    }

    private func expect(
        _ level: String, _ check: String, _ remedy: String,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        let found = try stage.findings("ph", level == "fine" ? 0 : 1, at: place)
        let finding = try #require(found[check], sourceLocation: place)
        #expect(finding.level == level, "\(finding.text)", sourceLocation: place)
        #expect(
            finding.remedy?.hasPrefix(remedy) ?? remedy.isEmpty, "\(finding)", sourceLocation: place
        )
    }

    @Test func findsNothingOnANodeInOrder() throws {
        let found = try stage.findings("ph", 0)
        for (check, finding) in found { #expect(finding.level == "fine", "\(check): \(finding)") }
        #expect(
            Set(found.keys).isSuperset(of: [
                "configuration", "rights", "disk", "clock", "port", "seal", "logs", "lists",
                "peers", "quorum", "backup", "keys",
            ]))
        let text = try stage.run(0, ["doctor", "--node", stage.path("ph")]).text
        #expect(text.contains("[ok]    clock"))
    }

    @Test func findsKeysThatOthersCanRead() throws {
        let keys = stage.path("ph/keys")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: keys + "/log.key")
        try expect("fault", "rights", "chmod -R go= ")
        // The remedy is a command, and repairs it.
        try run("chmod", "-R", "go=", keys)
        try expect("fine", "rights", "")
    }

    @Test func findsSilentPeersAndAMissingQuorum() throws {
        #expect(stage.corridor.stop("de") == 0)
        try expect("fault", "peers", "concord peer list")
        try expect("fault", "quorum", "concord sync")
    }

    @Test func findsANodeThatNobodyServes() throws {
        #expect(stage.corridor.stop("ph") == 0)
        try expect("attention", "port", "concord node serve")
        // A port file that a killed process left behind.
        try "1\n".write(toFile: stage.path("ph/node.port"), atomically: true, encoding: .utf8)
        try expect("fault", "port", "concord node serve")
    }

    @Test func findsAPortThatAnotherProgramHas() throws {
        #expect(stage.corridor.stop("ph") == 0)
        let server = try RawServer { _ in .close }
        try #"{"version": 1, "port": \#(server.port)}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        try expect("fault", "port", "ss -ltnp sport = :\(server.port)")
    }

    @Test func findsAnotherNodeAtThePort() throws {
        let port = try #require(stage.corridor.nodes["de"]?.port)
        try "\(port)\n".write(
            toFile: stage.path("ph/node.port"), atomically: true, encoding: .utf8)
        try expect("fault", "port", "concord node serve")
    }

    @Test func findsTooLittleRoomAndAnOldBackup() throws {
        try #"{"version": 1, "diskMebibytes": 1073741824}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        try expect("fault", "disk", "du ")
        let text = try String(contentsOfFile: stage.path("ph/backup.json"), encoding: .utf8)
        let old = text.replacing(/"time": "[^"]+"/, with: #""time": "2026-01-01T00:00:00Z""#)
        try old.write(toFile: stage.path("ph/backup.json"), atomically: true, encoding: .utf8)
        try expect("attention", "backup", "concord backup --node ")
        try FileManager.default.removeItem(atPath: stage.path("ph/backup.json"))
        try expect("attention", "backup", "concord backup --node ")
    }

    @Test func findsAConfigurationThatKeepsTheNodeFromStarting() throws {
        try #"{"version": 1, "prot": 8080}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        let found = try stage.findings("ph", 1)
        #expect(found["configuration"]?.level == "fault")
        #expect(found["configuration"]?.text.contains("prot") == true)
    }

    @Test func findsAClockBeforeWhatAQuorumSigned() throws {
        try sqlite("UPDATE clock SET high_water = high_water + 864000")
        try expect("fault", "clock", "sudo timedatectl")
    }

    @Test func findsASealedNode() throws {
        #expect(stage.corridor.stop("ph") == 0)
        try FileManager.default.removeItem(atPath: stage.path("ph/life-mark"))
        try expect("fault", "seal", "concord node recover")
    }

    @Test func findsAKeyThatIsGone() throws {
        try FileManager.default.removeItem(atPath: stage.path("ph/keys/extract.key"))
        try expect("fault", "keys", "concord restore")
    }

    private func sqlite(_ sql: String) throws {
        try run("sqlite3", stage.path("ph/log.sqlite"), sql)
    }

    private func run(_ words: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
