import Encoding
import Foundation
import TestSupport
import Testing

/// What an operator hopes never to do: backup, restore and rebuilding, with running nodes.
@Suite(.serialized) struct DrillTests {
    /// Reads of nodes and asks them for verdicts again and again, on several threads, until it is
    /// stopped.
    private final class Load: @unchecked Sendable {
        private let lock = NSLock()
        private var isOver = false
        private var counts = (answered: 0, failed: 0)
        private let group = DispatchGroup()

        /// - Parameter certificate: the one about which they are asked.
        init(ports: [Int], certificate: Data) {
            let text = String(decoding: certificate, as: UTF8.self)
            let body = JSONValue.object(["certificate": .string(text)]).serialized
            let head = "HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n"
            let questions = [
                Array("GET /heads \(head)\r\n".utf8),
                Array("POST /verify \(head)content-length: \(body.count)\r\n\r\n".utf8) + body,
            ]
            for port in ports {
                for question in questions {
                    DispatchQueue.global().async(group: group) { [self] in
                        while !lock.withLock({ isOver }) { ask(port, question) }
                    }
                }
            }
        }

        private func ask(_ port: Int, _ question: [UInt8]) {
            let client = try? ClientSocket(port: port)
            client?.send(question)
            let isAnswered = client.map { ClientSocket.status($0.receive()) == 200 } ?? false
            lock.withLock {
                if isAnswered { counts.answered += 1 } else { counts.failed += 1 }
            }
        }

        func stop() -> (answered: Int, failed: Int) {
            lock.withLock { isOver = true }
            group.wait()
            return counts
        }
    }

    private func move(_ stage: OperationStage, _ from: String, _ to: String) throws {
        try FileManager.default.moveItem(atPath: stage.path(from), toPath: stage.path(to))
    }

    /// That a node signs, that its peers follow it, and that nobody has seen it contradict itself.
    private func expectLife(
        _ stage: OperationStage, _ name: String, size: Int64,
        at place: SourceLocation = #_sourceLocation
    ) throws {
        #expect(try stage.size("ph") == size, sourceLocation: place)
        #expect(try stage.status("ph")["sealed"]?.array?.isEmpty == true, sourceLocation: place)
        try stage.corridor.start("ph")
        try stage.publish(name, on: "ph")
        #expect(try stage.size("ph") == size + 1, sourceLocation: place)
        for country in ["de", "nz"] {
            let status = try stage.status(country)
            #expect(status["faults"]?.array?.isEmpty == true, sourceLocation: place)
        }
    }

