import Foundation
import TestSupport
import Testing
import TransparencyLog

/// The commands that read and write files about logs, with real ones.
@Suite struct LogFileTests {
    private func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test func judgesAForkWithPublicKeysAlone() throws {
        let folder = try TemporaryFolder()
        let country = try SampleCountry("XA", 1)
        let notes = try ["", "other"].map {
            try country.checkpoint(SampleCountry.entries(0..<5, branch: $0)).note
        }
        let file = folder.path("fork.json")
        try write(SplitView(sameSize: notes[0], notes[1]).serialized, to: file)
        let proven = try ConcordProcess.run(
            ["log", "judge", file, "--key", "\(country.log.verifier)"])
        #expect(proven.code == 1)
        #expect(proven.text.contains("PROVEN: "), "\(proven.text)")
        let stranger = try SampleCountry("XB", 2).log.verifier
        let nothing = try ConcordProcess.run(["log", "judge", file, "--key", "\(stranger)"])
        #expect(nothing.code == 0)
        #expect(nothing.text.contains("proves nothing"))
    }

    @Test(arguments: [
        (#"{"type": "split-view"}"#, "expected a split view at the top"),
        (#"{"type": "fault", "version": 1, "kind": "other"}"#, "at kind"),
        ("[]", "at the top"),
    ])
    func saysWhereAFileIsNoProof(_ text: String, _ expected: String) throws {
        let folder = try TemporaryFolder()
        let file = folder.path("proof.json")
        try write(Array(text.utf8), to: file)
        let key = try SampleCountry("XA", 1).log.verifier
        let refused = try ConcordProcess.run(["log", "judge", file, "--key", "\(key)"])
        #expect(refused.code == 65)
        #expect(refused.complaint.contains(expected), "\(refused.complaint)")
    }

    /// Plain files of a web server that knows nothing else are a peer for a verifier.
    @Test(.timeLimit(.minutes(5))) func aVerifierFollowsTheFilesOfALog() throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        let (ph, files) = (corridor.path("ph"), corridor.path("www"))
        let written = try corridor.run(0, ["log", "publish-static", files, "--node", ph])
        #expect(written.text.contains("files written to"))
        let server = try RawServer { request in
            let data = FileManager.default.contents(atPath: files + request.path)
            return data.map { .bytes(200, Array($0)) } ?? .text(404, "not found")
        }
        let anchor = corridor.path("anchor.json")
        try corridor.run(0, ["node", "anchor", "--node", ph, "--out", anchor])
        let copies = corridor.path("copies")
        let synced = try corridor.run(
            0, ["sync", "--anchor", anchor, "--data", copies, "--from", server.url])
        #expect(synced.complaint == "")
        try corridor.run(0, ["log", "check", "--data", copies, "--anchor", anchor])
        // An extract is held against the copies; what is none is said to be none.
        let refused = try corridor.run(
            65, ["log", "accuse", anchor, "--node", ph, "--out", corridor.path("proof.json")])
        #expect(!refused.complaint.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: corridor.path("proof.json")))
        #expect(corridor.stop("ph") == 0)
    }

    /// A pack of logs that nobody believes here brings nothing, and says so.
    @Test(.timeLimit(.minutes(5))) func namesWhatAPackHoldsAndNobodyBelieves() throws {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        let pack = corridor.path("de.pack")
        try corridor.run(
            0, ["pack", "export", "--node", corridor.path("de"), "--out", pack])
        let imported = try corridor.run(
            1, ["pack", "import", pack, "--node", corridor.path("ph")])
        #expect(
            imported.complaint.contains(
                "sample.concord.example/de/1 is not a log that is believed here"),
            "\(imported.complaint)")
        let unknown = try corridor.run(
            66,
            [
                "pack", "export", "--node", corridor.path("de"), "--log", "nope", "--out",
                corridor.path("nope.pack"),
            ])
        #expect(unknown.complaint.contains("nope"))
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0) }
    }

    /// What a node keeps of one log holds for what a person fetches by hand, too.
    @Test(.timeLimit(.minutes(5))) func theQuotaHoldsForSyncAndForPacks() throws {
        let corridor = try Corridor()
        for country in ["ph", "de"] { try corridor.found(country) }
        try corridor.add("de", to: "ph")
        let ph = corridor.path("ph")
        let configuration = "\(ph)/node.json"
        try write(Array(#"{"version": 1, "quotaEntries": 1}"#.utf8), to: configuration)
        let synced = try corridor.run(0, ["sync", "--node", ph])
        #expect(synced.complaint.contains("longer than this node keeps of one log (1 entries)"))
        let pack = corridor.path("de.pack")
        try corridor.run(
            0, ["pack", "export", "--node", corridor.path("de"), "--out", pack])
        let imported = try corridor.run(1, ["pack", "import", pack, "--node", ph])
        #expect(imported.complaint.contains("longer than this node keeps of one log (1 entries)"))
        for country in ["ph", "de"] { #expect(corridor.stop(country) == 0) }
    }
}
