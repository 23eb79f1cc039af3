import Encoding
import Foundation
import Testing

/// Keys that change, and a log that goes on as its next generation, with real processes.
@Suite(.serialized) struct SuccessionCommandTests {
    private let corridor: Corridor

    init() throws { corridor = try Corridor() }

    private func sync(_ countries: [String], times: Int = 2) throws {
        for country in (0..<times).flatMap({ _ in countries }) {
            try corridor.run(0, ["sync", "--node", corridor.path(country)])
        }
    }

    /// A certificate of the Philippines, judged by Germany's node for no destination.
    private func verify(_ file: String, at place: SourceLocation = #_sourceLocation) throws
        -> String
    {
        try corridor.run(
            0, ["verify", corridor.path(file), "--node", corridor.path("de")], at: place
        ).text
    }

    private func move(_ name: String) throws -> String {
        let stick = corridor.path("stick-\(name).key")
        try FileManager.default.moveItem(
            atPath: corridor.path("ph/keys/next-root.key"), toPath: stick)
        return stick
    }

    @Test(.timeLimit(.minutes(10))) func aCertificateOutlivesKeysAndGenerations() throws {
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try corridor.issue()
        try corridor.syncAll()
        let file = "certificates/2.json"
        #expect(try verify(file).contains("sample.concord.example/ph/1, "))

        // The root passes to the committed one, and the log to a new key.
        let stick = try move("one")
        let wrong = try corridor.run(
            77,
            [
                "node", "rotate-root", "--node", corridor.path("ph"), "--next-root",
                corridor.path("ph/keys/root.key"), "--unsealed", "--sample",
            ])
        #expect(wrong.complaint.contains("next-root"))
        try corridor.run(
            0,
            [
                "node", "rotate-root", "--node", corridor.path("ph"), "--next-root", stick,
                "--unsealed", "--sample",
            ])
        try corridor.run(
            0, ["node", "rotate-log", "--node", corridor.path("ph"), "--unsealed", "--sample"])
        // The new root signs, the new key signs: a mandate, and the checkpoint over it.
        try corridor.run(
            0,
            [
                "publish", "mandate", "--authority", "ph.sample-office", "--name", "Sample Office",
                "--may", "register", "--scope", "ph.*", "--territory", "PH", "--from",
                "2020-01-01", "--node", corridor.path("ph"),
            ])
        #expect(corridor.stop("ph") == 0)
        try corridor.start("ph")
        // Germany was away for all of it: the acts on the way name the key that it meets.
        let caughtUp = try corridor.run(0, ["sync", "--node", corridor.path("de")])
        #expect(!caughtUp.complaint.contains("no key signed"), "\(caughtUp.complaint)")
        #expect(caughtUp.text.contains("sample.concord.example/ph/1  48 entries, +3 entries"))
        // The Philippines bring it to New Zealand.
        try sync(["ph"])
        let shown = try corridor.run(
            0, ["log", "show", "--country", "PH", "--last", "1", "--node", corridor.path("nz")])
        #expect(shown.text.contains("ph.sample-office"))
        try sync(Corridor.countries)
        #expect(try verify(file).contains("sample.concord.example/ph/1, "))

        // The machines are lost: the log goes on from what is left of it.
        let second = try move("two")
        let sound = try corridor.run(
            1,
            [
                "node", "succeed", "--node", corridor.path("ph"), "--next-root", second,
                "--unsealed", "--sample",
            ])
        #expect(sound.complaint.contains("no fork of it is proven"))
        #expect(corridor.stop("ph") == 0)
        let succeeded = try corridor.run(
            0,
            [
                "node", "succeed", "--node", corridor.path("ph"), "--next-root", second,
                "--dead", "--unsealed", "--sample",
            ])
        #expect(succeeded.text.contains("sample.concord.example/ph/2"))
        #expect(succeeded.text.contains("goes on from sample.concord.example/ph/1"))
        try corridor.start("ph")
        // The certificate stays what it was to those who have not heard of it yet.
        #expect(try verify(file).contains("[ok] issuer"))
        let adopted = try corridor.run(0, ["sync", "--node", corridor.path("de")])
        #expect(
            adopted.text.contains("ph/2 goes on from sample.concord.example/ph/1"),
            "\(adopted.complaint)")
        try sync(Corridor.countries)
        let text = try verify(file)
        #expect(text.contains("sample.concord.example/ph/2, "))
        #expect(text.contains("[ok] issuer"))
        try pinsByHand()
        #expect(try verify(file).contains("sample.concord.example/ph/2, "))
        try judgesFromFreshCopies(file)
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    /// Germany's root says it, so that those who trust Germany follow.
    private func pinsByHand() throws {
        let arguments = [
            "peer", "repin", try corridor.url("ph"), "--fingerprint",
            try corridor.fingerprint("ph"), "--node", corridor.path("de"),
        ]
        let pinned = try corridor.run(0, arguments)
        #expect(pinned.text.contains("ph/2 in place of sample.concord.example/ph/1"))
        #expect(pinned.text.contains("WARNING: entries of the old log from"))
        #expect(!pinned.text.contains("is undone"))
        let again = try corridor.run(66, arguments)
        #expect(again.complaint.contains("pinned under another log"))
        try sync(Corridor.countries)
    }

    /// Who has nothing yet copies the old log first: it says when entries were logged.
    private func judgesFromFreshCopies(_ file: String) throws {
        let anchor = corridor.path("de.anchor.json")
        try corridor.run(0, ["node", "anchor", "--node", corridor.path("de"), "--out", anchor])
        let fresh = ["--anchor", anchor, "--data", corridor.path("fresh")]
        let synced = try corridor.run(0, ["sync", "--from", try corridor.url("de")] + fresh)
        #expect(synced.text.contains("ph/2 goes on from sample.concord.example/ph/1"))
        let text = try corridor.run(0, ["verify", corridor.path(file)] + fresh).text
        #expect(text.contains("sample.concord.example/ph/2, "))
    }
}
