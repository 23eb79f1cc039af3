import Foundation
import TestSupport
import Testing

/// What commands write into the audit trail, and what they do not let go in.
@Suite struct AuditCommandTests {
    private let stage: AwardStage
    private let registrar: String

    init() throws {
        stage = try AwardStage()
        registrar = try stage.registrar()
    }

    private var byRegistrar: [String] {
        ["--node", stage.path("node"), "--operator", registrar]
    }

    private func issued(to out: String) throws -> [String] {
        try stage.issue(0, to: stage.path(out))
        return String(decoding: try stage.bytes("\(out)/records.txt"), as: UTF8.self)
            .split(separator: "\n").map { String($0.prefix(32)) }
    }

    private func lines(of act: String) throws -> [String] {
        String(decoding: try stage.bytes("node/audit.jsonl"), as: UTF8.self)
            .split(separator: "\n").map(String.init)
            .filter { $0.contains(#"\"act\":\"\#(act)\""#) }
    }

    private func key(_ name: String) throws -> String {
        let path = stage.path("\(name).key")
        try stage.run(
            0,
            ["key", "new", "operator", "--name", name, "--out", path, "--sample", "--unsealed"])
        return path
    }

    /// Ids count as often as they are given: two records stand for many.
    @Test func erasesManyRecordsInPartsThatAllStandInTheTrail() throws {
        let (first, other) = (try issued(to: "first"), try issued(to: "other"))
        let many = Array(repeating: first[0], count: 2_500) + [first[1]]
        let erased = try stage.run(
            0, ["record", "erase"] + many + ["--reason", "end of retention"] + byRegistrar)
        #expect(erased.text.hasPrefix("erased 2501 records; "))
        let lines = try lines(of: "erase")
        #expect(lines.count == 3)
        #expect(lines.last?.contains(first[1]) == true)
        let counts = lines.map { $0.matches(of: /\\"[0-9a-f]{32}\\"/).count }
        #expect(counts == [1_000, 1_000, 501])
        let check = try stage.run(0, ["audit", "check", "--node", stage.path("node")])
        #expect(!check.text.contains("cut it off"))
        // Each part changed the wrapping key, and the last one opens what is left.
        for id in first {
            try stage.run(
                66, ["record", "export", id, "--out", stage.path("gone")] + byRegistrar)
        }
        try stage.run(
            0, ["record", "export"] + other + ["--out", stage.path("left")] + byRegistrar)
    }

    @Test func namesEveryRecordThatIsCopied() throws {
        let ids = try issued(to: "out")
        let many = Array(repeating: ids[0], count: 1_000) + [ids[1]]
        try stage.run(
            0, ["record", "export"] + many + ["--out", stage.path("copy")] + byRegistrar)
        let lines = try lines(of: "export")
        #expect(lines.count == 2)
        #expect(lines.first?.contains(#"\"count\":1000"#) == true)
        #expect(lines.last?.contains(ids[1]) == true)
    }

    @Test func theLastOperatorIsNotRemoved() throws {
        let node = ["--node", stage.path("node")]
        let before = try stage.bytes("node/audit.jsonl")
        let refused = try stage.run(
            1, ["audit", "operator", "remove", registrar] + byRegistrar)
        #expect(refused.complaint.contains("ph.registrar-2 is the last operator of this node"))
        #expect(try stage.bytes("node/audit.jsonl") == before)
        let second = try key("second")
        try stage.run(77, ["audit", "operator", "add", second] + node)
        try stage.run(0, ["audit", "operator", "add", second] + byRegistrar)
        try stage.run(0, ["audit", "operator", "remove", registrar] + byRegistrar)
        try stage.run(
            1, ["audit", "operator", "remove", second, "--operator", second] + node)
        try stage.run(0, ["audit", "check"] + node)
    }

    /// Without its name in the folder on disk a trail would be gone with the power.
    @Test(.enabled(if: SystemCallTrace.isHere, "strace is not installed"))
    func aNewTrailIsOnDiskWithItsName() throws {
        try FileManager.default.removeItem(atPath: stage.path("node/audit.jsonl"))
        let add = ["audit", "operator", "add", registrar, "--node", stage.path("node")]
        let (outcome, paths) = try SystemCallTrace.makingAndSyncing(by: add)
        #expect(outcome.code == 0, "\(outcome.complaint)")
        let place = try #require(paths.firstIndex { $0.hasSuffix("/node/audit.jsonl") })
        let names = paths[place...].prefix(3).map { URL(filePath: $0).lastPathComponent }
        #expect(names == ["audit.jsonl", "node", "audit.jsonl"], "\(paths)")
    }
}
