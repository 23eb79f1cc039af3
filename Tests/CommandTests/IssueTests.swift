import Cryptography
import Encoding
import Foundation
import Testing

/// What `concord issue` leaves behind, and what it refuses before anything is signed.
@Suite(.serialized) struct IssueTests {
    private let stage: AwardStage

    init() throws { stage = try AwardStage() }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: stage.path(name))
    }

    @Test func writesOverNoCertificate() throws {
        try stage.issue(0, to: stage.path("out"))
        let (first, size) = (try stage.bytes("out/1.json"), try stage.size())
        let again = try stage.issue(73, to: stage.path("out"))
        #expect(again.complaint.contains("expected no certificates in"), "\(again.complaint)")
        #expect(try stage.bytes("out/1.json") == first)
        #expect(try stage.size() == size)
        for name in ["records.txt", "batch.note", "7.json"] {
            let folder = stage.path("with-\(name)")
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            try Data().write(to: URL(filePath: "\(folder)/\(name)"))
            try stage.issue(73, to: folder)
        }
        #expect(try stage.size() == size)
    }

    /// Plain files serve the status lists too, each under the hash that its entry names.
    @Test func putsTheListsAmongTheFilesOfTheLog() throws {
        try stage.issue(0, to: stage.path("out"))
        let files = stage.path("www")
        try stage.run(0, ["log", "publish-static", files, "--node", stage.path("node")])
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(files)/blob")
        #expect(!names.isEmpty)
        for name in names {
            #expect(HashValue(of: try stage.bytes("www/blob/\(name)")).hexadecimal == name)
        }
    }

    @Test func keepsFilesToTheirOwner() throws {
        try stage.issue(0, to: stage.path("out"))
        for name in [
            "out/1.json", "out/2.json", "out/records.txt", "node/records.sqlite",
            "node/record-keys.sqlite",
        ] {
            #expect(try stage.mode(name) == 0o600, "\(name)")
        }
        for name in ["node", "node/keys"] { #expect(try stage.mode(name) == 0o700, "\(name)") }
        let records = stage.path("node/records.sqlite")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: records)
        try stage.run(0, ["record", "list", "--node", stage.path("node")])
        #expect(try stage.mode("node/records.sqlite") == 0o600)
    }

    @Test func leavesNoFolderWhenRefused() throws {
        try stage.writeAwards(version: "1999", to: "unknown.json")
        let size = try stage.size()
        let refused = try stage.issue(1, "unknown.json", to: stage.path("a/b"))
        #expect(!exists("a"))
        #expect(refused.complaint.contains("expected a registered version of ph.welder"))
        #expect(refused.complaint.contains("registered: 2020"), "\(refused.complaint)")
        #expect(try stage.size() == size)
    }

    @Test func writesTheFilesAgainFromTheRecords() throws {
        try stage.issue(0, to: stage.path("out"))
        // The last entry is the batch of their paper.
        let entry = try stage.size() - 2
        try stage.issue(0, to: stage.path("other"))
        let node = ["--node", stage.path("node")]
        let list = try stage.run(0, ["record", "list", "--entry", "\(entry)"] + node)
        let ids = list.text.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
        let names = ["1.json", "2.json", "records.txt"]
        let known = String(decoding: try stage.bytes("out/records.txt"), as: UTF8.self)
        #expect(known == "\(ids[0]) 1.json\n\(ids[1]) 2.json\n")
        for (folder, selection) in [("batch", ["--entry", "\(entry)"]), ("ids", ids)] {
            try stage.run(
                0,
                ["record", "export", "--out", stage.path(folder)] + selection + node
                    + stage.byRegistrar())
            for name in names {
                #expect(try stage.bytes("\(folder)/\(name)") == stage.bytes("out/\(name)"))
                #expect(try stage.mode("\(folder)/\(name)") == 0o600)
            }
        }
        try stage.run(
            73, ["record", "export", "--out", stage.path("batch")] + node + stage.byRegistrar())
        try stage.run(64, ["record", "export", "--out", stage.path("all")] + node)
        try stage.run(
            0, ["record", "export", "--out", stage.path("all")] + node + stage.byRegistrar())
        #expect(exists("all/4.json") && !exists("all/5.json"))
    }

    @Test func saysHowToGetFilesThatCouldNotBeWritten() throws {
        // A folder that can be made, and in which no name fits any more.
        var out = stage.path("out")
        while out.utf8.count < 4_080 {
            out += "/" + String(repeating: "a", count: min(200, 4_085 - out.utf8.count))
        }
        let entry = try stage.size() + 1
        let failed = try stage.issue(73, to: out)
        #expect(try stage.size() == entry + 1)
        #expect(failed.output.isEmpty)
        #expect(failed.complaint.contains("logged at entry \(entry)"), "\(failed.complaint)")
        #expect(failed.complaint.contains("concord record export --entry \(entry)"))
        #expect(!exists("out"))
        try stage.run(
            0,
            [
                "record", "export", "--entry", "\(entry)", "--node", stage.path("node"), "--out",
                stage.path("rescued"),
            ] + stage.byRegistrar())
        let records = String(decoding: try stage.bytes("rescued/records.txt"), as: UTF8.self)
        for line in records.split(separator: "\n") {
            #expect(failed.complaint.contains(line.prefix { $0 != " " }))
        }
        try stage.run(
            0, ["verify", stage.path("rescued/2.json"), "--node", stage.path("node")])
    }

    @Test func publishesNoActTwice() throws {
        func write(_ title: String, to name: String) throws -> String {
            let act: JSONObject = [
                "qualification": "ph.turner", "version": "1", "country": "PH",
                "titles": ["en": .string(title)], "isco08": ["7223"], "iscedF": [],
                "units": [],
            ]
            let draft: JSONValue = [
                "kind": "qualification", "by": .string(AwardStage.authority),
                "subjects": ["ph.turner"], "act": .object(act),
            ]
            try Data(draft.indented.utf8).write(to: URL(filePath: stage.path(name)))
            return stage.path(name)
        }
        let options = [
            "--node", stage.path("node"), "--key", stage.path("\(AwardStage.authority).key"),
        ]
        let turner = try write("Turner", to: "turner.json")
        let entry = try stage.size()
        try stage.run(0, ["publish", "file", turner] + options)
        let again = try stage.run(1, ["publish", "file", turner] + options)
        #expect(again.complaint.contains("entry \(entry) (qualification)"), "\(again.complaint)")
        #expect(try stage.size() == entry + 1)
        let other = try write("Lathe operator", to: "other.json")
        try stage.run(1, ["publish", "file", other, turner] + options)
        #expect(try stage.size() == entry + 1)
        try stage.run(0, ["publish", "file", other] + options)
        try stage.run(
            0,
            [
                "publish", "withdraw", "--act", try identity(of: entry), "--reason", "sample",
                "--by", AwardStage.authority,
            ] + options)
        try stage.run(0, ["publish", "file", turner] + options)
    }

    @Test func saysTheNamesOfTheCountryAgain() throws {
        let draft: JSONValue = [
            "kind": "country", "by": "ph.root", "subjects": ["PH"],
            "act": ["country": "PH", "names": ["en": "Sample"]],
        ]
        try Data(draft.indented.utf8).write(to: URL(filePath: stage.path("country.json")))
        try stage.run(
            0, ["publish", "file", stage.path("country.json"), "--node", stage.path("node")])
    }

    private func identity(of entry: Int) throws -> String {
        let lines = try stage.run(0, ["log", "show", "--node", stage.path("node")]).text
            .split(separator: "\n")
        let index = try #require(lines.firstIndex { $0.hasPrefix("\(entry)  ") })
        return String(lines[index + 1].trimmingPrefix("    act "))
    }
}
