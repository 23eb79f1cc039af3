/// Up to 256 consecutive entries as they are served (C2SP tlog-tiles § Log entries).
///
/// A partial bundle is a prefix of the later, fuller one.
public struct EntryBundle: Hashable, Sendable {
    public let entries: [[UInt8]]

    /// The number of bytes of the largest entry.
    public static let entryByteLimit = 65_535
    /// The number of bytes of the largest bundle.
    public static let byteLimit = Tile.fullWidth * (2 + entryByteLimit)

    /// - Throws: for no entry or more than 256, and for an entry over the limit.
    public init(_ entries: [[UInt8]]) throws(LogError) {
        guard (1...Tile.fullWidth).contains(entries.count) else {
            throw .wrongForm(.bundle, expected: "1 to 256 entries, found \(entries.count)")
        }
        for entry in entries where entry.count > EntryBundle.entryByteLimit {
            throw .tooLarge(.bundle, limit: EntryBundle.entryByteLimit, found: entry.count)
        }
        self.entries = entries
    }

    /// Reads 1 to 256 entries and nothing after them. Whether they are the log's shows when
    /// their leaf hashes lead to a checkpoint's root.
    public init(parsing bytes: [UInt8]) throws(LogError) {
        guard bytes.count <= EntryBundle.byteLimit else {
            throw .tooLarge(.bundle, limit: EntryBundle.byteLimit, found: bytes.count)
        }
        var entries: [[UInt8]] = []
        var position = 0
        while position < bytes.count {
            guard entries.count < Tile.fullWidth else {
                throw .wrongForm(.bundle, expected: "at most 256 entries")
            }
            guard position + 2 <= bytes.count else {
                throw .wrongForm(.bundle, expected: "a length of two bytes at \(position)")
            }
            let count = Int(bytes[position]) << 8 | Int(bytes[position + 1])
            position += 2
            guard position + count <= bytes.count else {
                throw .wrongForm(.bundle, expected: "\(count) bytes of an entry at \(position)")
            }
            entries.append(Array(bytes[position..<(position + count)]))
            position += count
        }
        try self.init(entries)
    }

    public var width: Int { entries.count }

    public var serialized: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entries.reduce(0) { $0 + 2 + $1.count })
        for entry in entries {
            bytes.append(UInt8(truncatingIfNeeded: entry.count >> 8))
            bytes.append(UInt8(truncatingIfNeeded: entry.count))
            bytes.append(contentsOf: entry)
        }
        return bytes
    }

    /// `tile/entries/x001/234/067.p/5` and the like.
    ///
    /// - Precondition: the width is 1 to 256.
    public static func path(index: UInt64, width: Int) -> String {
        precondition((1...Tile.fullWidth).contains(width), "a bundle has 1 to 256 entries")
        return "tile/entries/\(TilePosition(index: index, width: width).path)"
    }

    /// Reads `tile/entries/<index>[.p/<width>]`, the one spelling of each address.
    public static func position(
        parsing path: String
    ) throws(LogError) -> (index: UInt64, width: Int) {
        let prefix = "tile/entries/"
        guard path.utf8.starts(with: prefix.utf8),
            let position = TilePosition(parsing: path.utf8.dropFirst(prefix.utf8.count)),
            position.index <= TreeHead.sizeLimit / 256
        else { throw .wrongForm(.bundlePath, expected: "tile/entries/<index>[.p/<width>]") }
        return (position.index, position.width)
    }

    /// The bundles of a log of that size; with `old`, only those that a log of that smaller
    /// size does not have.
    public static func positions(
        for size: UInt64, since old: UInt64 = 0
    ) -> [(index: UInt64, width: Int)] {
        TilePosition.positions(for: size, since: old).map { ($0.index, $0.width) }
    }
}
