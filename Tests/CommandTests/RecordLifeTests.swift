import Encoding
import Foundation
import TestSupport
import Testing

/// Records found and erased, and the trail of who did what.
@Suite struct RecordLifeTests {
    let stage: AwardStage
    let ids: [String]
    let registrar: String

    init() throws {
        stage = try AwardStage()
        registrar = try stage.registrar()
        let template = ["--template", stage.path("template.json")]
        try stage.run(
            0,
            ["template", "new", "ph.welder", "--node", stage.path("node"), "--out", template[1]])
        let rows = ["Testina Exemplar,1994-05-17", "Juan Halimbawa,1999-01-02"].enumerated()
            .map { "\($1),\(StatementStage.today),S-\($0)\n" }
        try Data(
            ("Full name,Date of birth,Date of award,Student number\n" + rows.joined()).utf8
        ).write(to: URL(filePath: stage.path("grads.csv")))
        try stage.run(
            0,
            [
                "import", stage.path("grads.csv"), "--node", stage.path("node"), "--key",
                stage.path("\(AwardStage.centre).key"), "--operator", registrar, "--out",
                stage.path("out"),
            ] + template)
        ids = String(decoding: try stage.bytes("out/records.txt"), as: UTF8.self)
            .split(separator: "\n").map { String($0.prefix(32)) }
    }

    private var byRegistrar: [String] {
        ["--node", stage.path("node"), "--operator", registrar]
    }

    private func found(_ code: Int32, _ fields: [String]) throws -> [String] {
        try stage.run(
            code, ["record", "find"] + fields.flatMap { ["--field", $0] } + byRegistrar
        ).text.split(separator: "\n").map { String($0.prefix(32)) }
    }

    @Test func findsRecordsByClaimsAndByWhatIsKept() throws {
        #expect(try found(0, ["Student number=S-0"]) == [ids[0]])
        #expect(try found(0, ["student NUMBER=s-1"]) == [ids[1]])
        #expect(try found(0, ["name=*halimbawa"]) == [ids[1]])
        #expect(try found(0, ["qualification=ph.welder"]) == ids)
        #expect(try found(0, ["birth_year=1994", "name=testina*"]) == [ids[0]])
        #expect(try found(1, ["birth_year=1994", "name=juan*"]) == [])
        #expect(try found(1, ["Class=x"]) == [])
    }

    @Test func keepsTheRegistrarsFieldsOutOfTheCertificate() throws {
        for name in ["out/1.json", "out/2.json"] {
            #expect(!String(decoding: try stage.bytes(name), as: UTF8.self).contains("Student"))
        }
        let files = try FileManager.default.contentsOfDirectory(atPath: stage.path("node"))
        for file in files where file.hasPrefix("record") {
            let bytes = try stage.bytes("node/\(file)")
            #expect(Data(bytes).range(of: Data("Student number".utf8)) == nil, "\(file)")
            #expect(Data(bytes).range(of: Data("Exemplar".utf8)) == nil, "\(file)")
        }
    }

    @Test func erasesARecordAndEveryProofStillVerifies() throws {
        try stage.run(
            0,
            ["print", ids[0], "--node", stage.path("node"), "--out", stage.path("pages")]
                + stage.byRegistrar())
        let size = try stage.size()
        let key = try stage.bytes("node/keys/records.key")
        try stage.run(
            0,
            ["record", "erase", ids[0], "--reason", "request of the person"] + byRegistrar)
        #expect(try stage.size() == size)
        #expect(try stage.bytes("node/keys/records.key") != key)
        // The paper is the person's too: what is printed goes on verifying, and ends with the award.
        let page = stage.path("pages/\(ids[0]).pdf")
        try stage.run(0, ["verify", page, "--node", stage.path("node")])
        try stage.run(
            66,
            ["print", ids[0], "--node", stage.path("node"), "--out", stage.path("late")]
                + stage.byRegistrar())
        #expect(try found(1, ["Student number=S-0"]) == [])
        #expect(try found(0, ["Student number=S-1"]) == [ids[1]])
        let export = try stage.run(
            66,
            [
                "record", "export", ids[0], "--node", stage.path("node"), "--out",
                stage.path("export"),
            ] + stage.byRegistrar())
        #expect(export.complaint.contains("the record \(ids[0]) was erased"))
        for name in ["out/1.json", "out/2.json"] {
            try stage.run(0, ["verify", stage.path(name), "--node", stage.path("node")])
        }
        // What was erased can still be revoked: its place on the list is no secret of it.
        try stage.run(
            0,
            [
                "revoke", ids[0], "--reason", "fraud by holder", "--node", stage.path("node"),
                "--key", stage.path("\(AwardStage.centre).key"),
            ])
        for file in [stage.path("out/1.json"), page] {
            let ended = try stage.run(1, ["verify", file, "--node", stage.path("node")])
            #expect(ended.text.contains("[revoked]"))
        }
    }

