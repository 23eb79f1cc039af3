import Encoding
import Foundation
import Node
import Registrar
import Registry
import Sync
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
        try expect("fault", "peers", "concord sync")
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

    /// A backup without the keys is none; the command that is printed makes one that is restored.
    @Test func namesTheBackupFromWhichANodeIsRestored() throws {
        try stage.run(
            0,
            [
                "backup", "--node", stage.path("ph"), "--to", stage.path("recovery.pub"), "--out",
                stage.path("half.backup"),
            ])
        try expect("attention", "backup", "concord backup --node ")
        let remedy = try #require(try stage.findings("ph", 1)["backup"]?.remedy)
        let words = remedy.split(separator: " ").map(String.init)
        #expect(words.first == "concord")
        try run(ConcordProcess.binary.path, Array(words.dropFirst()), in: stage.path(""))
        try expect("fine", "backup", "")
        func value(_ name: String) throws -> String {
            stage.path(words[try #require(words.firstIndex(of: name)) + 1])
        }
        try stage.run(
            0,
            [
                "restore", try value("--out"), "--keys", try value("--keys-out"),
                "--recovery-key", stage.path("recovery.key"), "--node", stage.path("again"),
            ])
        #expect(try stage.size("again") == stage.size("ph"))
    }

    private func day(_ days: Int) -> String {
        let date = Date(timeIntervalSinceNow: Double(days) * 86_400)
        return String(ISO8601DateFormatter().string(from: date).prefix(10))
    }

    /// What ends is named, and the command that is printed gives it once more.
    @Test func findsWhatEndsSoonAndRenewsIt() throws {
        for name in ["ph.office", "ph.centre", "ph.campus"] {
            try stage.corridor.makeKey(name == "ph.office" ? "authority" : "body", name)
        }
        let node = ["--node", stage.path("ph")]
        let scope = ["--qualification", "ph.welder", "--from", "2020-01-01"]
        try stage.run(
            0,
            [
                "publish", "authority-key", "--holder", "ph.office", "--of",
                stage.path("ph.office.key"),
            ] + node)
        try stage.run(
            0,
            [
                "publish", "mandate", "--authority", "ph.office", "--name", "Sample Office's Own",
                "--may", "accredit", "--may", "register", "--scope", "ph.*", "--territory", "PH",
                "--from", "2020-01-01", "--until", day(30),
            ] + node)
        try stage.run(
            0,
            [
                "publish", "accredit", "--body", "ph.centre", "--name", "Centre", "--of",
                stage.path("ph.centre.key"), "--until", day(20), "--delegation", "--by",
                "ph.office", "--key", stage.path("ph.office.key"),
            ] + scope + node)
        try stage.run(
            0,
            [
                "publish", "delegate", "--to", "ph.campus", "--name", "Campus", "--of",
                stage.path("ph.campus.key"), "--until", day(10), "--by", "ph.centre", "--key",
                stage.path("ph.centre.key"),
            ] + scope + node)
        try stage.corridor.run(0, ["sync"] + node)
        for what in [
            "the mandate of ph.office ends", "the accreditation of ph.centre ends",
            "the delegation to ph.campus ends",
        ] {
            // A delegation goes as far as the accreditation that it comes from, and then on.
            for _ in 0..<(what.contains("delegation") ? 2 : 1) {
                let found = try stage.ends("ph").first { $0.text.hasPrefix(what) }
                let command = try #require(found?.remedy, "\(what)")
                let shell = [
                    "-c", command.replacing("concord ", with: "\"$0\" ", maxReplacements: 1),
                ]
                try run("/bin/sh", shell + [ConcordProcess.binary.path], in: stage.path(""))
                try stage.corridor.run(0, ["sync"] + node)
            }
            #expect(!(try stage.ends("ph")).contains { $0.text.hasPrefix(what) }, "\(what)")
        }
    }

    @Test func findsACertificateThatEnds() throws {
        let openssl = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", stage.path("tls.key"), "-out", stage.path("tls.pem"), "-days", "3", "-subj",
            "/CN=localhost",
        ]
        try run("openssl", openssl, in: stage.path(""))
        let files =
            #""tlsCertificate": "\#(stage.path("tls.pem"))", "tlsKey": "\#(stage.path("tls.key"))""#
        try #"{"version": 1, \#(files)}"#
            .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
        try expect("attention", "certificate", "sudo certbot renew")
        try run("chmod", ["644", stage.path("tls.key")], in: stage.path(""))
        try expect("fault", "certificate", "chmod 600 \(stage.path("tls.key"))")
    }

    /// What peers ask for is asked for as they do: at their address, its certificate included.
    @Test func findsListsThatPeersCannotHave() throws {
        try stage.corridor.publishActs(of: ["ph"])
        try stage.corridor.issue()
        #expect(try stage.findings("ph", 0)["lists"]?.text.contains("served at http://") == true)
        let other = try #require(stage.corridor.nodes["de"]?.port)
        for (address, word) in [
            ("http://127.0.0.1:\(other)", "404"), ("https://127.0.0.1:\(other)", "not served"),
        ] {
            try #"{"version": 1, "address": "\#(address)"}"#
                .write(toFile: stage.path("ph/node.json"), atomically: true, encoding: .utf8)
            try expect("fault", "lists", "concord node serve")
            let text = try stage.findings("ph", 1)["lists"]?.text ?? ""
            #expect(text.contains(word), "\(text)")
        }
    }

    @Test func findsALogThatForked() throws {
        let log = "sample.concord.example/de/1"
        try sqlite(
            "UPDATE log SET standing = 'frozen' WHERE origin = '\(log)'")
        try expect("fault", "logs", "concord sync")
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

    /// The peer's clock is five minutes ahead of this machine's: one of the two is wrong, and the
    /// doctor says by how much.
    @Test func findsAClockThatPeersContradict() async throws {
        let port = try #require(stage.corridor.nodes["de"]?.port)
        #expect(stage.corridor.stop("de") == 0)
        let office = try Office(opening: NodeDirectory(stage.path("de")), passphrase: nil)
        let ahead: @Sendable () -> Timestamp = {
            Timestamp(seconds: Int64(Date().timeIntervalSince1970) + 300)
        }
        var services = NodeServices(
            database: office.database, rules: office.rules(clock: ahead),
            card: office.card.serialized, witness: nil, now: ahead)
        services.seen = SeenDesk(
            database: office.database,
            signer: try office.node.signer(.witness, passphrase: nil))
        var configuration = NodeConfiguration()
        (configuration.port, configuration.syncSeconds) = (port, 0)
        let server = NodeServer(
            configuration: configuration, services: services, logger: NodeLog.silent)
        let (ports, listens) = AsyncStream<Int>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run(handlingSignals: false) { listens.yield($0) }
            }
            for await _ in ports { break }
            let found = try stage.findings("ph", 1)["clock"]
            #expect(found?.level == "fault")
            let text = try #require(found?.text.firstMatch(of: /clock is ([0-9]+) s behind/))
            #expect((290...310).contains(Int(text.1) ?? 0))
            #expect(found?.remedy == "sudo timedatectl set-ntp true")
            group.cancelAll()
        }
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

    private func run(_ program: String, _ words: [String], in folder: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = URL(filePath: folder)
        process.arguments = [program] + words
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(words)")
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
