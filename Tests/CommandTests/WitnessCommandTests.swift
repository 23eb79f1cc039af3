import Encoding
import Foundation
import TestSupport
import Testing

/// Somebody who is a witness and nothing else, as a process of its own.
@Suite struct WitnessCommandTests {
    @Test(.timeLimit(.minutes(5))) func fillsAQuorumWithoutARegistry() throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        let folder = corridor.path("uni")
        let made = try corridor.run(
            0,
            [
                "witness", "init", "--folder", folder, "--name", "uni.example/witness",
                "--unsealed",
            ])
        let key = made.text.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(key.hasPrefix("uni.example/witness+"))
        let again = try corridor.run(
            73, ["witness", "init", "--folder", folder, "--name", "other", "--unsealed"])
        #expect(again.complaint.contains("cannot be started twice"))

        // Nothing is witnessed before its operator has named the log.
        let card = try corridor.json(at: corridor.path("ph/card.json"))
        let logKey = try #require(card.object?["log"]?.string)
        try Data("log \(logKey)\nquorum none\n".utf8)
            .write(to: URL(filePath: "\(folder)/logs.policy"))
        let uni = try RunningNode(folder: folder, ["witness", "serve", "--folder", folder])
        let added = try corridor.run(
            0, ["peer", "witness", "uni", key, uni.url, "--node", corridor.path("ph")])
        #expect(added.text.contains("PH's log is believed when 1 of 1 have seen it: uni"))
        let synced = try corridor.run(0, ["sync", "--node", corridor.path("ph")])
        #expect(synced.text.contains("witnessed up to"), "\(synced.text)\(synced.complaint)")
        let own = try corridor.run(0, ["policy", "check", "--node", corridor.path("ph")])
        #expect(own.text.contains("the own log: 1 of 1 witnesses"))

        // It keeps no registry and shows none.
        #expect(throws: RunningNode.Failure.self) { try uni.get("/card") }
        #expect(
            try JSONValue(parsing: uni.get("/heads")).object?["heads"]?.array == [])
        #expect(uni.stop() == 0)
        // What it remembers outlives its process.
        let second = try RunningNode(folder: folder, ["witness", "serve", "--folder", folder])
        #expect(second.stop() == 0)
        #expect(corridor.stop("ph") == 0)
    }

    /// A witness that keeps no copies and comes back from a backup: it asks the others what it
    /// forgot, and cosigns again.
    @Test(.timeLimit(.minutes(5))) func aRestoredWitnessCosignsAgainOnceTheOthersHaveSpoken() throws
    {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("ph", to: "de")
        let folder = corridor.path("uni")
        let key = try corridor.run(
            0,
            [
                "witness", "init", "--folder", folder, "--name", "uni.example/witness",
                "--unsealed",
            ]
        ).text.trimmingCharacters(in: .whitespacesAndNewlines)
        func member(_ country: String, _ name: String) throws -> String {
            let card = try corridor.json(at: corridor.path("\(country)/card.json"))
            return try #require(card.object?[name]?.string)
        }
        let policy = """
            log \(try member("ph", "log"))
            witness de \(try member("de", "witness")) \(try corridor.url("de"))
            quorum de

            """
        try Data(policy.utf8).write(to: URL(filePath: "\(folder)/logs.policy"))
        let ph = corridor.path("ph")
        func serve() throws -> RunningNode {
            try RunningNode(folder: folder, ["witness", "serve", "--folder", folder])
        }
        let first = try serve()
        try corridor.run(0, ["peer", "witness", "uni", key, first.url, "--node", ph])
        try corridor.run(0, ["sync", "--node", ph])
        #expect(first.stop() == 0)
        let backup = corridor.path("backup")
        try FileManager.default.copyItem(atPath: folder, toPath: backup)
        try FileManager.default.removeItem(atPath: "\(backup)/life-mark")
        // What it cosigns now, the backup does not know.
        let second = try serve()
        try corridor.run(0, ["peer", "witness", "uni", key, second.url, "--node", ph])
        try corridor.add("de", to: "ph")
        for country in ["ph", "de"] {
            try corridor.run(0, ["sync", "--node", corridor.path(country)])
        }
        #expect(second.stop() == 0)

        try FileManager.default.removeItem(atPath: folder)
        try FileManager.default.moveItem(atPath: backup, toPath: folder)
        let third = try serve()
        // Both are asked for: the log grows by the new address, and is witnessed again.
        try corridor.run(0, ["peer", "witness", "uni", key, third.url, "--node", ph])
        let before = try corridor.run(0, ["log", "show", "--node", ph]).text
        let size = before.split(separator: "\n").filter { !$0.hasPrefix(" ") }.count
        let synced = try corridor.run(0, ["sync", "--node", ph])
        #expect(
            synced.text.contains("sample.concord.example/ph/1  \(size) entries"), "\(synced.text)")
        #expect(
            synced.text.contains("witnessed up to \(size)"), "\(synced.text)\(synced.complaint)")
        #expect(third.stop() == 0)
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0) }
    }

    @Test func refusesAFolderThatIsNoWitness() throws {
        let folder = try TemporaryFolder()
        let outcome = try ConcordProcess.run(
            ["witness", "serve", "--folder", folder.path("nothing")])
        #expect(outcome.code == 66)
        #expect(outcome.complaint.contains("concord witness init"))
    }

    @Test func tellsWhetherQuorumsMeet() throws {
        let folder = try TemporaryFolder()
        let corridor = try Corridor()
        var keys: [String] = []
        for number in 1...4 {
            let made = try corridor.run(
                0,
                [
                    "witness", "init", "--folder", folder.path("w\(number)"), "--name",
                    "w\(number).example", "--unsealed",
                ])
            keys.append(made.text.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        func policy(_ name: String, _ quorum: Int, _ numbers: [Int]) throws -> String {
            let lines = numbers.map { "witness w\($0) \(keys[$0 - 1])\n" }
            let names = numbers.map { "w\($0)" }.joined(separator: " ")
            let text = lines.joined() + "group q \(quorum) \(names)\nquorum q\n"
            try Data(text.utf8).write(to: URL(filePath: folder.path(name)))
            return folder.path(name)
        }
        let ours = try policy("ours", 2, [1, 2, 3])
        let theirs = try policy("theirs", 2, [1, 2, 4])
        let same = try corridor.run(0, ["policy", "check", ours, ours])
        #expect(same.text.contains("2k > n + f: 2 x 2 > 3 + 0; read quorum 2 of 3"))
        let apart = try corridor.run(1, ["policy", "check", ours, theirs])
        #expect(apart.text.contains("NEED NOT MEET in an honest witness"))
        let weak = try corridor.run(1, ["policy", "check", try policy("weak", 1, [1, 2])])
        #expect(weak.text.contains("2 x 1 is not above 2 + 0"))
        let usage = try corridor.run(64, ["policy", "check"])
        #expect(usage.complaint.contains("one or two files"))
    }
}
