public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

extension LogSnapshot {
    /// The right edge of the stored tree, to append to.
    public func edge(_ origin: String) throws(StorageError) -> TreeEdge {
        let log = try known(origin)
        var levels: [[HashValue]] = []
        var level = 0
        while log.size >> UInt64(8 * level) > 0 {
            let width = Int(log.size >> UInt64(8 * level) % 256)
            let index = log.size >> UInt64(8 * (level + 1))
            levels.append(
                width == 0 ? [] : try hashes(of: log, level: level, index: index, 0..<width))
            level += 1
        }
        return TreeEdge(size: log.size, levels: levels)
    }

    /// The root over the first `size` entries, from stored hashes.
    public func root(_ origin: String, size: UInt64) throws(StorageError) -> HashValue {
        let log = try tree(origin, size)
        return try MerkleTree.root(of: 0..<size) { level, index throws(StorageError) in
            try subtree(of: log, level, index)
        }
    }

    /// The hash over entries `index << level ..< (index + 1) << level`, which must be stored.
    public func subtree(
        _ origin: String, level: Int, index: UInt64
    ) throws(StorageError) -> HashValue {
        let end = (index + 1).multipliedReportingOverflow(by: 1 << UInt64(level))
        let log = try tree(origin, end.overflow ? .max : end.partialValue)
        return try subtree(of: log, level, index)
    }

    public func inclusionProof(
        _ origin: String, index: UInt64, size: UInt64
    ) throws(StorageError) -> InclusionProof {
        let log = try tree(origin, size)
        guard index < size else { throw .beyondTree(origin: origin, size: size, found: index) }
        return try InclusionProof.build(index: index, size: size) {
            level, index throws(StorageError) in try subtree(of: log, level, index)
        }
    }

    public func consistencyProof(
        _ origin: String, from oldSize: UInt64, to newSize: UInt64
    ) throws(StorageError) -> ConsistencyProof {
        let log = try tree(origin, newSize)
        guard oldSize <= newSize else {
            throw .beyondTree(origin: origin, size: newSize, found: oldSize)
        }
        return try ConsistencyProof.build(oldSize: oldSize, newSize: newSize) {
            level, index throws(StorageError) in try subtree(of: log, level, index)
        }
    }

    /// The stored leaf hashes of entries that lie in one bundle.
    public func leafHashes(
        _ origin: String, _ range: Range<UInt64>
    ) throws(StorageError) -> [HashValue] {
        let log = try tree(origin, range.upperBound)
        guard !range.isEmpty else { return [] }
        let start = range.lowerBound / 256 * 256
        let places = Int(range.lowerBound - start)..<Int(range.upperBound - start)
        return try hashes(of: log, level: 0, index: start / 256, places)
    }

    /// The bytes of a tile, or nil if the tree does not have so many hashes there.
    public func tile(_ origin: String, _ tile: Tile) throws(StorageError) -> [UInt8]? {
        let log = try known(origin)
        guard tile.level < 8 else { return nil }
        let count = log.size >> UInt64(8 * tile.level)
        guard tile.index * UInt64(Tile.fullWidth) + UInt64(tile.width) <= count else { return nil }
        let bytes = try tileBytes(of: log, level: tile.level, index: tile.index)
        guard bytes.count >= tile.width * HashValue.byteCount else {
            throw .missingRow(table: "tile", origin: origin, at: tile.index)
        }
        return Array(bytes.prefix(tile.width * HashValue.byteCount))
    }

    private func tree(_ origin: String, _ size: UInt64) throws(StorageError) -> LogRecord {
        let log = try known(origin)
        guard size <= log.size else {
            throw .beyondTree(origin: origin, size: log.size, found: size)
        }
        return log
    }

    func subtree(
        of log: LogRecord, _ level: Int, _ index: UInt64
    ) throws(StorageError) -> HashValue {
        let place = Tile.covering(level: level, index: index, size: log.size)
        let hashes = try hashes(
            of: log, level: place.tile.level, index: place.tile.index, place.hashes)
        return MerkleTree.root(of: hashes)
    }

    func hashes(
        of log: LogRecord, level: Int, index: UInt64, _ range: Range<Int>
    ) throws(StorageError) -> [HashValue] {
        let bytes = try tileBytes(of: log, level: level, index: index)
        guard bytes.count >= range.upperBound * HashValue.byteCount else {
            throw .missingRow(table: "tile", origin: log.origin, at: index)
        }
        return range.compactMap { position in
            let start = position * HashValue.byteCount
            return HashValue(bytes: bytes[start..<(start + HashValue.byteCount)])
        }
    }

    private func tileBytes(
        of log: LogRecord, level: Int, index: UInt64
    ) throws(StorageError) -> [UInt8] {
        try attempt("read a tile") {
            let statement = try db.cachedStatement(
                sql: "SELECT hashes FROM tile WHERE log = ? AND level = ? AND idx = ?")
            let arguments: StatementArguments = [log.id, level, Int64(index)]
            return try Row.fetchOne(statement, arguments: arguments)?.bytes(at: 0) ?? []
        }
    }
}
