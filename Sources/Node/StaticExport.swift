public import Cryptography
internal import Foundation
public import Storage
internal import Sync
internal import TransparencyLog

/// A log as plain files, as any web server serves them and a peer can follow.
///
/// `Protocol/sync.md § Static files`. The bytes are those that the node itself answers with.
public struct StaticExport: Sendable {
    private let database: LogDatabase
    private let folder: String

    public init(of database: LogDatabase, to folder: String) {
        self.database = database
        self.folder = folder
    }

    /// Writes what changed since the last export; files that never change are left alone.
    ///
    /// - Returns: the number of files that were written.
    public func write(_ origin: String) throws -> Int {
        let desk = LogDesk(database: database)
        let found = try database.read { snapshot throws(StorageError) in
            (try snapshot.log(origin)?.originHash, try snapshot.head(origin))
        }
        guard let log = found.0, let head = found.1 else {
            throw StorageError.unknownLog(origin: origin)
        }
        let base = "\(folder)/\(log.hexadecimal)"
        let size = head.head.size
        var count = 0
        // Order: what the checkpoint needs is there before the checkpoint.
        var paths = EntryBundle.positions(for: size, since: 0).map {
            EntryBundle.path(index: $0.index, width: $0.width)
        }
        paths += StaticExport.tiles(for: size).map(\.path)
        for path in paths {
            let file = "\(base)/\(path)"
            if FileManager.default.fileExists(atPath: file) { continue }
            let answer = try desk.tile(log, path: path)
            guard answer.status == 200 else { throw NodeError.unreadable(path: path) }
            try store(answer.body, at: file)
            count += 1
        }
        try store(desk.checkpoints(log, above: 0).body, at: "\(base)/checkpoints/0")
        try store(desk.splitViews().body, at: "\(folder)/split-views")
        try store(head.note.serialized, at: "\(base)/checkpoint")
        let heads = HeadList([HeadList.Head(origin: origin, size: size, note: head.note)])
        try store(heads.serialized, at: "\(folder)/heads")
        return count + 4
    }

    private static func tiles(for size: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        var level = 0
        while size >> UInt64(8 * level) > 0 {
            let hashes = size >> UInt64(8 * level)
            let full = hashes / UInt64(Tile.fullWidth)
            for index in 0..<full {
                if let tile = try? Tile(level: level, index: index, width: Tile.fullWidth) {
                    tiles.append(tile)
                }
            }
            let rest = Int(hashes % UInt64(Tile.fullWidth))
            if rest > 0, let tile = try? Tile(level: level, index: full, width: rest) {
                tiles.append(tile)
            }
            level += 1
        }
        return tiles
    }

    /// Written aside, then moved into place, so that nobody reads half a file.
    private func store(_ bytes: [UInt8], at path: String) throws {
        let url = URL(filePath: path)
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: url, options: .atomic)
        } catch { throw NodeError.cannotWrite(path: path) }
    }
}
