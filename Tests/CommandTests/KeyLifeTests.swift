import Encoding
import Foundation
import Testing

/// Keys of bodies that end, change or are stolen, and accreditations that are withdrawn.
@Suite struct KeyLifeTests {
    let stage: AwardStage

    init() throws { stage = try AwardStage() }

    private func verify(
        _ code: Int32, _ file: String, at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        try stage.run(
            code, ["verify", stage.path(file), "--node", stage.path("node")], at: place
        ).text
    }

    private func newKey(_ name: String) throws {
        try stage.run(
            0,
            [
                "key", "new", "body", "--name", AwardStage.centre, "--out", stage.path(name),
                "--sample", "--unsealed",
            ])
    }

    private func issue(
        _ code: Int32, key: String, to out: String, at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "issue", stage.path("awards.json"), "--node", stage.path("node"), "--key",
                stage.path(key), "--out", stage.path(out),
            ], at: place)
    }

    private func rekey(_ code: Int32 = 0, to key: String) throws {
        try stage.run(
            code,
            ["publish", "rekey", "--body", AwardStage.centre, "--of", stage.path(key)]
                + stage.byAuthority)
    }

    @Test func givesABodyANewKey() throws {
        try stage.issue(0, to: stage.path("before"))
        try newKey("new.key")
        let size = try stage.size()
        try rekey(to: "new.key")
        #expect(try stage.size() == size + 2)
        // What was issued stays good, the old key issues nothing, the new one does.
        _ = try verify(0, "before/1.json")
        let refused = try issue(1, key: "\(AwardStage.centre).key", to: "old")
        #expect(refused.complaint.contains("its accreditation has ended"))
        _ = try issue(0, key: "new.key", to: "after")
        _ = try verify(0, "after/1.json")
        // The status list goes on under the new key.
        let record = String(decoding: try stage.bytes("before/records.txt"), as: UTF8.self)
            .prefix(32)
        try stage.run(
            0,
            [
                "revoke", String(record), "--reason", "duplicate", "--node",
                stage.path("node"), "--key", stage.path("new.key"),
            ])
        #expect(try verify(1, "before/1.json").contains("[revoked]"))
        _ = try verify(0, "before/2.json")
        _ = try verify(0, "after/1.json")
    }

    @Test func voidsWhatAStolenKeySignedAndNothingElse() throws {
        try stage.issue(0, to: stage.path("before"))
        let since = try stage.size()
        try stage.issue(0, to: stage.path("stolen"))
        _ = try verify(0, "stolen/1.json")
        let arguments = [
            "publish", "compromise", "--holder", AwardStage.centre, "--of",
            stage.path("\(AwardStage.centre).key"), "--since", "\(since)", "--reason",
            "laptop stolen",
        ]
        try stage.run(0, arguments + stage.byAuthority)
        #expect(try verify(1, "stolen/1.json").contains("[key-compromised]"))
        let refused = try issue(1, key: "\(AwardStage.centre).key", to: "refused")
        #expect(refused.complaint.contains("its key was compromised"))
        // With a new key the body goes on, and what the log held before the theft stays good.
        try newKey("new.key")
        try rekey(to: "new.key")
        _ = try issue(0, key: "new.key", to: "after")
        _ = try verify(0, "after/1.json")
        _ = try verify(0, "before/1.json")
        #expect(try verify(1, "stolen/1.json").contains("[key-compromised]"))
    }

    @Test func letsNoKeySpeakOfItself() throws {
        try stage.issue(0, to: stage.path("out"))
        let size = try stage.size()
        try stage.run(
            1,
            [
                "publish", "compromise", "--holder", AwardStage.centre, "--of",
                stage.path("\(AwardStage.centre).key"), "--since", "1", "--reason", "sample",
                "--by", AwardStage.centre, "--key", stage.path("\(AwardStage.centre).key"),
                "--node", stage.path("node"),
            ])
        #expect(try stage.size() == size)
        let beyond = try stage.run(
            66,
            [
                "publish", "compromise", "--holder", AwardStage.centre, "--of",
                stage.path("\(AwardStage.centre).key"), "--since", "\(size)", "--reason",
                "sample",
            ] + stage.byAuthority)
        #expect(beyond.complaint.contains("expected an entry below \(size)"))
        _ = try verify(0, "out/1.json")
    }

    @Test func suspendsAPeriodOfABody() throws {
        try stage.issue(0, to: stage.path("out"))
        func event(_ name: String, _ from: String) throws {
            try stage.run(
                0,
                [
                    "publish", "event", name, "--subject", AwardStage.centre, "--from", from,
                    "--reason", "assessor not certified",
                ] + stage.byAuthority)
        }
        try event("suspend", "2199-01-01")
        _ = try verify(0, "out/1.json")
        try event("suspend", "2020-01-01")
        #expect(try verify(2, "out/1.json").contains("[suspended]"))
        try event("reinstate", "2020-01-01")
        _ = try verify(0, "out/1.json")
        try event("void", "2020-01-01")
        #expect(try verify(1, "out/1.json").contains("[voided]"))
    }

    @Test func keepsAwardsOfBeforeAWithdrawal() throws {
        let awards: [JSONValue] = [-20.0, 0].map { days in
            let day = Date(timeIntervalSinceNow: days * 86_400)
            return [
                "name": "Testina Exemplar", "birth_year": 1999, "qualification": "ph.welder",
                "version": "2020",
                "awarded": .string(
                    String(ISO8601DateFormatter().string(from: day).prefix(10))),
            ]
        }
        try Data(JSONValue.array(awards).indented.utf8)
            .write(to: URL(filePath: stage.path("awards.json")))
        try stage.issue(0, to: stage.path("out"))
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        _ = try verify(0, "out/1.json")
        #expect(try verify(1, "out/2.json").contains("[accreditation-withdrawn]"))
        try stage.issue(1, to: stage.path("late"))
    }
}
