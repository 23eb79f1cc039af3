public import Cryptography
import Encoding
import Foundation
public import Records
import Registrar
import Registry
import Storage
import TransparencyLog

/// Makes a node's folder of a backup: sealed, until the peers have said what it misses.
///
/// `Protocol/operation.md § Restore`. Nothing is at the place of the folder until all of both files
/// was opened and looked through; a backup that is torn, changed or foreign leaves nothing behind.
public struct NodeRestore: Sendable {
    public struct Report: Sendable {
        public let manifest: BackupManifest
        /// The records that were erased after the backup was made, and are erased again.
        public let erasedAgain: Int
    }

    /// The place of the folder.
    public let path: String
    public let recovery: SigningKey

    public init(to path: String, with recovery: SigningKey) {
        self.path = path.hasSuffix("/") ? String(path.dropLast()) : path
        self.recovery = recovery
    }

    private var aside: String { path + ".restoring" }

    /// - Parameters:
    ///   - erased: the ids of records that were erased since; erased before anything opens them.
    public func run(
        data: String, keys: String, erased: [RecordID] = []
    ) throws -> Report {
        try begin()
        defer { try? FileManager.default.removeItem(atPath: aside) }
        let manifest = try unpack(data, .data)
        let other = try unpack(keys, .keys)
        guard other.origin == manifest.origin else {
            throw OperationError.otherNode(
                path: keys, expected: manifest.origin, found: other.origin)
        }
        // Order: before anything could open them.
        let again =
            try RecordStore.exists(in: aside) ? RecordStore.erase(erased, inClosed: aside) : 0
        let card = try NodeDirectory(aside).card()
        guard card.pin.origin == manifest.origin else {
            throw OperationError.otherNode(
                path: data, expected: manifest.origin, found: card.pin.origin)
        }
        let database = try LogDatabase(inFolder: aside)
        try database.checkPages()
        let root = try database.read { snapshot in
            let size = manifest.entries
            return size == 0
                ? MerkleTree.emptyRoot : try snapshot.root(manifest.origin, size: size)
        }
        try database.close()
        guard root == manifest.root else { throw OperationError.changed(path: data, part: 0) }
        try commit()
        return Report(manifest: manifest, erasedAgain: again)
    }

    /// Makes a folder of the keys alone, for a node whose log the peers still have.
    ///
    /// - Returns: the node, with an empty log that is its own.
    func runKeys(_ keys: String) throws -> (NodeDirectory, BackupManifest) {
        try begin()
        defer { try? FileManager.default.removeItem(atPath: aside) }
        let manifest = try unpack(keys, .keys)
        let card = try NodeDirectory(aside).card()
        guard card.pin.origin == manifest.origin else {
            throw OperationError.otherNode(
                path: keys, expected: manifest.origin, found: card.pin.origin)
        }
        let database = try LogDatabase(inFolder: aside)
        try database.addLog(card.pin.origin, isOwn: true)
        try database.close()
        try commit()
        return (NodeDirectory(path), manifest)
    }

    private func begin() throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw OperationError.alreadyThere(path: path)
        }
        try? FileManager.default.removeItem(atPath: aside)
        do {
            try FileManager.default.createDirectory(
                atPath: aside, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch { throw OperationError.cannotWrite(path: path) }
    }

    private func commit() throws {
        for folder in try NodeBackup.names(in: aside).map({ "\(aside)/\($0)" }) + [aside] {
            try Disk.sync(folder)
        }
        guard rename(aside, path) == 0 else { throw OperationError.cannotWrite(path: path) }
        try Disk.sync(FolderPath(of: path).text)
    }

    /// Writes the files of one backup into the folder aside.
    private func unpack(
        _ file: String, _ part: BackupManifest.Part
    ) throws -> BackupManifest {
        let reader = try SealedFileReader(file, with: recovery)
        let length = try reader.read(4).reduce(0) { $0 << 8 | Int($1) }
        guard length <= BackupManifest.byteLimit else { throw OperationError.notBackup(path: file) }
        let manifest = try BackupManifest(parsing: reader.read(length), at: file)
        guard manifest.part == part else {
            throw OperationError.wrongPart(
                path: file, expected: part.rawValue, found: manifest.part.rawValue)
        }
        for entry in manifest.files {
            let isKey = entry.name.hasPrefix("\(NodeBackup.keyFolder)/")
            // Both files have the card; it is the same.
            guard isKey || entry.name == "card.json" || part == .data else {
                throw OperationError.foreignName(path: file)
            }
            try write(entry, from: reader)
        }
        try reader.finish()
        return manifest
    }

    private func write(_ entry: BackupManifest.File, from reader: SealedFileReader) throws {
        let place = "\(aside)/\(entry.name)"
        let folder = FolderPath(of: place).text
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw OperationError.cannotWrite(path: folder) }
        let isOpen = ["card.json", "node.json", "log.sqlite"].contains(entry.name)
        let descriptor = open(
            place, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, isOpen ? 0o644 : 0o600)
        guard descriptor >= 0 else { throw OperationError.cannotWrite(path: place) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var left = entry.size
        while left > 0 {
            let count = Int(min(left, UInt64(SealedFile.partBytes)))
            let bytes = try reader.read(count)
            do { try handle.write(contentsOf: bytes) } catch {
                throw OperationError.cannotWrite(path: place)
            }
            left -= UInt64(count)
        }
        do { try handle.synchronize() } catch { throw OperationError.cannotWrite(path: place) }
    }
}
