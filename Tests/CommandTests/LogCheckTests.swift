import Foundation
import TestSupport
import Testing

/// What `log check` finds, one thing damaged at a time, and what `log repair` puts back.
@Suite struct LogCheckTests {
    static let damages = [
        "UPDATE tile SET hashes = zeroblob(length(hashes))", "DELETE FROM tile",
        "DELETE FROM mention", "DELETE FROM posting", "DELETE FROM identity",
        "DELETE FROM topic", "DELETE FROM term WHERE facet = 'subject'",
        "UPDATE entry SET kind = NULL", "UPDATE entry SET identity = zeroblob(32)",
        "INSERT INTO posting SELECT 1000, position FROM entry LIMIT 1",
        "INSERT INTO identity SELECT 7, position FROM entry LIMIT 1",
    ]

    @Test(.timeLimit(.minutes(5))) func findsAndRepairsWhateverIsNotWhatTheEntriesSay() throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        #expect(corridor.stop("ph") == 0)
        let node = corridor.path("ph")
        #expect(try corridor.run(0, ["log", "check", "--node", node]).text.contains("sound"))
        for sql in Self.damages {
            try corridor.damage("ph", sql)
            let found = try corridor.run(1, ["log", "check", "--node", node])
            #expect(found.text.contains("DAMAGED"), "\(sql): \(found.text)")
            let repaired = try corridor.run(0, ["log", "repair", "--node", node])
            #expect(repaired.text.contains("made anew"), "\(sql): \(repaired.text)")
            #expect(
                try corridor.run(0, ["log", "check", "--node", node]).text.contains("sound"),
                "\(sql)")
        }
        // Nothing is written that proves nothing.
        try corridor.damage("ph", Self.damages[0])
        let proof = corridor.path("0.tlog-proof")
        let refused = try corridor.run(70, ["log", "prove", "0", "--node", node, "--out", proof])
        #expect(refused.complaint.contains("concord log repair"))
        #expect(!FileManager.default.fileExists(atPath: proof))
        try corridor.run(0, ["log", "repair", "--node", node])
        try corridor.run(0, ["log", "prove", "0", "--node", node, "--out", proof])
        // A note that somebody else signed, over the right root.
        try corridor.damage(
            "ph",
            """
            UPDATE head SET note = CAST(replace(CAST(note AS TEXT), char(8212) || ' sample',
                char(8212) || ' simple') AS BLOB)
            """)
        let unsigned = try corridor.run(1, ["log", "check", "--node", node])
        #expect(unsigned.text.contains("no key of the log signed"), "\(unsigned.text)")
    }

    @Test func aVerifiersCopiesAreCheckedAndRepairedToo() throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        let anchor = corridor.path("anchor.json")
        try corridor.run(
            0, ["node", "anchor", "--node", corridor.path("ph"), "--out", anchor])
        let data = corridor.path("copies")
        try corridor.run(
            0,
            ["sync", "--anchor", anchor, "--data", data, "--from", try corridor.url("ph")])
        let check = ["log", "check", "--data", data, "--anchor", anchor]
        #expect(try corridor.run(0, check).text.contains("sound"))
        try corridor.damage(
            "copies", "UPDATE entry SET bytes = zeroblob(length(bytes)) WHERE rowid % 2 = 0")
        #expect(try corridor.run(1, check).text.contains("DAMAGED"))
        let repaired = try corridor.run(0, ["log", "repair", "--data", data])
        #expect(repaired.text.contains("fetched back from"))
        #expect(try corridor.run(0, check).text.contains("sound"))
        #expect(corridor.stop("ph") == 0)
    }
}
