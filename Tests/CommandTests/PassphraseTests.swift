import Foundation
import TestSupport
import Testing

/// Keys that are sealed under different passphrases, in one command.
@Suite struct PassphraseTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["node", "authority", "other"] {
            try Data("secret of \(name)\n".utf8)
                .write(to: URL(filePath: folder.path("\(name).pass")))
        }
    }

    @discardableResult
    private func run(
        _ code: Int32, _ arguments: [String], _ passphrases: [String],
        at place: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try ConcordProcess.run(
            arguments
                + passphrases.flatMap { ["--passphrase-file", folder.path("\($0).pass")] })
        #expect(outcome.code == code, "\(outcome.complaint)", sourceLocation: place)
        return outcome.complaint
    }

    @Test func triesEachFile() throws {
        let (node, key) = (folder.path("node"), folder.path("authority.key"))
        try run(
            0,
            [
                "key", "new", "authority", "--name", AwardStage.authority, "--out", key, "--sample",
            ], ["authority"])
        try run(
            0,
            [
                "node", "init", "--node", node, "--country", "PH", "--name", "Sample", "--origin",
                "sample.concord.example/ph/1", "--sample",
            ], ["node"])
        try run(
            0,
            [
                "publish", "authority-key", "--holder", AwardStage.authority, "--of", key,
                "--node", node,
            ], ["other", "node"])
        try run(
            0,
            [
                "publish", "mandate", "--authority", AwardStage.authority, "--name", "Sample",
                "--may", "register", "--scope", "ph.*", "--territory", "PH", "--from",
                "2010-01-01", "--node", node,
            ], ["node"])
        let publish = [
            "publish", "qualification", "--id", "ph.welder", "--version", "2020", "--country",
            "PH", "--title", "Welder", "--isco", "7212", "--by", AwardStage.authority, "--key",
            key, "--node", node,
        ]
        for wrong in [["node"], ["authority"], ["other"], ["other", "node"], []] {
            try run(77, publish, wrong)
        }
        try run(0, publish, ["other", "node", "authority"])
    }
}