    private func certificates(in folder: String) throws -> [Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder)
            .filter { $0.hasSuffix(".json") }
            .map { try Data(contentsOf: URL(filePath: "\(folder)/\($0)")) }
    }

    /// Publishes an act of a country meanwhile.
    private func publish(
        _ name: String, on country: String, _ stage: OperationStage
    ) throws -> DispatchGroup {
        let holder = "\(country).\(name)"
        try stage.corridor.makeKey("authority", holder)
        let arguments = [
            "publish", "authority-key", "--holder", holder, "--of", stage.path("\(holder).key"),
            "--node", stage.path(country),
        ]
        let group = DispatchGroup()
        DispatchQueue.global().async(group: group) { _ = try? ConcordProcess.run(arguments) }
        return group
    }

    private func expectAnswers(
        _ load: Load, at place: SourceLocation = #_sourceLocation
    ) throws {
        let counts = load.stop()
        #expect(counts.failed == 0, sourceLocation: place)
        #expect(counts.answered > 0, sourceLocation: place)
    }

    @Test func bringsANodeBackTwiceUnderLoad() throws {
        let stage = try OperationStage()
        try stage.makeRecoveryKey()
        try stage.corridor.publishActs()
        try stage.corridor.issue()
        let issued = try certificates(in: stage.path("certificates"))
        #expect(issued.count == 2)
        func load(_ countries: [String]) throws -> Load {
            Load(
                ports: try countries.map { try #require(stage.corridor.nodes[$0]?.port) },
                certificate: try #require(issued.first))
        }
        let person = try stage.corridor.addOperator(to: "ph")
        let first = try load(["ph", "nz"])
        // Somebody publishes while the copy is made.
        var publishing = try publish("busy", on: "ph", stage)
        try stage.backUp("ph", as: "drill")
        publishing.wait()
        try expectAnswers(first)

        // What is signed after the backup is not in it.
        try stage.publish("after", on: "ph")
        try stage.spread("ph", to: ["de", "nz"])
        let size = try stage.size("ph")
        #expect(stage.corridor.stop("ph") == 0)
        try move(stage, "ph", "ph.lost")

        let second = try load(["de", "nz"])
        publishing = try publish("restoring", on: "nz", stage)
        try stage.run(0, stage.restoring("drill", to: "ph"))
        #expect(try stage.status("ph")["sealed"]?.array?.isEmpty == false)
        #expect(try stage.size("ph") < size)
        #expect(!FileManager.default.fileExists(atPath: stage.path("ph/life-mark")))
        let recovered = try stage.run(0, ["node", "recover", "--node", stage.path("ph")])
        #expect(recovered.text.contains("this node may sign"), "\(recovered.complaint)")
        publishing.wait()
        try expectAnswers(second)
        // The records came back with the log: the same certificates can be written once more.
        try stage.run(
            0,
            [
                "record", "export", "--node", stage.path("ph"), "--out", stage.path("back"),
                "--operator", person,
            ])
        #expect(try Set(certificates(in: stage.path("back"))) == Set(issued))
        try expectLife(stage, "restored", size: size)

        // All machines are gone, and so is the backup but for the keys.
        try stage.spread("ph", to: ["de", "nz"])
        #expect(stage.corridor.stop("ph") == 0)
        try move(stage, "ph", "ph.lost-too")
        let third = try load(["de", "nz"])
        publishing = try publish("rebuilding", on: "nz", stage)
        let rebuilt = try stage.run(
            0,
            [
                "rebuild", "--from-peers", try stage.corridor.url("de"),
                try stage.corridor.url("nz"), "--keys", stage.path("drill.keys"),
                "--recovery-key", stage.path("recovery.key"), "--node", stage.path("ph"),
            ])
        #expect(rebuilt.text.contains("\(size + 1) entries, fetched back"))
        publishing.wait()
        try expectAnswers(third)
        try expectLife(stage, "rebuilt", size: size + 1)
    }

    /// A restore that is refused says why, and leaves nothing behind.
    @Test func refusesWhatIsNoWholeBackupOfOneNode() throws {
        let stage = try OperationStage(["ph", "de"])
        try stage.makeRecoveryKey()
        try stage.backUp("ph", as: "ph")
        try stage.backUp("de", as: "de")
        try stage.run(
            0,
            [
                "key", "new", "recovery", "--name", "other", "--out", stage.path("other.key"),
                "--sample", "--unsealed",
            ])
        func expectRefusal(
            _ code: Int32, _ word: String, data: String = "ph.backup", keys: String = "ph.keys",
            recovery: String = "recovery.key", to folder: String = "new",
            at place: SourceLocation = #_sourceLocation
        ) throws {
            let before = try FileManager.default.contentsOfDirectory(atPath: stage.path(""))
            let outcome = try stage.run(
                code,
                [
                    "restore", stage.path(data), "--keys", stage.path(keys), "--recovery-key",
                    stage.path(recovery), "--node", stage.path(folder),
                ], at: place)
            #expect(outcome.complaintLines.count == 1, sourceLocation: place)
            #expect(outcome.complaint.contains(word), "\(outcome.complaint)", sourceLocation: place)
            let after = try FileManager.default.contentsOfDirectory(atPath: stage.path(""))
            #expect(Set(after) == Set(before), sourceLocation: place)
        }
        let whole = try Data(contentsOf: URL(filePath: stage.path("ph.backup")))
        try whole.dropLast(100).write(to: URL(filePath: stage.path("torn")))
        var changed = whole
        changed[whole.count / 2] ^= 1
        try changed.write(to: URL(filePath: stage.path("changed")))
        try Data("hello\n".utf8).write(to: URL(filePath: stage.path("page")))
        try expectRefusal(65, "cut off", data: "torn")
        try expectRefusal(65, "changed bytes", data: "changed")
        try expectRefusal(65, "backup of a node", data: "page")
        try expectRefusal(66, "found none", data: "nothing")
        try expectRefusal(65, "part with the", data: "ph.keys", keys: "ph.backup")
        try expectRefusal(65, "one of sample.concord.example/de/1", keys: "de.keys")
        try expectRefusal(77, "recovery key", recovery: "other.key")
        try expectRefusal(77, "of the role log", recovery: "ph/keys/log.key")
        try expectRefusal(73, "found something", to: "de")
        // A backup does not take another one's place.
        let again = try stage.run(
            73,
            [
                "backup", "--node", stage.path("ph"), "--to", stage.path("recovery.pub"),
                "--out", stage.path("ph.backup"),
            ])
        #expect(again.complaint.contains("found something"))
        #expect(try Data(contentsOf: URL(filePath: stage.path("ph.backup"))) == whole)
    }

    /// A database that a newer program wrote is neither restored nor opened.
    @Test func refusesADatabaseOfANewerSchema() throws {
        let stage = try OperationStage(["ph"])
        #expect(stage.corridor.stop("ph") == 0)
        let path = stage.path("ph/log.sqlite")
        let sqlite = Process()
        sqlite.executableURL = URL(filePath: "/usr/bin/env")
        sqlite.arguments = ["sqlite3", path, "PRAGMA user_version = 99"]
        try sqlite.run()
        sqlite.waitUntilExit()
        let before = try Data(contentsOf: URL(filePath: path))
        for command in [["status"], ["doctor"], ["node", "serve"]] {
            let outcome = try stage.run(65, command + ["--node", stage.path("ph")])
            #expect(outcome.complaint.contains("newer Concord wrote"))
        }
        #expect(try Data(contentsOf: URL(filePath: path)) == before)
    }
}
