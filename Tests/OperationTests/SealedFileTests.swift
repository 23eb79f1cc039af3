import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Operation

/// A backup opens whole and unchanged with its key, or not at all.
@Suite struct SealedFileTests {
    private let folder: TemporaryFolder
    private let key: SigningKey
    private let content: [UInt8]

    init() throws {
        folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 7)
        key = SigningKey.generated(using: &generator)
        content = [UInt8].random(count: 2 * SealedFile.partBytes + 1_234, using: &generator)
    }

    private func write(_ name: String = "file") throws -> String {
        let path = folder.path(name)
        let writer = try SealedFileWriter(path, for: key.verificationKey)
        var rest = content[...]
        // In pieces that are none of the file's parts.
        while !rest.isEmpty {
            try writer.write(Array(rest.prefix(700_001)))
            rest = rest.dropFirst(700_001)
        }
        try writer.finish()
        return path
    }

    private func read(_ path: String) throws -> [UInt8] {
        let reader = try SealedFileReader(path, with: key)
        let bytes = try reader.read(content.count)
        try reader.finish()
        return bytes
    }

    private func change(_ path: String, _ body: (inout [UInt8]) -> Void) throws -> String {
        var bytes = Array(try Data(contentsOf: URL(filePath: path)))
        body(&bytes)
        let changed = path + ".changed"
        try Data(bytes).write(to: URL(filePath: changed))
        return changed
    }

    @Test func opensWhatItSealed() throws {
        let path = try write()
        #expect(try read(path) == content)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        #expect((mode as? NSNumber)?.intValue == 0o600)
        let bytes = Array(try Data(contentsOf: URL(filePath: path)))
        #expect(bytes.firstRange(of: content.prefix(16)) == nil)
    }

    @Test func leavesNothingBehindWhenItIsGivenUp() throws {
        do {
            let writer = try SealedFileWriter(folder.path("given-up"), for: key.verificationKey)
            try writer.write(content)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func refusesAFileThatIsCutOffAnywhere() throws {
        let path = try write()
        let size = Array(try Data(contentsOf: URL(filePath: path))).count
        var generator = SeededGenerator(seed: 8)
        let places =
            [1, 4, 5, 1_000, SealedFile.partBytes, SealedFile.partBytes + SealedFile.overhead + 4]
            + (0..<20).map { _ in Int.random(in: 1..<size, using: &generator) }
        for missing in places {
            let cut = try change(path) { $0.removeLast(missing) }
            #expect(throws: OperationError.self, "\(missing)") { try read(cut) }
        }
        // At the end of a whole part: nothing is torn, and still it is not the end.
        let last = 1_234 + SealedFile.overhead + 4
        let even = try change(path) { $0.removeLast(last) }
        #expect(throws: OperationError.cutOff(path: even)) { try read(even) }
    }

    @Test func refusesAnyChangedByte() throws {
        let path = try write()
        let size = Array(try Data(contentsOf: URL(filePath: path))).count
        var generator = SeededGenerator(seed: 9)
        let places =
            Array(0..<140) + (0..<60).map { _ in Int.random(in: 0..<size, using: &generator) }
        for place in places {
            let changed = try change(path) { $0[place] ^= 1 << UInt8(place % 8) }
            #expect(throws: (any Error).self, "\(place)") { try read(changed) }
        }
        let longer = try change(path) { $0 += [0] }
        #expect(throws: OperationError.self) { try read(longer) }
    }

    @Test func refusesPartsThatAreMovedOrOfAnotherFile() throws {
        let (one, other) = (try write("one"), try write("other"))
        let stride = SealedFile.partBytes + SealedFile.overhead + 4
        let start =
            Array(try Data(contentsOf: URL(filePath: one))).count
            - (1_234 + SealedFile.overhead + 4) - 2 * stride
        let moved = try change(one) { bytes in
            let first = Array(bytes[start..<(start + stride)])
            let second = Array(bytes[(start + stride)..<(start + 2 * stride)])
            bytes.replaceSubrange(start..<(start + 2 * stride), with: second + first)
        }
        #expect(throws: OperationError.changed(path: moved, part: 0)) { try read(moved) }
        let foreign = Array(try Data(contentsOf: URL(filePath: other)))
        let mixed = try change(one) { bytes in
            bytes.replaceSubrange(
                start..<(start + stride), with: foreign[start..<(start + stride)])
        }
        #expect(throws: OperationError.changed(path: mixed, part: 0)) { try read(mixed) }
    }

    @Test func saysWhichKeyItWants() throws {
        let path = try write()
        var generator = SeededGenerator(seed: 10)
        let stranger = SigningKey.generated(using: &generator)
        let error = #expect(throws: OperationError.self) {
            try SealedFileReader(path, with: stranger)
        }
        guard case .otherRecoveryKey(_, let expected, _) = error else {
            Issue.record("expected .otherRecoveryKey, found \(String(describing: error))")
            return
        }
        #expect(expected == Fingerprint(of: key.verificationKey.bytes))
        let newer = try change(path) { $0[15] = UInt8(ascii: "2") }
        #expect(throws: OperationError.newerBackup(path: newer, expected: 1, found: "2")) {
            try read(newer)
        }
        let page = folder.path("page")
        try Data("<html>\n\n\n\n".utf8).write(to: URL(filePath: page))
        #expect(throws: OperationError.notBackup(path: page)) { try read(page) }
    }

    @Test(arguments: [
        "../card.json", "/etc/passwd", ".hidden", "a/b/c", "keys/../x", "keys/", "", "life-mark",
        "keys/.x", "a//b",
    ])
    func refusesANameThatLeadsElsewhere(_ name: String) {
        #expect(!BackupManifest.admits(name))
        #expect(BackupManifest.admits("keys/log.key"))
        #expect(BackupManifest.admits("audit.jsonl"))
    }
}
