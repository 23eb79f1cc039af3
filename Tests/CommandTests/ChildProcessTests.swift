import Foundation
import Testing

@testable import Registrar

/// What a process that reads strangers' pictures is given.
@Suite(.serialized) struct ChildProcessTests {
    @Test func getsNoOpenFileHoweverManyThereAre() throws {
        let files = try (0..<2_000).map { _ in
            try #require(FileHandle(forReadingAtPath: "/dev/null"))
        }
        defer { for file in files { try? file.close() } }
        let process = try #require(
            ChildProcess(path: "/bin/sh", arguments: ["-c", "cd /proc/self/fd; echo *; read x"]))
        var line: [UInt8] = []
        while let byte = process.read(1)?.first, byte != UInt8(ascii: "\n") { line.append(byte) }
        let numbers = String(decoding: line, as: UTF8.self).split(separator: " ")
            .compactMap { Int($0) }
        #expect(numbers.starts(with: [0, 1, 2]))
        // The shell may open its own folder for the list.
        #expect(numbers.count <= 4, "\(numbers.prefix(20))")
    }

    @Test func endsThoughNobodyReadsWhatItWrites() throws {
        let process = try #require(
            ChildProcess(path: "/bin/sh", arguments: ["-c", "while echo more; do :; done"]))
        #expect(process.read(5) == Array("more\n".utf8))
        process.end()
        #expect(!process.write([1]))
    }

    @Test func isNoneWhereThereIsNoProgram() {
        #expect(ChildProcess(path: "/nowhere/program", arguments: []) == nil)
    }
}
