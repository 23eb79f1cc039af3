import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct TileTests {
    @Test(
        arguments: [
            ("tile/0/000", 0, 0, 256), ("tile/0/000.p/1", 0, 0, 1), ("tile/63/999", 63, 999, 256),
            ("tile/1/x001/000", 1, 1_000, 256), ("tile/2/x001/x234/067", 2, 1_234_067, 256),
            ("tile/0/x001/x234/067.p/255", 0, 1_234_067, 255),
        ] as [(String, Int, UInt64, Int)])
    func writesAndReadsPaths(path: String, level: Int, index: UInt64, width: Int) throws {
        let tile = try Tile(parsing: path)
        #expect(tile == (try Tile(level: level, index: index, width: width)))
        #expect(tile.path == path)
    }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/64/000", "tile/00/000", "tile/-1/000", "/tile/0/000",
        "tile/0/000/", "tile/0/00", "tile/0/0000", "tile/0/x000", "tile/0/x000/000",
        "tile/0/001/000", "tile/0/x001/x000", "tile/0/xx01/000", "tile/0/x01/000",
        "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p",
        "tile/0/000.p/1/2", "tile/0/x001.p/000", "tile/0/000.P/1", "tile/0/000.q/1",
        "tile/0/+00", "tile/0/\u{661}00", "tile/entries/000", "tile/0/../000", "tile/0/000\n",
        "tile/0/x999/x999/x999/x999/x999/x999/999", "tile/0/x000/x001/000", "Tile/0/000",
    ]) func refusesOtherPaths(path: String) {
        #expect(throws: LogError.self) { try Tile(parsing: path) }
    }

    @Test func refusesAddressesBeyondTheLimits() {
        #expect(throws: LogError.self) { try Tile(level: 64, index: 0, width: 1) }
        #expect(throws: LogError.self) { try Tile(level: -1, index: 0, width: 1) }
        #expect(throws: LogError.self) { try Tile(level: 0, index: 0, width: 0) }
        #expect(throws: LogError.self) { try Tile(level: 0, index: 0, width: 257) }
        #expect(throws: LogError.self) { try Tile(level: 0, index: .max, width: 1) }
    }

    @Test func listsTheTilesOfTheSpecificationsExample() {
        let tiles = Tile.tiles(for: 70_000)
        #expect(tiles.filter { $0.level == 0 && $0.width == 256 }.count == 273)
        let ends = tiles.filter { $0.level > 0 || $0.width < 256 }.map(\.path)
        #expect(
            ends == ["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(Tile.tiles(for: 0).isEmpty)
        #expect(Tile.tiles(for: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
    }

    @Test func listsWhatASmallerTreeDoesNotHave() {
        for (old, new) in [(0, 5), (5, 300), (255, 256), (256, 257), (300, 66_000), (9, 9)] {
            let (before, after) = (
                Set(Tile.tiles(for: UInt64(old))), Tile.tiles(for: UInt64(new))
            )
            let missing = after.filter { !before.contains($0) }
            #expect(Tile.tiles(for: UInt64(new), since: UInt64(old)) == missing, "\(old) \(new)")
        }
    }

    @Test(arguments: [1, 255, 256, 257, 511, 512, 1_000, 66_049])
    func findsEverySubtreeInATile(size: Int) throws {
        let leaves = (0..<size).map {
            MerkleTree.leafHash([UInt8($0 & 255), UInt8($0 >> 8 & 255)])
        }
        func tile(_ tile: Tile) -> [HashValue] {
            (0..<tile.width).map { place in
                let span = 1 << (8 * tile.level)
                let start = (Int(tile.index) * 256 + place) * span
                return MerkleTree.root(of: Array(leaves[start..<(start + span)]))
            }
        }
        let root = MerkleTree.root(of: 0..<UInt64(size)) { level, index in
            let (address, range) = Tile.covering(level: level, index: index, size: UInt64(size))
            #expect(Tile.tiles(for: UInt64(size)).contains(address))
            return MerkleTree.root(of: Array(tile(address)[range]))
        }
        #expect(root == MerkleTree.root(of: leaves))
    }
}