    @Test func erasesNothingWithoutReasonOrRecord() throws {
        try stage.run(64, ["record", "erase", ids[0], "--reason", "tidying up"] + byRegistrar)
        let nobody = String(repeating: "0", count: 32)
        try stage.run(
            66,
            ["record", "erase", ids[0], nobody, "--reason", "end of retention"] + byRegistrar)
        #expect(try found(0, ["Student number=S-0"]) == [ids[0]])
    }

    /// A crash after the keys were put under the next wrapping key, before it took its place.
    @Test func opensItsRecordsAfterACrashBetweenTwoWrappingKeys() throws {
        let old = stage.path("node/keys/records.key")
        let before = try Data(contentsOf: URL(filePath: old))
        try stage.run(
            0, ["record", "erase", ids[0], "--reason", "end of retention"] + byRegistrar)
        try FileManager.default.moveItem(
            atPath: old, toPath: stage.path("node/keys/records.next.key"))
        try before.write(to: URL(filePath: old))
        #expect(try found(0, ["Student number=S-1"]) == [ids[1]])
        #expect(try found(0, ["Student number=S-1"]) == [ids[1]])
    }

    @Test func keepsATrailOfWhoDidWhat() throws {
        _ = try found(0, ["Student number=S-0"])
        try stage.run(
            0,
            [
                "suspend", ids[0], "--reason", "court order", "--key",
                stage.path("\(AwardStage.centre).key"),
            ] + byRegistrar)
        try stage.run(
            0,
            ["record", "erase", ids[1], "--reason", "request of the person"] + byRegistrar)
        let trail = String(decoding: try stage.bytes("node/audit.jsonl"), as: UTF8.self)
        for word in ["import", "find", "suspend", "court order", "erase", ids[0], ids[1]] {
            #expect(trail.contains(word))
        }
        for word in ["Testina", "Exemplar", "S-0", "1994"] { #expect(!trail.contains(word)) }
        let check = try stage.run(0, ["audit", "check", "--node", stage.path("node")])
        #expect(check.text.hasPrefix("8 lines, each bound to the one before\n"))
        #expect(check.text.contains("  8 by ph.registrar-2, "))
        #expect(!check.text.contains("cut it off"))
        #expect(try stage.mode("node/audit.jsonl") == 0o600)
    }

    @Test func noticesEveryChangeOfTheTrail() throws {
        for _ in 0..<3 { _ = try found(0, ["Student number=S-0"]) }
        let check = try stage.run(0, ["audit", "check", "--node", stage.path("node")])
        let head = try #require(
            check.text.split(separator: "\n").last?.dropFirst("head ".count).prefix(64))
        let good = try stage.bytes("node/audit.jsonl")
        let lines = good.split(separator: 0x0A).map { Array($0) }
        func broken(_ lines: [[UInt8]], _ options: [String] = []) throws -> String {
            try Data(lines.joined(separator: [0x0A]) + [0x0A])
                .write(to: URL(filePath: stage.path("trail")))
            return try stage.run(1, ["audit", "check", stage.path("trail")] + options).complaint
        }
        #expect(try broken([lines[0]] + lines[2...]).contains("line 2 does not follow"))
        #expect(try broken(Array(lines.dropFirst())).contains("line 1 does not follow"))
        #expect(try broken([lines[1], lines[0]] + lines[2...]).contains("line 1 does not follow"))
        #expect(try broken(lines + [lines[3]]).contains("line 7 does not follow"))
        let changed = Array(
            String(decoding: lines[3], as: UTF8.self).replacing("find", with: "hide").utf8)
        #expect(
            try broken(lines[..<3] + [changed] + lines[4...])
                .contains("line 4: expected the operator"))
        let cut = try broken(Array(lines.dropLast()), ["--head", String(head)])
        #expect(cut.contains("no line has the hash"))
        try Data(good.dropLast(9)).write(to: URL(filePath: stage.path("trail")))
        try stage.run(1, ["audit", "check", stage.path("trail")])
        try stage.run(
            0, ["audit", "check", "--node", stage.path("node"), "--head", String(head)])
        try stage.run(
            0,
            ["audit", "export", "--node", stage.path("node"), "--out", stage.path("copy.jsonl")])
        #expect(try stage.bytes("copy.jsonl") == good)
        // A line that a crash cut short was never confirmed, and the next one takes its place.
        try Data(good + Array("{\"text\":\"".utf8))
            .write(to: URL(filePath: stage.path("node/audit.jsonl")))
        _ = try found(0, ["Student number=S-0"])
        let after = try stage.run(0, ["audit", "check", "--node", stage.path("node")])
        #expect(after.text.hasPrefix("7 lines"))
    }

    /// Before anything is done it stands there why, and by whom: a crash loses neither.
    @Test func tellsWhatACrashCutOff() throws {
        let suspend = [
            "suspend", ids[0], "--reason", "court order", "--key",
            stage.path("\(AwardStage.centre).key"),
        ]
        try stage.run(0, suspend + byRegistrar)
        let lines = try stage.bytes("node/audit.jsonl").split(separator: 0x0A)
        try Data(lines.dropLast().joined(separator: [0x0A]) + [0x0A])
            .write(to: URL(filePath: stage.path("node/audit.jsonl")))
        let check = try stage.run(0, ["audit", "check", "--node", stage.path("node")])
        #expect(check.text.contains("line \(lines.count - 1) was begun, and nothing says"))
        #expect(
            String(decoding: try stage.bytes("node/audit.jsonl"), as: UTF8.self)
                .contains("court order"))
        // Given again, it says that it stands so.
        #expect(try stage.run(1, suspend + byRegistrar).complaint.contains("it is suspended"))
    }

    @Test func knowsItsOperators() throws {
        let node = ["--node", stage.path("node")]
        func key(_ role: String, _ name: String) throws -> String {
            let path = stage.path("\(name).key")
            try stage.run(
                0,
                ["key", "new", role, "--name", name, "--out", path, "--sample", "--unsealed"])
            return path
        }
        let find = ["record", "find", "--field", "Student number=S-0", "--operator"]
        let before = try stage.bytes("node/audit.jsonl")
        // A holder's key, an authority's, and an operator's whom nobody added.
        let second = try key("operator", "second")
        for path in [
            try key("holder", "worker"), stage.path("\(AwardStage.authority).key"),
            stage.path("\(AwardStage.centre).key"), second,
        ] {
            let refused = try stage.run(77, find + [path] + node)
            #expect(refused.output.isEmpty)
            try stage.run(
                77, ["print", ids[0], "--operator", path, "--out", stage.path("p")] + node)
        }
        try stage.run(77, ["audit", "operator", "add", second] + node)
        #expect(try stage.bytes("node/audit.jsonl") == before)
        try stage.run(0, ["audit", "operator", "add", second] + byRegistrar)
        try stage.run(0, find + [second] + node)
        try stage.run(0, ["audit", "operator", "remove", registrar, "--operator", second] + node)
        try stage.run(77, find + [registrar] + node)
        #expect(
            try stage.run(0, ["audit", "check"] + node).text.contains(" by second, "))
        // A line that a stranger's key signs breaks the trail.
        let other = stage.path("other")
        try FileManager.default.copyItem(atPath: stage.path("node/audit.jsonl"), toPath: other)
        let lines = try stage.bytes("other").split(separator: 0x0A)
        try Data(lines.dropFirst().joined(separator: [0x0A]) + [0x0A])
            .write(to: URL(filePath: other))
        try stage.run(1, ["audit", "check", other])
    }
}
