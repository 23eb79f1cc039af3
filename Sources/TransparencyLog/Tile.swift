/// The address of up to 256 hashes of one level of a tree (C2SP tlog-tiles § Merkle Tree).
///
/// Hash `i` of tile `index` at `level` is the root over 256^level entries.
public struct Tile: Hashable, Sendable {
    /// 0 for leaf hashes; each level up stands for 256 times as many entries.
    public let level: Int
    public let index: UInt64
    /// The number of hashes: 256, or fewer in a partial tile.
    public let width: Int

    public static let fullWidth = 256

    public init(level: Int, index: UInt64, width: Int) throws(LogError) {
        guard (0...63).contains(level), (1...Tile.fullWidth).contains(width),
            index <= TreeHead.sizeLimit / 256
        else { throw .wrongForm(.tilePath, expected: "a level to 63 and a width to 256") }
        self.init(unchecked: level, index, width)
    }

    private init(unchecked level: Int, _ index: UInt64, _ width: Int) {
        self.level = level
        self.index = index
        self.width = width
    }

    /// Reads `tile/<level>/<index>[.p/<width>]`, the one spelling of each address.
    public init(parsing path: String) throws(LogError) {
        let parts = path.utf8.split(
            separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("tile".utf8),
            let level = LineReader.decimal(parts[1]), level <= 63,
            let position = TilePosition(parsing: parts[2])
        else { throw .wrongForm(.tilePath, expected: "tile/<level>/<index>[.p/<width>]") }
        try self.init(level: Int(level), index: position.index, width: position.width)
    }

    /// `tile/0/x001/234/067.p/5` and the like.
    public var path: String {
        "tile/\(level)/\(TilePosition(index: index, width: width).path)"
    }

    /// The tiles of a tree of that size, level by level; with `old`, only those that a tree
    /// of that smaller size does not have.
    public static func tiles(for size: UInt64, since old: UInt64 = 0) -> [Tile] {
        var tiles: [Tile] = []
        var level = 0
        while level < 8, size >> UInt64(8 * level) > 0 {
            let positions = TilePosition.positions(
                for: size >> UInt64(8 * level), since: old >> UInt64(8 * level))
            tiles += positions.map { Tile(unchecked: level, $0.index, $0.width) }
            level += 1
        }
        return tiles
    }

    /// The tile of a tree of that size from which the hash of a complete subtree follows, and
    /// which of its hashes to take: the root over them is the subtree's.
    ///
    /// - Precondition: the subtree, entries `index << level ..< (index + 1) << level`, lies
    ///   within the size.
    public static func covering(
        level: Int, index: UInt64, size: UInt64
    ) -> (tile: Tile, hashes: Range<Int>) {
        let tileLevel = level / 8
        let height = UInt64(level % 8)
        let first = index << height
        let tileIndex = first / 256
        let width = min(256, (size >> UInt64(8 * tileLevel)) - tileIndex * 256)
        let offset = Int(first % 256)
        precondition(offset + (1 << height) <= width, "a subtree within the tree")
        let tile = Tile(unchecked: tileLevel, tileIndex, Int(width))
        return (tile, offset..<(offset + (1 << height)))
    }
}

extension Tile: CustomStringConvertible {
    public var description: String { path }
}
