import Encoding
import Foundation
import Testing

/// The whole life of a certificate after it was issued, told by commands.
@Suite struct LifeTests {
    let stage: AwardStage
    let ids: [String]

    init() throws {
        stage = try AwardStage()
        try stage.issue(0, to: stage.path("out"))
        ids = String(decoding: try stage.bytes("out/records.txt"), as: UTF8.self)
            .split(separator: "\n").map { String($0.prefix(32)) }
    }

    private var withKey: [String] {
        ["--node", stage.path("node"), "--key", stage.path("\(AwardStage.centre).key")]
    }

    @discardableResult
    private func verify(
        _ code: Int32, _ file: String, at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        try stage.run(
            code, ["verify", stage.path(file), "--node", stage.path("node")], at: place
        ).text
    }

    @discardableResult
    private func run(
        _ code: Int32, _ command: String, _ reason: String, _ others: [String] = [],
        at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code, [command, ids[0], "--reason", reason] + withKey + others, at: place)
    }

    @Test func suspendsReinstatesAndRevokes() throws {
        let size = try stage.size()
        let suspended = try run(0, "suspend", "identity in doubt")
        #expect(suspended.text == "suspended; the new status list is entry \(size)\n")
        #expect(try verify(2, "out/1.json").contains("[suspended]"))
        try verify(0, "out/2.json")
        let twice = try run(1, "suspend", "identity in doubt")
        #expect(twice.complaint.contains("it is suspended"))
        try run(0, "reinstate", "review found no fault")
        try verify(0, "out/1.json")
        try run(1, "reinstate", "review found no fault")
        try run(0, "revoke", "fraud by holder")
        #expect(try verify(1, "out/1.json").contains("[revoked]"))
        for (command, reason) in [
            ("suspend", "identity in doubt"), ("reinstate", "suspended in error"),
            ("revoke", "fraud by holder"),
        ] {
            let refused = try run(1, command, reason)
            #expect(refused.complaint.contains("revoked, which is final"))
        }
        #expect(try stage.size() == size + 3)
    }

    /// What was refused is not done later by something else.
    @Test func aRefusedRevocationIsNone() throws {
        try stage.run(
            0,
            [
                "key", "new", "body", "--name", AwardStage.centre, "--out",
                stage.path("stranger.key"), "--sample", "--unsealed",
            ])
        let size = try stage.size()
        try stage.run(
            1,
            [
                "revoke", ids[0], "--reason", "fraud by holder", "--node", stage.path("node"),
                "--key", stage.path("stranger.key"),
            ])
        #expect(try stage.size() == size)
        // Who tried it, and that nothing came of it, stands in the trail.
        let trail = String(decoding: try stage.bytes("node/audit.jsonl"), as: UTF8.self)
        #expect(trail.contains("fraud by holder"))
        #expect(trail.contains("failed"))
        let found = try stage.run(
            0,
            [
                "record", "find", "--field", "name=Testina*", "--node", stage.path("node"),
            ] + stage.byRegistrar())
        #expect(!found.text.contains("revoked"), "\(found.text)")
        try stage.run(
            0,
            ["print", ids[0], "--node", stage.path("node"), "--out", stage.path("pages")]
                + stage.byRegistrar())
        try stage.run(
            0, ["suspend", ids[1], "--reason", "identity in doubt"] + withKey)
        try verify(0, "out/1.json")
        #expect(try verify(2, "out/2.json").contains("[suspended]"))
    }

    @Test func revokesNothingAfterTheAccreditationWasWithdrawn() throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "closed",
            ] + stage.byAuthority)
        let size = try stage.size()
        try run(1, "revoke", "fraud by holder")
        #expect(try stage.size() == size)
        #expect(try !verify(1, "out/1.json").contains("[revoked]"))
        try stage.run(
            0,
            ["print", ids[0], "--node", stage.path("node"), "--out", stage.path("pages")]
                + stage.byRegistrar())
    }

    @Test(arguments: [
        ("revoke", "unpaid fees"), ("suspend", "fraud by holder"), ("reinstate", "paid"),
        ("suspend", ""),
    ])
    func takesOnlyReasonsOfTheList(_ command: String, _ reason: String) throws {
        let refused = try run(64, command, reason)
        #expect(refused.complaint.contains("expected a reason out of: "))
    }

    @Test func refusesAnotherIssuersRecord() throws {
        try stage.run(
            0,
            [
                "key", "new", "body", "--name", "ph.other-centre", "--out", stage.path("o.key"),
                "--sample", "--unsealed",
            ])
        let refused = try stage.run(
            1,
            [
                "revoke", ids[0], "--reason", "duplicate", "--node", stage.path("node"), "--key",
                stage.path("o.key"),
            ])
        #expect(refused.complaint.contains("is not one of ph.other-centre"))
        try verify(0, "out/1.json")
    }

    @Test func replacesACertificateAndSaysSo() throws {
        let size = try stage.size()
        let replaced = try run(
            0, "replace", "name changed",
            [
                "--set", "name=Testina Muster", "--set", "birthdate=1999-02-03", "--out",
                stage.path("new"),
            ])
        // The list and the batch, together.
        #expect(try stage.size() == size + 2)
        #expect(replaced.text.contains("in the batch at entry \(size + 1)"))
        let new = try verify(0, "new/1.json")
        #expect(new.contains("Testina Muster, born 1999"))
        let old = try verify(1, "out/1.json")
        #expect(old.contains("[replaced]"))
        #expect(
            old.contains(
                "replaced on or before \(StatementStage.today) by Sample Centre, which has issued a newer "
                    + "certificate (list 2, entry \(size))"), "\(old)")
        for (command, reason) in [
            ("reinstate", "suspended in error"), ("suspend", "identity in doubt"),
        ] {
            #expect(try run(1, command, reason).complaint.contains("replaced by another"))
        }
        let again = try run(
            1, "replace", "name changed",
            ["--set", "name=Other", "--out", stage.path("again")])
        #expect(again.complaint.contains("replaced by another"))
        #expect(try stage.size() == size + 2)
    }

    @Test func reprintsForAPersonWhoLostTheKey() throws {
        try stage.run(
            0,
            [
                "wallet", "create", "--wallet", stage.path("wallet"), "--unsealed",
            ])
        let printed = try stage.run(
            0,
            ["reprint", ids[0], "--holder-key", stage.path("wallet/holder.key")] + withKey
                + ["--out", stage.path("new")])
        #expect(printed.text.contains("print its paper with: concord print "))
        #expect(try verify(1, "out/1.json").contains("[replaced]"))
        // Bound to the new key: nobody has shown control of it yet.
        #expect(try verify(2, "new/1.json").contains("[holder-not-shown]"))
        try stage.run(
            0, ["wallet", "import", stage.path("new/1.json"), "--wallet", stage.path("wallet")])
        let new = String(decoding: try stage.bytes("new/records.txt"), as: UTF8.self).prefix(32)
        let again = try stage.run(
            0, ["reprint", String(new), "--no-key"] + withKey + ["--out", stage.path("paper")])
        #expect(again.text.contains("replaced by "))
        try verify(0, "paper/1.json")
        #expect(try verify(1, "new/1.json").contains("[replaced]"))
        try stage.run(
            0, ["audit", "export", "--node", stage.path("node"), "--out", stage.path("trail")])
        let trail = String(decoding: try stage.bytes("trail"), as: UTF8.self)
        #expect(trail.split(separator: "\n").count { $0.contains("reprint") } == 2)
    }

    /// P-256 (RFC 7517, appendix A.1), as European wallets have it.
    private static let webKey =
        #"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","#
        + #""y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}"#

    @Test func bindsToAKeyOfAnotherWallet() throws {
        try Data(Self.webKey.utf8).write(to: URL(filePath: stage.path("person.jwk")))
        func curve(_ file: String) throws -> String? {
            let object = try JSONValue(parsing: stage.bytes(file)).object
            let parts = object?["credential"]?.string?.split(separator: ".") ?? []
            let payload = try JSONValue(parsing: Base64.url.decode(String(parts[1])) ?? [])
            return payload.object?["cnf"]?.object?["jwk"]?.object?["crv"]?.string
        }
        try stage.run(
            0,
            ["reprint", ids[0], "--holder-key", stage.path("person.jwk")] + withKey
                + ["--out", stage.path("new")])
        #expect(try curve("new/1.json") == "P-256")
        #expect(try verify(2, "new/1.json").contains("[holder-not-shown]"))
        // A correction keeps the key.
        let new = String(decoding: try stage.bytes("new/records.txt"), as: UTF8.self).prefix(32)
        try stage.run(
            0,
            [
                "replace", String(new), "--reason", "clerical error", "--set",
                "name=Testina Muster", "--out", stage.path("next"),
            ] + withKey)
        #expect(try curve("next/1.json") == "P-256")
        let award: JSONValue = [
            "name": "Juan Halimbawa", "birth_year": 1999, "qualification": "ph.welder",
            "version": "2020", "awarded": .string(StatementStage.today),
            "holder_key": .string(Self.webKey),
        ]
        try Data(JSONValue.array([award]).indented.utf8)
            .write(to: URL(filePath: stage.path("bound.json")))
        try stage.issue(0, "bound.json", to: stage.path("bound"))
        #expect(try curve("bound/1.json") == "P-256")
        for wrong in [#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, stage.path("awards.json")] {
            try stage.run(
                65,
                ["reprint", ids[1], "--holder-key", wrong, "--out", stage.path("no")] + withKey)
        }
    }

    @Test(arguments: [[], ["--no-key", "--holder-key", "x"]])
    func asksWhetherAReprintIsBoundToAKey(_ options: [String]) throws {
        let refused = try stage.run(
            64, ["reprint", ids[0], "--out", stage.path("new")] + options + withKey)
        #expect(refused.complaint.contains("expected either --holder-key KEY"))
    }

    @Test func reprintsForNoKeyThatIsNone() throws {
        let size = try stage.size()
        let refused = try stage.run(
            66,
            ["reprint", ids[0], "--holder-key", "no.key", "--out", stage.path("new")] + withKey)
        #expect(refused.complaint.contains("expected a file at no.key, found none"))
        #expect(try stage.size() == size)
        try verify(0, "out/1.json")
    }

    /// The holder may show which certificate it took the place of, and need not.
    @Test func letsTheHolderKeepBackWhatWasReplaced() throws {
        try run(
            0, "replace", "name changed",
            ["--set", "name=Testina Muster", "--out", stage.path("new")])
        try stage.run(
            0, ["present", stage.path("new/1.json"), "--out", stage.path("shown.json")])
        let shown = try stage.run(
            0, ["verify", stage.path("shown.json"), "--node", stage.path("node"), "--json"])
        #expect(!shown.text.contains("replaces"))
        try verify(0, "shown.json")
    }

    @Test(arguments: [
        ("name=", "name: expected a value, found none [empty]"),
        ("birthdate=3.2.1999", "birthdate: expected a date written YYYY-MM-DD [not-a-date]"),
        ("iss=ph.other", "iss: the template has no field for this column [unknown-column]"),
        ("name==cmd()", "name: expected text, found what a spreadsheet would run as a formula"),
    ])
    func refusesACorrectionOfAnotherForm(_ correction: String, _ words: String) throws {
        let size = try stage.size()
        let refused = try run(
            65, "replace", "clerical error", ["--set", correction, "--out", stage.path("new")])
        #expect(refused.complaint.contains(words), "\(refused.complaint)")
        #expect(try stage.size() == size)
        try verify(0, "out/1.json")
    }

    @Test func replacesNothingWhenTheAccreditationHasEnded() throws {
        try stage.run(
            0,
            [
                "publish", "withdraw", "--subject", AwardStage.centre, "--kind", "accreditation",
                "--reason", "sample",
            ] + stage.byAuthority)
        let size = try stage.size()
        let refused = try run(
            1, "replace", "clerical error",
            ["--set", "name=Testina Muster", "--out", stage.path("new")])
        #expect(refused.complaint.contains("its accreditation has ended"))
        #expect(try stage.size() == size)
    }
}
