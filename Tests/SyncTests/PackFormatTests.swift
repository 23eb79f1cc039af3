import Cryptography
import Foundation
import Sync
import TestSupport
import Testing

/// The file of a pack, whatever is in it (`Protocol/pack.md § Parts`, § Reading).
@Suite struct PackFormatTests {
    let folder: TemporaryFolder
    private static let log = PeerPath.log("sample.example/XA/1")

    init() throws { folder = try TemporaryFolder() }

    private func pack(_ bytes: [UInt8]) throws -> Pack {
        let path = folder.path("\(UUID().uuidString).pack")
        try Data(bytes).write(to: URL(filePath: path))
        return try Pack(opening: path)
    }

    private func part(_ path: String, _ bytes: [UInt8]) -> [UInt8] {
        Array(PackPart(path: path, bytes: bytes).line.utf8) + bytes + [0x0A]
    }

    private let magic = Array(PackPart.magic.utf8)

    private func end(_ count: Int) -> [UInt8] { Array(PackPart.lastLine(count).utf8) }

    @Test(arguments: ["", "concord-pack/v2\nend 0\n", "concord-pack/v1", "part /heads 0 00\n"])
    func refusesWhatIsNoPack(_ text: String) throws {
        let path = folder.path("no.pack")
        try Data(text.utf8).write(to: URL(filePath: path))
        #expect(throws: SyncError.pack(file: path, .notAPack)) { try Pack(opening: path) }
    }

    @Test func opensRegularFilesOnly() throws {
        #expect(throws: SyncError.self) { try Pack(opening: folder.path) }
        #expect(throws: SyncError.self) { try Pack(opening: folder.path("none")) }
        #expect(throws: SyncError.self) { try Pack(opening: "/dev/zero") }
    }

    @Test func readsPartsAndTheLastLine() throws {
        let heads = part("/heads", Array("{}".utf8))
        let whole = try pack(magic + heads + part("/split-views", []) + end(2))
        #expect(whole.faults == [])
        #expect(whole.partCount == 2)
        #expect(
            try pack(magic + heads + end(2)).faults == [.wrongCount(expected: 2, found: 1)])
        #expect(
            try pack(magic + heads).faults == [.noEnd(offset: UInt64(magic.count + heads.count))])
    }

    /// A length that was damaged must not hide what comes after it.
    @Test func goesOnAfterADamagedLine() throws {
        let first = part("/heads", Array("first".utf8))
        let second = part("/split-views", Array("second".utf8))
        for place in 0..<(first.count - 6) {
            var bytes = magic + first + second + end(2)
            bytes[magic.count + place] = UInt8(ascii: "9")
            let found = try pack(bytes)
            if bytes == magic + first + second + end(2) { continue }
            #expect(found.faults.count == 1, "byte \(place)")
            #expect(found.partCount == 1, "byte \(place)")
        }
    }

    @Test(arguments: [
        "part /heads 05 HASH", "part  /heads 5 HASH", "part heads 5 HASH", "part /heads +5 HASH",
        "part /heads 5 HASH ", "part /heads 5 \(String(repeating: "A", count: 64))",
        "part /he ads 5 HASH", "PART /heads 5 HASH", "part /heads 99999999999 HASH",
    ])
    func takesOneSpellingOfALine(_ line: String) throws {
        let hash = PackPart(path: "/heads", bytes: Array("first".utf8)).hash.hexadecimal
        let text = line.replacing("HASH", with: hash) + "\nfirst\n"
        let found = try pack(magic + Array(text.utf8) + part("/split-views", []) + end(2))
        #expect(found.faults.count == 1)
        #expect(found.partCount == 1)
    }

    @Test func boundsAPartByItsAddress() throws {
        let path = Self.log + "/tile/1/000"
        let large = [UInt8](repeating: 7, count: 8_193)
        let found = try pack(magic + part(path, large) + part("/heads", []) + end(2))
        #expect(
            found.faults == [
                .tooLarge(
                    part: path, offset: UInt64(magic.count), limit: 8_192, found: 8_193)
            ])
        #expect(found.partCount == 1)
    }

    @Test func stopsAfterTooManyDamagedPlaces() throws {
        let hash = HashValue(of: [1]).hexadecimal
        let line = Array("part /heads 3 \(hash)\n".utf8)
        let found = try pack(magic + (0..<400).flatMap { _ in line } + end(400))
        #expect(found.faults.count == 257)
        #expect(found.faults.last == .tooManyFaults(limit: 256))
    }

    @Test func keepsAddressesInsideTheFile() throws {
        let outside = folder.path("outside")
        let found = try pack(magic + part("/../../\(outside)", [1, 2]) + end(1))
        #expect(found.faults == [])
        #expect(!FileManager.default.fileExists(atPath: outside))
    }

    @Test func namesFilePartAndPlace() {
        let error = SyncError.pack(
            file: "october.pack", .damaged(part: "/heads", offset: 16))
        #expect(
            error.description
                == "october.pack: the part /heads at byte 16 does not have its SHA-256: it was "
                + "damaged on the way and is left out; import another copy of the pack as well")
    }
}
