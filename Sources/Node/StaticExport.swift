internal import Cryptography
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
        count += try writeBlobs(of: origin, size) + writeProofs()
        count += try writeCheckpoints(log, to: base)
        try store(desk.splitViews().body, at: "\(folder)/split-views")
        try store(head.note.serialized, at: "\(base)/checkpoint")
        let heads = HeadList(
            [HeadList.Head(origin: origin, size: size, note: head.note)],
            splitViews: HashList(try proofs()).digest)
        try store(heads.serialized, at: "\(folder)/heads")
        return count + 3
    }

    /// The status lists that entries name, as far as they are here.
    private func writeBlobs(of origin: String, _ size: UInt64) throws -> Int {
        let rules = LogRules.unbound
        let entries = try database.read { snapshot throws(StorageError) in
            try snapshot.entries(
                origin, selecting: EntrySelection(kinds: ["status-list"]), below: size)
        }
        var count = 0
        for hash in Set(entries.flatMap { rules.blobs(rules.entry($0.bytes)) }) {
            let file = folder + PeerPath.blob(hash)
            if FileManager.default.fileExists(atPath: file) { continue }
            let bytes = try database.read { snapshot throws(StorageError) in
                try snapshot.blob(hash)
            }
            guard let bytes else { continue }
            try store(bytes, at: file)
            count += 1
        }
        return count
    }

    private func proofs() throws -> [HashValue] {
        try database.read { snapshot throws(StorageError) in try snapshot.faultIdentities() }
    }

    private func writeProofs() throws -> Int {
        var count = 0
        for identity in try proofs() {
            let file = folder + PeerPath.proof(identity)
            if FileManager.default.fileExists(atPath: file) { continue }
            let answer = try LogDesk(database: database).splitView(identity)
            guard answer.status == 200 else { continue }
            try store(answer.body, at: file)
            count += 1
        }
        return count
    }

    /// The kept checkpoints, each list where the one before it ends.
    private func writeCheckpoints(_ log: HashValue, to base: String) throws -> Int {
        var (count, above) = (0, UInt64(0))
        while true {
            let bytes = try LogDesk(database: database).checkpoints(log, above: above).body
            try store(bytes, at: "\(base)/checkpoints/\(above)")
            count += 1
            let notes = try NoteList(parsing: bytes).notes
            guard notes.count == NoteList.countLimit,
                let last = notes.last.flatMap({ try? TreeHead(parsing: $0.text).size })
            else { return count }
            above = last
        }
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
