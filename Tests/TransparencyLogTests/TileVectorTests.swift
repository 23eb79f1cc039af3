import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog

/// A log that other people's software wrote to disk: `KEYS.txt`, checkpoints, tiles, bundles.
struct TiledLog: Sendable, CustomTestStringConvertible {
    let folder: URL

    var testDescription: String { folder.lastPathComponent }

    static func all() throws -> [TiledLog] {
        guard ConformanceVectors.has("tlog-tiles") else { return [] }
        return try ConformanceVectors.files(in: "tlog-tiles", endingWith: "KEYS.txt")
            .map { TiledLog(folder: $0.deletingLastPathComponent()) }
    }

    func bytes(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: path)))
    }

    /// The paths below the folder, from the folder on.
    func paths() throws -> [String] {
        let walk = try #require(
            FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        return walk.compactMap { $0 as? URL }.filter { !$0.hasDirectoryPath }
            .map { String($0.standardizedFileURL.path.dropFirst(folder.path.count + 1)) }.sorted()
    }

    func key() throws -> NoteKey {
        let lines = String(decoding: try bytes("KEYS.txt"), as: UTF8.self).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("log vkey: ") })
        return try NoteKey(parsing: String(line.dropFirst("log vkey: ".count)))
    }
}

@Suite(.enabled(if: ConformanceVectors.has("tlog-tiles"), "no vectors for tlog-tiles"))
struct TileVectorTests {
    @Test(arguments: try TiledLog.all())
    func rebuildsEveryRootFromBundlesAndTiles(log: TiledLog) throws {
        let key = try log.key()
        let paths = try log.paths()
        let leaves = try entries(of: log, paths).map { MerkleTree.leafHash($0) }
        let tiles = try tiles(of: log, paths)
        #expect(!leaves.isEmpty)
        for (tile, hashes) in tiles { #expect(hashes == expected(tile, leaves), "\(tile)") }
        let checkpoints = paths.filter { $0.hasPrefix("checkpoint") }
        #expect(!checkpoints.isEmpty)
        for path in checkpoints {
            let bytes = try log.bytes(path)
            let note = try SignedNote(parsing: bytes)
            #expect(note.serialized == bytes)
            let head = try Checkpoint(opening: note, signedBy: key).head
            let covered = Array(leaves.prefix(Int(head.size)))
            #expect(covered.count == Int(head.size))
            #expect(MerkleTree.root(of: covered) == head.root)
            let root = try MerkleTree.root(of: 0..<head.size) { level, index in
                let (tile, range) = Tile.covering(level: level, index: index, size: head.size)
                // A partial tile may have made way for the full one.
                let full = try Tile(level: tile.level, index: tile.index, width: 256)
                let hashes = try #require(tiles[tile] ?? tiles[full])
                return MerkleTree.root(of: Array(hashes[range]))
            }
            #expect(root == head.root)
        }
    }

    @Test(arguments: try TiledLog.all()) func refusesEveryFlippedByte(log: TiledLog) throws {
        let key = try log.key()
        for path in try log.paths() where path.hasPrefix("checkpoint") {
            let bytes = try log.bytes(path)
            for index in bytes.indices {
                #expect(throws: LogError.self, "\(path) \(index)") {
                    let note = try SignedNote(parsing: bytes.flipped(at: index))
                    _ = try Checkpoint(opening: note, signedBy: key)
                }
            }
        }
    }

    private func entries(of log: TiledLog, _ paths: [String]) throws -> [[UInt8]] {
        var widest: [UInt64: [[UInt8]]] = [:]
        let bundles = try paths.filter { $0.hasPrefix("tile/entries/") }.map { path in
            (try EntryBundle.position(parsing: path), try EntryBundle(parsing: log.bytes(path)))
        }
        for (position, bundle) in bundles.sorted(by: { $0.1.width < $1.1.width }) {
            #expect(bundle.width == position.width)
            // A partial bundle is a prefix of the fuller one.
            #expect(bundle.entries.starts(with: widest[position.index] ?? []))
            widest[position.index] = bundle.entries
        }
        return widest.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    private func tiles(of log: TiledLog, _ paths: [String]) throws -> [Tile: [HashValue]] {
        var tiles: [Tile: [HashValue]] = [:]
        for path in paths where path.hasPrefix("tile/") && !path.hasPrefix("tile/entries/") {
            let tile = try Tile(parsing: path)
            let bytes = try log.bytes(path)
            #expect(bytes.count == 32 * tile.width)
            tiles[tile] = try stride(from: 0, to: bytes.count, by: 32).map {
                try #require(HashValue(bytes: bytes[$0..<($0 + 32)]))
            }
        }
        return tiles
    }

    private func expected(_ tile: Tile, _ leaves: [HashValue]) -> [HashValue] {
        let span = 1 << (8 * tile.level)
        return (0..<tile.width).map { place in
            let start = (Int(tile.index) * 256 + place) * span
            return MerkleTree.root(of: Array(leaves[start..<(start + span)]))
        }
    }
}
