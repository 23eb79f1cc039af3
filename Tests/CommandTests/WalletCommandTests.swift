import Foundation
import TestSupport
import Testing

@Suite(.serialized) struct WalletCommandTests {
    private let folder: TemporaryFolder
    private let stage: BadInputStage
    private var wallet: String { folder.path("wallet") }

    init() throws {
        folder = try TemporaryFolder()
        stage = try BadInputStage.shared.get()
    }

    @discardableResult
    private func run(
        _ code: Int32, _ arguments: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        let outcome = try ConcordProcess.run(arguments)
        #expect(
            outcome.code == code, "\(arguments.joined(separator: " ")): \(outcome.complaint)",
            sourceLocation: place)
        return outcome
    }

    private var sealed: [String] { ["--passphrase-file", stage.path("passphrase")] }

    private func fingerprint(_ text: String) -> Substring? {
        text.split(separator: "\n").first { $0.hasPrefix("fingerprint") }
    }

    @Test func survivesTheLossOfItsFolder() throws {
        let made = try run(0, ["wallet", "create", "--wallet", wallet] + sealed)
        #expect(made.complaint.contains("print the recovery sheet now"))
        let own = try #require(fingerprint(made.text))
        try run(0, ["wallet", "import", stage.path("signed/1.json"), "--wallet", wallet])
        let again = try run(
            0, ["wallet", "import", stage.path("signed/1.json"), "--wallet", wallet])
        #expect(again.text.contains(", here already"))
        let list = try run(0, ["wallet", "list", "--wallet", wallet]).text
        #expect(list.contains("2024-01-02  ph.smaw-nc2, 1  ph.body, bound to no key"))

        let backup = folder.path("wallet.backup")
        try run(0, ["wallet", "backup", "--out", backup, "--wallet", wallet] + sealed)
        try run(73, ["wallet", "backup", "--out", backup, "--wallet", wallet] + sealed)
        let sheet = try run(0, ["wallet", "recovery-sheet", "--wallet", wallet] + sealed)

        // Nothing is written over.
        try run(73, ["wallet", "restore", backup, "--wallet", wallet] + sealed)
        try run(73, ["wallet", "create", "--wallet", wallet] + sealed)
        try FileManager.default.removeItem(atPath: wallet)
        try run(66, ["wallet", "list", "--wallet", wallet])
        try run(
            77,
            [
                "wallet", "restore", backup, "--wallet", wallet, "--passphrase-file",
                stage.path("wrong-passphrase"),
            ])
        let restored = try run(0, ["wallet", "restore", backup, "--wallet", wallet] + sealed)
        #expect(fingerprint(restored.text) == own)
        #expect(try run(0, ["wallet", "list", "--wallet", wallet]).text == list)

        try typesTheSheetIn(sheet.text, own)
    }

    private func typesTheSheetIn(_ sheet: String, _ own: Substring) throws {
        var lines = sheet.split(separator: "\n").filter { $0.hasPrefix("    ") }.map(String.init)
        #expect(lines.count == 7)
        let typed = folder.path("typed.txt")
        try lines.joined(separator: "\n").write(toFile: typed, atomically: true, encoding: .utf8)
        let second = folder.path("second")
        let restored = try run(
            0, ["wallet", "restore", "--sheet", typed, "--wallet", second] + sealed)
        #expect(fingerprint(restored.text) == own)
        // The last sign of the fourth group is mistyped.
        let last = lines[1].removeLast()
        lines[1].append(last == "7" ? "8" : "7")
        try lines.joined(separator: "\n").write(toFile: typed, atomically: true, encoding: .utf8)
        let refused = try run(
            65,
            ["wallet", "restore", "--sheet", typed, "--wallet", folder.path("third")] + sealed)
        #expect(refused.complaint.contains("a typing mistake in group 4;"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("third")))
    }

    @Test func namesADamagedCertificate() throws {
        try run(0, ["wallet", "create", "--wallet", wallet, "--unsealed"])
        try run(0, ["wallet", "import", stage.path("signed/1.json"), "--wallet", wallet])
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: "\(wallet)/certificates").first)
        let path = "\(wallet)/certificates/\(name)"
        try Data("{".utf8).write(to: URL(filePath: path))
        let list = try run(65, ["wallet", "list", "--wallet", wallet])
        #expect(list.complaint.contains("\(path) is damaged"))
        #expect(list.complaint.contains("ask the issuer"))
    }

    @Test func showsACertificateInTheWorkersLanguage() throws {
        try run(0, ["wallet", "create", "--wallet", wallet, "--unsealed"])
        try run(0, ["wallet", "import", stage.path("signed/1.json"), "--wallet", wallet])
        let shown = try run(0, ["wallet", "show", "--wallet", wallet, "--language", "fil"]).text
        #expect(shown.contains("pangalan: Testina Exemplar"))
        #expect(shown.contains("walang sinuri rito"))
        try run(66, ["wallet", "show", "zz", "--wallet", wallet])
    }

    @Test func importsAllOrNothing() throws {
        try run(0, ["wallet", "create", "--wallet", wallet, "--unsealed"])
        let refused = try run(
            65,
            [
                "wallet", "import", stage.path("signed/1.json"), stage.path("passphrase"),
                "--wallet", wallet,
            ])
        #expect(refused.complaint.contains(stage.path("passphrase")))
        #expect(try run(0, ["wallet", "list", "--wallet", wallet]).text.isEmpty)
    }

    @Test func backsUpNoOpenWallet() throws {
        try run(0, ["wallet", "create", "--wallet", wallet, "--unsealed"])
        let refused = try run(
            77, ["wallet", "backup", "--out", folder.path("open"), "--wallet", wallet])
        #expect(refused.complaint.contains("open to whoever finds it"))
    }
}
