import Foundation
import Testing

/// A corridor on a stick: from one node to another, and to an office without a node.
@Suite struct PackCommandTests {
    @Test(.timeLimit(.minutes(5))) func carriesACorridorWithoutANetwork() throws {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        try corridor.add("ph", to: "de")
        for country in ["ph", "de", "ph"] {
            try corridor.run(0, ["sync", "--node", corridor.path(country)])
        }
        let anchor = corridor.path("de.anchor.json")
        try corridor.run(0, ["node", "anchor", "--node", corridor.path("de"), "--out", anchor])
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0) }

        let pack = corridor.path("corridor.pack")
        let made = try corridor.run(
            0, ["pack", "export", "--node", corridor.path("de"), "--out", pack])
        #expect(made.text.contains("sample.concord.example/de/1  entries 0 to "))
        #expect(made.text.contains("sample.concord.example/ph/1  entries 0 to "))
        let second = corridor.path("again.pack")
        try corridor.run(0, ["pack", "export", "--node", corridor.path("de"), "--out", second])
        #expect(
            try Data(contentsOf: URL(filePath: pack)) == Data(contentsOf: URL(filePath: second)))

        // An office without a node: the anchor's log first, then those that it names.
        let copies = corridor.path("copies")
        let office = ["--anchor", anchor, "--data", copies]
        let taken = try corridor.run(0, ["pack", "import", pack] + office)
        #expect(taken.text.contains("sample.concord.example/de/1"))
        #expect(taken.text.contains("sample.concord.example/ph/1"))
        #expect(taken.complaint.isEmpty)
        let check = try corridor.run(0, ["log", "check", "--data", copies])
        #expect(check.text.components(separatedBy: "sound").count == 3)
        let again = try corridor.run(0, ["pack", "import", pack] + office)
        #expect(again.text.components(separatedBy: "nothing new").count == 3)

        // Only what is new, and what it needs.
        let rest = corridor.path("rest.pack")
        let since = try corridor.run(
            0,
            [
                "pack", "export", "--node", corridor.path("de"), "--out", rest, "--since", pack,
                "--log", "sample.concord.example/de/1",
            ])
        #expect(since.text.contains("sample.concord.example/de/1"))
        #expect(!since.text.contains("sample.concord.example/ph/1"))

        // A sealed node imports as well, and says what was damaged on the way.
        var bytes = try Data(contentsOf: URL(filePath: pack))
        bytes[bytes.count / 2] ^= 1
        let bad = corridor.path("bad.pack")
        try bytes.write(to: URL(filePath: bad))
        let damaged = try corridor.run(1, ["pack", "import", bad, "--node", corridor.path("ph")])
        #expect(damaged.complaint.contains("\(bad): "))
        #expect(damaged.complaint.contains("at byte "))
    }

    @Test func saysWhatIsNoPack() throws {
        let corridor = try Corridor()
        let file = corridor.path("letter.txt")
        try Data("Dear Sir or Madam\n".utf8).write(to: URL(filePath: file))
        let node = ["--node", corridor.path("none")]
        let other = try corridor.run(65, ["pack", "import", file] + node)
        #expect(other.complaint.contains("\(file): expected a pack"))
        let absent = try corridor.run(66, ["pack", "import", corridor.path("absent.pack")] + node)
        #expect(absent.complaint.contains("cannot be read"))
        try corridor.run(
            64,
            [
                "pack", "export", "--node", "a", "--data", "b", "--out", corridor.path("out.pack"),
            ])
    }
}
