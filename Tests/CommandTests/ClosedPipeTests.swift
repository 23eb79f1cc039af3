import Foundation
import TestSupport
import Testing

/// Output that nobody reads, and output that cannot be written.
@Suite struct ClosedPipeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func run(to output: Any) throws -> (process: Process, complaint: String) {
        let complaint = URL(filePath: folder.path("err"))
        let process = try ConcordProcess.prepared(
            [
                "key", "new", "verifier", "--name", "sample", "--out", folder.path("k"),
                "--sample", "--unsealed",
            ], output: URL(filePath: folder.path("out")), complaint: complaint)
        process.standardOutput = output
        try process.run()
        process.waitUntilExit()
        return (process, try String(contentsOf: complaint, encoding: .utf8))
    }

    @Test func endsAsOtherProgramsDoWhereNobodyReads() throws {
        let pipe = Pipe()
        try pipe.fileHandleForReading.close()
        let (process, complaint) = try run(to: pipe)
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(process.terminationStatus == SIGPIPE)
        #expect(!complaint.contains("rror"), "\(complaint)")
    }

    @Test func saysWhyAnAnswerIsNotWritten() throws {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let (process, complaint) = try run(to: full)
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 73)
        #expect(complaint.contains("concord: the answer cannot be written: "))
    }
}
