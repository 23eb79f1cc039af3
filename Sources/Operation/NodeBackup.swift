public import Cryptography
public import Encoding
import Foundation
import Node
import Records
public import Registrar
import Registry
import Storage
import TransparencyLog

/// Backs a node up while it serves: two files that only the recovery key opens.
///
/// `Protocol/operation.md § Backup`. One has all but the keys, the other the keys. Neither has the
/// life mark: what is restored is sealed until the peers have said what it misses.
public struct NodeBackup: Sendable {
    public let office: Office
    public let recovery: VerificationKey

    /// What never goes into a backup: it holds for this machine and this moment.
    static let transient: Set<String> = [
        "life-mark", NodeServer.portFileName, BackupRecord.fileName,
    ]
    static let keyFolder = "keys"

    public init(of office: Office, for recovery: VerificationKey) {
        self.office = office
        self.recovery = recovery
    }

    /// Writes the two files, and notes in the folder that it was done.
    ///
    /// - Parameters:
    ///   - path: at which there is nothing yet; a folder of that name with `.stage` is used
    ///     meanwhile and has room for the databases.
    ///   - keysPath: where the keys go; nil: nowhere.
    @discardableResult
    public func write(
        to path: String, keysTo keysPath: String?, at now: Timestamp
    ) throws -> BackupManifest {
        for path in [path, keysPath].compactMap({ $0 })
        where FileManager.default.fileExists(atPath: path) {
            throw OperationError.alreadyThere(path: path)
        }
        let stage = path + ".stage"
        try? FileManager.default.removeItem(atPath: stage)
        defer { try? FileManager.default.removeItem(atPath: stage) }
        do {
            try FileManager.default.createDirectory(
                atPath: stage, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch { throw OperationError.cannotWrite(path: stage) }
        let (entries, root) = try copyDatabases(to: stage)
        func manifest(_ part: BackupManifest.Part, _ files: [Source]) throws -> BackupManifest {
            BackupManifest(
                part: part, country: office.card.country, origin: office.card.pin.origin,
                time: now, entries: entries, root: root,
                files: try files.map {
                    BackupManifest.File(name: $0.name, size: try NodeBackup.size(of: $0.path))
                })
        }
        let data = try sources(stage)
        let whole = try manifest(.data, data)
        try write(whole, data, to: path)
        if let keysPath {
            let keys = try keySources()
            try write(try manifest(.keys, keys), keys, to: keysPath)
        }
        try BackupRecord(
            time: now, entries: entries, recovery: Fingerprint(of: recovery.bytes),
            hasKeys: keysPath != nil
        ).write(inFolder: office.node.path)
        return whole
    }

    private struct Source {
        let name: String
        let path: String
    }

    /// One state of the logs, then one of the records, with what a crash between the two would
    /// leave beside them.
    ///
    /// Order: the log first. A batch that it holds has its notes here or its places in the records;
    /// where the log grew meanwhile, all is copied once more, so that what the records say of it
    /// and what it is belong together.
    private func copyDatabases(to stage: String) throws -> (UInt64, HashValue) {
        let origin = office.card.pin.origin
        func size() throws -> UInt64 {
            try office.database.read { try $0.log(origin)?.size ?? 0 }
        }
        for attempt in 1... {
            for name in try NodeBackup.names(in: stage) {
                try FileManager.default.removeItem(atPath: "\(stage)/\(name)")
            }
            try office.database.copy(to: "\(stage)/\(LogDatabase.fileName)")
            let copy = try LogDatabase(inFolder: stage)
            let (entries, root) = try copy.read { snapshot in
                let size = try snapshot.log(origin)?.size ?? 0
                return (
                    size, size == 0 ? MerkleTree.emptyRoot : try snapshot.root(origin, size: size)
                )
            }
            try copy.close()
            guard RecordStore.exists(in: office.node.path) else { return (entries, root) }
            for folder in try NodeBackup.folders(in: office.node.path) {
                try FileManager.default.copyItem(
                    atPath: "\(office.node.path)/\(folder)", toPath: "\(stage)/\(folder)")
            }
            try RecordStore.copy(from: office.node.path, to: stage)
            if try attempt == 3 || size() == entries { return (entries, root) }
        }
        preconditionFailure("the loop ends by returning")
    }

    /// What goes into the backup: the copies, and what lies beside the databases.
    private func sources(_ stage: String) throws -> [Source] {
        let folder = office.node.path
        var sources: [Source] = []
        for name in try NodeBackup.names(in: stage) {
            let path = "\(stage)/\(name)"
            if NodeBackup.isFolder(path) {
                for file in try NodeBackup.names(in: path) {
                    sources.append(Source(name: "\(name)/\(file)", path: "\(path)/\(file)"))
                }
            } else {
                sources.append(Source(name: name, path: path))
            }
        }
        for name in try NodeBackup.names(in: folder)
        where !NodeBackup.transient.contains(name) && !name.contains(".sqlite")
            && !name.hasSuffix(".part") && !NodeBackup.isFolder("\(folder)/\(name)")
        {
            sources.append(Source(name: name, path: "\(folder)/\(name)"))
        }
        return sources.filter { BackupManifest.admits($0.name) }
    }

    private func keySources() throws -> [Source] {
        let folder = "\(office.node.path)/\(NodeBackup.keyFolder)"
        let keys = try NodeBackup.names(in: folder).map {
            Source(name: "\(NodeBackup.keyFolder)/\($0)", path: "\(folder)/\($0)")
        }
        return [Source(name: "card.json", path: office.node.cardFile.path)] + keys
    }

    private func write(
        _ manifest: BackupManifest, _ sources: [Source], to path: String
    ) throws {
        let file = try SealedFileWriter(path, for: recovery)
        let head = manifest.serialized
        let length = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: head.count >> $0) }
        try file.write(length + head)
        for (source, entry) in zip(sources, manifest.files) {
            guard let handle = FileHandle(forReadingAtPath: source.path) else {
                throw OperationError.cannotRead(path: source.path)
            }
            defer { try? handle.close() }
            var left = entry.size
            while left > 0 {
                // Of a file that grows, such as the audit trail, what was there.
                let most = Int(min(left, UInt64(SealedFile.partBytes)))
                guard let part = try handle.read(upToCount: most), !part.isEmpty else {
                    throw OperationError.cannotRead(path: source.path)
                }
                try file.write(Array(part))
                left -= UInt64(part.count)
            }
        }
        try file.finish()
    }

    static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder)
                .filter { !$0.hasPrefix(".") }.sorted()
        } catch { throw OperationError.cannotRead(path: folder) }
    }

    /// The folders beside the databases, but for the keys.
    private static func folders(in folder: String) throws -> [String] {
        try names(in: folder).filter { $0 != keyFolder && isFolder("\(folder)/\($0)") }
    }

    static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && isFolder.boolValue
    }

    private static func size(of path: String) throws -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? NSNumber else {
            throw OperationError.cannotRead(path: path)
        }
        return size.uint64Value
    }
}
