import Encoding
import Foundation
import Testing

/// Campuses and second pairs of eyes, told by commands.
@Suite struct DelegateTests {
    private static let campus = "ph.sample-campus"

    let stage: AwardStage

    init() throws {
        stage = try AwardStage()
        try newKey("body", Self.campus, Self.campus)
    }

    private func newKey(_ role: String, _ name: String, _ file: String) throws {
        try stage.run(
            0,
            [
                "key", "new", role, "--name", name, "--out", stage.path("\(file).key"),
                "--sample", "--unsealed",
            ])
    }

    /// The centre's accreditation anew, with leave to delegate.
    private func allowDelegation() throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        try stage.run(
            0,
            [
                "publish", "accredit", "--body", AwardStage.centre, "--name", "Sample Centre",
                "--of", stage.path("\(AwardStage.centre).key"), "--qualification", "ph.welder",
                "--from", "2015-01-01", "--delegation",
            ] + stage.byAuthority)
    }

    @discardableResult
    private func delegate(
        _ code: Int32, from day: String = "2020-01-01", _ qualification: String = "ph.welder",
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "publish", "delegate", "--to", Self.campus, "--name", "Sample Campus", "--of",
                stage.path("\(Self.campus).key"), "--qualification", qualification, "--from",
                day, "--by", AwardStage.centre, "--key",
                stage.path("\(AwardStage.centre).key"), "--node", stage.path("node"),
            ], at: place)
    }

    private func issue(_ code: Int32, to out: String) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "issue", stage.path("awards.json"), "--node", stage.path("node"), "--key",
                stage.path("\(Self.campus).key"), "--out", stage.path(out),
            ])
    }

    private func verify(_ code: Int32, _ file: String) throws -> String {
        try stage.run(code, ["verify", stage.path(file), "--node", stage.path("node")]).text
    }

    @Test func letsACampusAwardUntilItsBodyMayNot() throws {
        try allowDelegation()
        try delegate(0)
        _ = try issue(0, to: "out")
        let verdict = try verify(0, "out/1.json")
        #expect(verdict.contains("Sample Campus, accredited by Sample Centre since 2020-01-01"))
        let since = try stage.size()
        // A thief of the centre's key delegated nothing before: the campus stays.
        try stage.run(
            0,
            [
                "publish", "compromise", "--holder", AwardStage.centre, "--of",
                stage.path("\(AwardStage.centre).key"), "--since", "\(since - 1)", "--reason",
                "laptop stolen",
            ] + stage.byAuthority)
        _ = try verify(0, "out/1.json")
        try stage.run(
            0,
            [
                "publish", "compromise", "--holder", AwardStage.centre, "--of",
                stage.path("\(AwardStage.centre).key"), "--since", "1", "--reason",
                "it was stolen earlier",
            ] + stage.byAuthority)
        #expect(try verify(2, "out/1.json").contains("[awarding-body-unknown]"))
        let refused = try issue(1, to: "late")
        #expect(refused.complaint.contains("no accreditation of it is in the log"))
    }

    @Test func refusesAWiderDelegationAndSaysWhy() throws {
        let size = try stage.size()
        let unasked = try delegate(1)
        #expect(unasked.complaint.contains("its accreditation does not let it delegate"))
        try allowDelegation()
        let early = try delegate(1, from: "2014-12-31")
        #expect(early.complaint.contains("does not reach back to 2014-12-31"))
        let other = try delegate(1, "ph.baker")
        #expect(other.complaint.contains("it is not accredited for ph.baker itself"))
        #expect(try stage.size() == size + 2)
    }

    @Test func asksForTheSecondPairOfEyes() throws {
        try newKey("authority", "ph.board", "first")
        try newKey("authority", "ph.board", "second")
        for key in ["first", "second"] {
            try stage.run(
                0,
                [
                    "publish", "authority-key", "--holder", "ph.board", "--of",
                    stage.path("\(key).key"), "--node", stage.path("node"),
                ])
        }
        try stage.run(
            0,
            [
                "publish", "mandate", "--authority", "ph.board", "--name", "Sample Board",
                "--may", "accredit", "--scope", "ph.*", "--territory", "PH", "--from",
                "2010-01-01", "--signatures", "2", "--node", stage.path("node"),
            ])
        let vkey = try stage.run(0, ["key", "show", stage.path("\(Self.campus).key")]).text
            .split(separator: "\n").first { $0.hasPrefix("key ") }?.split(separator: " ").last
        let act: JSONObject = [
            "body": .string(Self.campus), "names": ["en": "Sample Campus"],
            "key": .string(String(try #require(vkey))), "qualifications": ["ph.welder"],
            "from": "2015-01-01",
        ]
        let draft: JSONValue = [
            "kind": "accreditation", "by": "ph.board",
            "subjects": [.string(Self.campus), "ph.welder"], "act": .object(act),
        ]
        try Data(draft.indented.utf8).write(to: URL(filePath: stage.path("act.json")))
        let node = ["--node", stage.path("node")]
        let size = try stage.size()
        let alone = try stage.run(
            1,
            ["publish", "file", stage.path("act.json"), "--key", stage.path("first.key")] + node)
        #expect(
            alone.complaint.contains("asks for the signatures of 2 keys of its author, found 1"))
        #expect(try stage.size() == size)
        // The first signs, the second reads, signs and publishes.
        try stage.run(
            0,
            [
                "publish", "sign", stage.path("act.json"), "--key", stage.path("first.key"),
                "--out", stage.path("act.note"),
            ] + node)
        try stage.run(1, ["publish", "entry", stage.path("act.note")] + node)
        #expect(try stage.size() == size)
        try stage.run(
            0,
            [
                "publish", "entry", stage.path("act.note"), "--key", stage.path("second.key"),
            ] + node)
        _ = try issue(0, to: "out")
        _ = try verify(0, "out/1.json")
    }
}
