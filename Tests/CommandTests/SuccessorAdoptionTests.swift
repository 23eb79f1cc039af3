import Encoding
import Foundation
import Testing

/// What other countries' processes make of a successor: they take it by themselves where nothing
/// is lost by it, and leave the rest to an operator.
@Suite(.serialized) struct SuccessorAdoptionTests {
    private static let file = "certificates/2.json"
    private let corridor: Corridor

    init() throws {
        corridor = try Corridor()
        try corridor.found()
        try corridor.introduce()
        try corridor.publishActs()
        try corridor.issue()
        try corridor.syncAll()
    }

    private func mandate(_ name: String, on folder: String) throws {
        try corridor.run(
            0,
            [
                "publish", "mandate", "--authority", "ph.\(name)", "--name", "Sample \(name)",
                "--may", "register", "--scope", "ph.*", "--territory", "PH", "--from",
                "2020-01-01", "--node", corridor.path(folder),
            ])
    }

    private func succeed(_ options: [String]) throws -> String {
        let stick = corridor.path("stick.key")
        try FileManager.default.moveItem(
            atPath: corridor.path("ph/keys/next-root.key"), toPath: stick)
        return try corridor.run(
            0,
            [
                "node", "succeed", "--node", corridor.path("ph"), "--next-root", stick,
                "--unsealed", "--sample",
            ] + options
        ).text
    }

    private func sync(_ country: String) throws -> ConcordProcess.Outcome {
        try corridor.run(0, ["sync", "--node", corridor.path(country)])
    }

    private func verdict() throws -> String {
        try corridor.run(
            0, ["verify", corridor.path(Self.file), "--node", corridor.path("de")]
        ).text
    }

    /// The number of entries of the Philippines' newest log that Germany holds.
    private func shown(_ subject: String) throws -> String {
        try corridor.run(
            0,
            [
                "log", "show", "--country", "PH", "--subject", subject, "--node",
                corridor.path("de"),
            ]
        ).text
    }

    @Test(.timeLimit(.minutes(10))) func aLogWithAProvenForkGoesOnByItself() throws {
        // Two copies of one machine, which the witnesses let sign while neither had said anything
        // new; then neither hears of the other.
        #expect(corridor.stop("ph") == 0)
        try FileManager.default.copyItem(
            atPath: corridor.path("ph"), toPath: corridor.path("twin"))
        for copy in ["ph", "twin"] { _ = try sync(copy) }
        for country in ["de", "nz"] { #expect(corridor.stop(country) == 0) }
        try mandate("office-one", on: "ph")
        try mandate("office-two", on: "twin")
        try corridor.start("de")
        try corridor.start("nz")
        try corridor.start("ph", from: "twin")
        _ = try sync("de")
        #expect(corridor.stop("ph") == 0)
        try corridor.start("ph")
        // New Zealand meets both histories, and brings Germany the proof.
        let forked = try sync("nz")
        #expect(forked.complaint.contains("SPLIT VIEW"))
        #expect(forked.text.contains("its key was misused: nothing counts from entry"))
        _ = try sync("de")
        // The proof reaches the log itself, whose root speaks.
        _ = try sync("ph")
        #expect(corridor.stop("ph") == 0)
        let succeeded = try succeed([])
        #expect(succeeded.contains("goes on from sample.concord.example/ph/1"))
        try corridor.start("ph")
        let adopted = try sync("de")
        #expect(adopted.text.contains("ph/2 goes on from sample.concord.example/ph/1"))
        for country in ["nz", "ph", "de"] { _ = try sync(country) }
        let text = try verdict()
        #expect(text.contains("sample.concord.example/ph/2, "))
        #expect(text.contains("[ok] issuer"))
        // What only one of the copies said is in neither's successor; what it says now counts.
        #expect(try !shown("ph.office-one").contains("mandate"))
        try mandate("office-three", on: "ph")
        for country in ["nz", "de"] { _ = try sync(country) }
        #expect(try shown("ph.office-three").contains("mandate"))
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }

    @Test(.timeLimit(.minutes(10))) func whatDropsSeenEntriesIsForAnOperator() throws {
        #expect(corridor.stop("ph") == 0)
        let status = try corridor.run(
            0, ["log", "show", "--country", "PH", "--last", "1", "--node", corridor.path("de")])
        let last = try #require(UInt64(status.text.prefix { $0.isNumber }))
        _ = try succeed(["--dead", "--size", "\(last)"])
        try corridor.start("ph")
        let refused = try sync("de")
        #expect(refused.complaint.contains("it drops entries that a quorum of witnesses has seen"))
        #expect(refused.complaint.contains("concord peer repin"))
        #expect(try verdict().contains("sample.concord.example/ph/1, "))
        let pinned = try corridor.run(
            0,
            [
                "peer", "repin", try corridor.url("ph"), "--fingerprint",
                try corridor.fingerprint("ph"), "--node", corridor.path("de"),
            ])
        #expect(pinned.text.contains("ph/2 in place of sample.concord.example/ph/1"))
        for country in Corridor.countries { #expect(corridor.stop(country) == 0, "\(country)") }
    }
}
