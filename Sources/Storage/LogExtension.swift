public import Cryptography
internal import TransparencyLog

/// Entries to append to a log, with the tiles and the root that follow from them.
///
/// Built in memory on the edge of the stored tree; nothing is believed or written before
/// the caller has compared `root` with a checkpoint and handed this to the database, which
/// takes it only if the log still has `oldSize` entries.
public struct LogExtension: Sendable {
    public let oldSize: UInt64
    public private(set) var entries: [NewEntry] = []
    public private(set) var edge: TreeEdge
    private(set) var completed: [(tile: Tile, hashes: [HashValue])] = []
    /// The number of bytes of all entries.
    public private(set) var byteCount = 0

    public init(extending edge: TreeEdge) {
        oldSize = edge.size
        self.edge = edge
    }

    public mutating func append(_ entry: NewEntry) {
        edge.append(entry.leafHash) { completed.append(($0, $1)) }
        entries.append(entry)
        byteCount += entry.bytes.count
    }

    public mutating func append(contentsOf entries: some Sequence<NewEntry>) {
        for entry in entries { append(entry) }
    }

    public var newSize: UInt64 { edge.size }

    public var root: HashValue { edge.root }

    /// Every tile that changes.
    var tiles: [(tile: Tile, hashes: [HashValue])] {
        completed
            + edge.partialTiles.filter {
                let shift = UInt64(8 * $0.tile.level)
                return newSize >> shift > oldSize >> shift
            }
    }
}
