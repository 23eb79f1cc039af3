import Cryptography
import Foundation
import Node
import TestSupport
import Testing
import TransparencyLog

/// Another team's implementation judges what a node writes: the Go packages `sumdb/note` and
/// `sumdb/tlog`, by the program in `Tests/OutsideJudge`.
@Suite(.enabled(if: OutsideJudge.isHere, "golang-go and golang-golang-x-mod-dev are not installed"))
struct OutsideJudgeTests {
    let country: SampleCountry
    let node: SampleNode

    init() throws {
        country = try SampleCountry("XA", 1)
        node = try SampleNode(country, among: [country], quorum: 0)
    }

    private func export(_ size: Int) async throws -> (folder: TemporaryFolder, log: String) {
        let folder = try TemporaryFolder()
        try await node.publish(0..<size)
        _ = try StaticExport(of: node.database, to: folder.path).write(country.origin)
        return (folder, folder.path(HashValue(of: country.origin.utf8).hexadecimal))
    }

    @Test(.timeLimit(.minutes(5)), arguments: [1, 255, 256, 257, 700])
    func findsOurLogSound(_ size: Int) async throws {
        let judge = try OutsideJudge()
        let (folder, log) = try await export(size)
        let verdict = try judge.judge(log, key: country.log.verifier.description)
        #expect(verdict.code == 0, "\(verdict.said)")
        #expect(verdict.said == "sound: \(size) entries\n")
        _ = folder
    }

    @Test(.timeLimit(.minutes(5))) func refusesEveryFileWithOneByteChanged() async throws {
        let judge = try OutsideJudge()
        let (folder, log) = try await export(700)
        let files = try FileManager.default.subpathsOfDirectory(atPath: log)
            .filter { $0 == "checkpoint" || $0.hasPrefix("tile/") }
            .map { URL(filePath: "\(log)/\($0)") }.filter { !$0.hasDirectoryPath }
            .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
        #expect(files.count == 8)
        for file in files {
            let sound = try Data(contentsOf: file)
            var changed = sound
            changed[changed.count / 2] ^= 1
            try changed.write(to: file)
            let verdict = try judge.judge(log, key: country.log.verifier.description)
            #expect(verdict.code == 1, "\(file.lastPathComponent): \(verdict.said)")
            try sound.write(to: file)
        }
        _ = folder
    }
}

/// The Go program, built once for a test.
struct OutsideJudge {
    enum Failure: Error { case doesNotBuild(String) }

    private static let go = "/usr/bin/go"
    private static let packages = "/usr/share/gocode"
    static var isHere: Bool {
        FileManager.default.isExecutableFile(atPath: go)
            && FileManager.default.fileExists(
                atPath: "\(packages)/src/golang.org/x/mod/sumdb/tlog")
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let source = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "OutsideJudge/judge.go")
        let outcome = try run(Self.go, ["build", "-o", folder.path("judge"), source.path])
        guard outcome.code == 0 else { throw Failure.doesNotBuild(outcome.said) }
    }

    func judge(_ log: String, key: String) throws -> (code: Int32, said: String) {
        try run(folder.path("judge"), [log, key])
    }

    private func run(_ tool: String, _ arguments: [String]) throws -> (code: Int32, said: String) {
        let said = URL(filePath: folder.path("said"))
        try Data().write(to: said)
        let process = Process()
        process.executableURL = URL(filePath: tool)
        process.arguments = arguments
        process.environment = [
            "GO111MODULE": "off", "GOPATH": Self.packages, "GOCACHE": folder.path("cache"),
            "PATH": "/usr/bin:/bin",
        ]
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: said)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: try Data(contentsOf: said), as: UTF8.self)
        )
    }
}
