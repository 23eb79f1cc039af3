public import Cryptography
internal import TransparencyLog

/// The right edge of a tree as tiles hold it: what is needed to append and to know the root.
public struct TreeEdge: Hashable, Sendable {
    public private(set) var size: UInt64
    /// The hashes of the unfinished tile of each level, the leaves' first; below 256 each.
    private(set) var levels: [[HashValue]]

    public init() {
        size = 0
        levels = []
    }

    /// - Precondition: `levels[n]` has `(size >> 8n) % 256` hashes, the last level some.
    init(size: UInt64, levels: [[HashValue]]) {
        self.size = size
        self.levels = levels
    }

    /// Appends a leaf; tiles that become full are handed out.
    mutating func append(_ leaf: HashValue, completing: (Tile, [HashValue]) -> Void) {
        var hash = leaf
        var level = 0
        while true {
            if level == levels.count {
                levels.append([])
                levels[level].reserveCapacity(Tile.fullWidth)
            }
            levels[level].append(hash)
            guard levels[level].count == Tile.fullWidth else { break }
            let index = size >> UInt64(8 * (level + 1))
            if let tile = try? Tile(level: level, index: index, width: Tile.fullWidth) {
                completing(tile, levels[level])
            }
            hash = MerkleTree.root(of: levels[level])
            levels[level].removeAll(keepingCapacity: true)
            level += 1
        }
        size += 1
    }

    /// The unfinished tiles.
    var partialTiles: [(tile: Tile, hashes: [HashValue])] {
        levels.indices.compactMap { level in
            let index = size >> UInt64(8 * (level + 1))
            guard !levels[level].isEmpty,
                let tile = try? Tile(level: level, index: index, width: levels[level].count)
            else { return nil }
            return (tile, levels[level])
        }
    }

    public var root: HashValue {
        // From the right: the smallest subtrees first, each the right side of all before it.
        var root: HashValue?
        for hashes in levels {
            for node in MerkleTree.subtrees(covering: 0..<UInt64(hashes.count)).reversed() {
                let first = Int(node.index) << node.level
                let left = MerkleTree.root(of: Array(hashes[first..<(first + 1 << node.level)]))
                root = root.map { MerkleTree.nodeHash(left, $0) } ?? left
            }
        }
        return root ?? MerkleTree.emptyRoot
    }
}
