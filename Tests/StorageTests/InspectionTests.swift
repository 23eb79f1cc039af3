import Cryptography
import Foundation
import Storage
import TestSupport
import Testing
import TransparencyLog

/// Stored hashes against the entries, tile by tile.
@Suite struct InspectionTests {
    private func damage(_ store: SampleStore, _ sql: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["sqlite3", "\(store.folder.path)/log.sqlite", sql]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    /// Whole bundles are hashed at once, beside the reading of the next.
    @Test func computesTheRootOfEverySize() throws {
        let store = try SampleStore()
        try store.append(0..<1_100)
        let sizes = Set<UInt64>([0, 1, 2, 255, 256, 257] + stride(from: 300, to: 1_100, by: 41))
        let found = try store.database.read {
            try $0.inspection(store.origin, rootsAt: sizes.union([1_024, 1_100]))
        }
        #expect(found.damagedTiles == [])
        #expect(found.roots.count == sizes.count + 2)
        let reference = ReferenceTree(SampleCountry.entries(0..<1_100))
        for (size, root) in found.roots {
            #expect(root == reference.root(0, Int(size)), "size \(size)")
        }
    }

    @Test func secondLookFromAnySizeLeadsToTheRoot() throws {
        let store = try SampleStore()
        try store.append(0..<800)
        let reference = ReferenceTree(SampleCountry.entries(0..<800))
        for start in [0, 1, 255, 256, 257, 511, 512, 700, 800] {
            let head = try TreeHead(
                origin: store.origin, size: UInt64(start), root: reference.root(0, start))
            let root = try store.database.read {
                try $0.independentRoot(store.origin, size: 800, since: head)
            }
            #expect(root == reference.root, "since \(start)")
        }
    }

    /// With every level up to the third: 65,536 entries and some more.
    @Test func findsEveryDamagedTileOfEveryLevel() throws {
        let store = try SampleStore()
        let size = 65_536 + 300
        try store.append(0..<size)
        let origin = store.origin
        let root = try store.database.read { try $0.root(origin, size: UInt64(size)) }
        let sizes: Set<UInt64> = [0, 1, 255, 256, 65_536, UInt64(size)]
        let sound = try store.database.read { try $0.inspection(origin, rootsAt: sizes) }
        #expect(sound.damagedTiles == [])
        #expect(sound.roots[UInt64(size)] == root)
        for size in sizes {
            let expected = try store.database.read { try $0.root(origin, size: size) }
            #expect(sound.roots[size] == expected)
        }
        let places = [(0, 0), (0, 255), (0, 257), (1, 0), (1, 1), (2, 0)]
        for (level, index) in places {
            try damage(
                store,
                """
                CREATE TABLE saved AS SELECT hashes FROM tile WHERE level = \(level) AND idx = \(index);
                UPDATE tile SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB)
                WHERE level = \(level) AND idx = \(index);
                """)
            let found = try store.database.read { try $0.inspection(origin, rootsAt: []) }
            #expect(found.damagedTiles.map(\.level) == [level])
            #expect(found.damagedTiles.map(\.index) == [UInt64(index)])
            // The slices of the scrub find it as well.
            let damaged = try store.database.read { try $0.damagedBundles(origin) }
            #expect(damaged.isEmpty == false, "level \(level), tile \(index)")
            try damage(
                store,
                """
                UPDATE tile SET hashes = (SELECT hashes FROM saved)
                WHERE level = \(level) AND idx = \(index);
                DROP TABLE saved;
                """)
        }
        let again = try store.database.read { try $0.inspection(origin, rootsAt: []) }
        #expect(again.damagedTiles == [])
    }
}
