import TestSupport
import Testing
import TransparencyLog

@Suite struct EntryBundleTests {
    @Test func writesAndReadsEntries() throws {
        let entries: [[UInt8]] = [[], [1], Array(repeating: 7, count: 65_535)]
        let bundle = try EntryBundle(entries)
        #expect(bundle.width == 3)
        #expect(Array(bundle.serialized.prefix(7)) == [0, 0, 0, 1, 1, 0xFF, 0xFF])
        #expect(try EntryBundle(parsing: bundle.serialized) == bundle)
        let full = try EntryBundle((0..<256).map { [UInt8($0)] })
        #expect(try EntryBundle(parsing: full.serialized).entries == full.entries)
    }

    @Test func refusesWrongLengths() throws {
        let bytes = try EntryBundle([[1, 2, 3], [4, 5]]).serialized
        for count in bytes.indices where count != 5 {
            #expect(throws: LogError.self, "\(count)") {
                try EntryBundle(parsing: Array(bytes.prefix(count)))
            }
        }
        #expect(throws: LogError.self) { try EntryBundle(parsing: bytes + [0]) }
        let tooMany = [UInt8](repeating: 0, count: 2 * 257)
        #expect(throws: LogError.self) { try EntryBundle(parsing: tooMany) }
        #expect(try EntryBundle(parsing: Array(tooMany.dropLast(2))).width == 256)
    }

    @Test func refusesEntriesOverTheLimit() throws {
        let large = [UInt8](repeating: 0, count: 65_536)
        #expect(throws: LogError.tooLarge(.bundle, limit: 65_535, found: 65_536)) {
            try EntryBundle([large])
        }
        #expect(throws: LogError.self) { try EntryBundle([]) }
        #expect(throws: LogError.self) { try EntryBundle(Array(repeating: [], count: 257)) }
    }

    /// No change of a byte goes unseen: it shows in the entries or as a refusal.
    @Test func showsEveryFlippedByte() throws {
        let bundle = try EntryBundle([[1, 2, 3], [], [4, 5]])
        for index in bundle.serialized.indices {
            let changed = try? EntryBundle(parsing: bundle.serialized.flipped(at: index))
            #expect(changed != bundle)
        }
    }

    @Test func writesAndReadsPaths() throws {
        for (path, index, width): (String, UInt64, Int) in [
            ("tile/entries/000", 0, 256), ("tile/entries/x001/234.p/9", 1_234, 9),
        ] {
            #expect(EntryBundle.path(index: index, width: width) == path)
            #expect(try EntryBundle.position(parsing: path) == (index, width))
        }
        for path in ["tile/0/000", "tile/entries/", "tile/entries/0", "tile/entries/000.p/256"] {
            #expect(throws: LogError.self) { try EntryBundle.position(parsing: path) }
        }
        #expect(EntryBundle.positions(for: 513).map(\.width) == [256, 256, 1])
        #expect(EntryBundle.positions(for: 513, since: 512).map(\.index) == [2])
        #expect(EntryBundle.positions(for: 513, since: 511).map(\.index) == [1, 2])
        #expect(EntryBundle.positions(for: 513, since: 513).isEmpty)
    }
}
