public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// What one reading of all entries of a log says about its tree.
public struct TreeInspection: Hashable, Sendable {
    /// The roots at the sizes that were asked for, computed from the bytes of the entries.
    public fileprivate(set) var roots: [UInt64: HashValue] = [:]
    /// The stored tiles that are not those of these entries, the first of them.
    public fileprivate(set) var damagedTiles: [Tile] = []

    /// How many damaged tiles are named.
    public static let tileLimit = 16
}

extension LogSnapshot {
    /// Reads every entry once: the roots from their bytes, and every stored hash beside them.
    ///
    /// - Throws: `missingRow` if an entry below the log's size is not there.
    public func inspection(
        _ origin: String, rootsAt sizes: Set<UInt64>
    ) throws(StorageError) -> TreeInspection {
        let log = try known(origin)
        var inspection = TreeInspection()
        var look = SecondLook()
        var tiles = TileCollector()
        if sizes.contains(0) { inspection.roots[0] = look.root }
        var wanted = sizes.filter { $0 > 0 }.sorted()[...]
        try forEachBundle(of: log, in: 0..<log.size) { bundle in
            // Sizes within the bundle: its entries come one by one up to there.
            var within = look
            var place = 0
            while let size = wanted.first, size <= bundle.end {
                let end = Int(size - bundle.start)
                for leaf in bundle.leaves[place..<end] { within.push(leaf, height: 0) }
                (inspection.roots[size], place) = (within.root, end)
                wanted.removeFirst()
            }
            look.append(bundle) { level, hash in tiles.add(hash, level: level) }
            for (tile, hashes) in tiles.takeFull() {
                try compare(tile, hashes, of: log, &inspection)
            }
        }
        let rest = tiles.takeRest()
        try attempt("read tiles") {
            for (tile, hashes) in rest { try compare(tile, hashes, of: log, &inspection) }
        }
        return inspection
    }

    private func compare(
        _ tile: Tile, _ hashes: [UInt8], of log: LogRecord, _ inspection: inout TreeInspection
    ) throws {
        guard inspection.damagedTiles.count < TreeInspection.tileLimit else { return }
        let statement = try db.cachedStatement(
            sql: "SELECT hashes FROM tile WHERE log = ? AND level = ? AND idx = ?")
        let stored = try Row.fetchOne(
            statement, arguments: [log.id, tile.level, Int64(tile.index)])?.bytes(at: 0)
        if stored != hashes { inspection.damagedTiles.append(tile) }
    }
}

/// The hashes of each level as tiles hold them, in the order in which they become known.
private struct TileCollector {
    private var levels: [[UInt8]] = []
    private var counts: [UInt64] = []
    private var full: [(Tile, [UInt8])] = []

    mutating func add(_ hash: HashValue, level: Int) {
        while levels.count <= level {
            levels.append([])
            counts.append(0)
        }
        hash.withBytes { levels[level].append(contentsOf: $0) }
        counts[level] += 1
        let width = levels[level].count / HashValue.byteCount
        guard width == Tile.fullWidth else { return }
        let index = counts[level] / UInt64(Tile.fullWidth) - 1
        if let tile = try? Tile(level: level, index: index, width: width) {
            full.append((tile, levels[level]))
        }
        levels[level].removeAll(keepingCapacity: true)
    }

    mutating func takeFull() -> [(Tile, [UInt8])] {
        defer { full = [] }
        return full
    }

    /// The unfinished tiles, when no entry is left.
    mutating func takeRest() -> [(Tile, [UInt8])] {
        levels.indices.compactMap { level in
            let width = levels[level].count / HashValue.byteCount
            let index = counts[level] / UInt64(Tile.fullWidth)
            guard width > 0, let tile = try? Tile(level: level, index: index, width: width)
            else { return nil }
            return (tile, levels[level])
        }
    }
}
