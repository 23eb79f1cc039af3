import Credentials
import Cryptography
import Encoding
import Foundation
import Records
import Storage

/// Where the credentials of a batch will stand, noted before the log is asked to take it.
///
/// The log knows the batch by its root alone, so that a crash between the log and the records would
/// leave these without their paths. The note says nothing about a person: ids and hashes.
struct PendingBatch {
    /// The identity of the entry.
    let entry: HashValue
    /// Leaf and path of each record; the index of the entry is not known yet.
    let paths: [RecordID: BatchPath]

    private static func folder(of node: NodeDirectory) -> URL {
        node.url.appending(path: "pending-batches", directoryHint: .isDirectory)
    }

    private func file(in node: NodeDirectory) -> URL {
        PendingBatch.folder(of: node).appending(path: "\(entry.hexadecimal).json")
    }

    /// Writes the note; on disk when it returns.
    func write(to node: NodeDirectory) throws {
        let folder = PendingBatch.folder(of: node)
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let path = file(in: node).path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw RegistrarError.cannotWrite(path: path) }
        defer { close(descriptor) }
        let bytes = document.serialized
        guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count,
            fsync(descriptor) == 0
        else { throw RegistrarError.cannotWrite(path: path) }
        // Order: the name is on disk too before the log is asked.
        let directory = open(folder.path, O_RDONLY)
        guard directory >= 0 else { throw RegistrarError.cannotWrite(path: folder.path) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw RegistrarError.cannotWrite(path: folder.path) }
    }

    func remove(from node: NodeDirectory) {
        try? FileManager.default.removeItem(at: file(in: node))
    }

    private var document: JSONValue {
        [
            "type": "pending-batch", "version": 1, "entry": .string(entry.hexadecimal),
            "records": .array(
                paths.sorted { $0.value.leafIndex < $1.value.leafIndex }.map { id, path in
                    [
                        "id": .string(id.description), "leaf": .integer(Int64(path.leafIndex)),
                        "path": .array(
                            path.hashes.map { .string(Base64.standard.encode($0.bytes)) }),
                    ]
                }),
        ]
    }

    init(entry: HashValue, paths: [RecordID: BatchPath]) {
        self.entry = entry
        self.paths = paths
    }

    private init(parsing bytes: [UInt8], origin: String) throws(ParsingError) {
        var reader = try MemberReader(
            JSONValue(parsing: bytes, limits: JSONLimits(size: 256 << 20, depth: 6)), at: "")
        _ = try reader.string("type")
        _ = try reader.integer("version", in: 1...1)
        guard let entry = HashValue(hexadecimal: try reader.string("entry")) else {
            throw .wrongForm(path: "entry", expected: "64 hexadecimal digits")
        }
        self.entry = entry
        var paths: [RecordID: BatchPath] = [:]
        for var item in try reader.readers("records") {
            guard let id = RecordID(parsing: try item.string("id")) else {
                throw .wrongForm(path: item.child("id"), expected: "32 hexadecimal digits")
            }
            let leaf = UInt64(try item.integer("leaf", in: 0...(1 << 40)))
            let hashes = try item.strings("path").compactMap { text in
                Base64.standard.decode(text).flatMap { HashValue(bytes: $0) }
            }
            try item.finish()
            paths[id] = BatchPath(
                origin: origin, entryIndex: 0, leafIndex: leaf,
                hashes: Array(hashes.prefix(BatchPath.hashLimit)))
        }
        try reader.finish()
        self.paths = paths
    }

    /// Notes in the records where every batch stands that the log took and nobody noted; what the
    /// log never took was never released.
    static func settle(
        in node: NodeDirectory, origin: String, _ database: LogDatabase, _ records: RecordStore
    ) throws {
        let names =
            (try? FileManager.default.contentsOfDirectory(atPath: folder(of: node).path)) ?? []
        for name in names.sorted() where name.hasSuffix(".json") {
            let file = folder(of: node).appending(path: name)
            guard let data = try? Data(contentsOf: file) else { continue }
            let pending: PendingBatch
            do throws(ParsingError) {
                pending = try PendingBatch(parsing: Array(data), origin: origin)
            } catch {
                // Torn while it was written: the log had not been asked.
                continue
            }
            let index = try database.reading { snapshot in
                try snapshot.entry(origin, identity: pending.entry)?.index
            }
            guard let index else { continue }
            let paths = pending.paths.mapValues {
                BatchPath(
                    origin: origin, entryIndex: index, leafIndex: $0.leafIndex,
                    hashes: $0.hashes)
            }
            // Records from an older backup lack some of these: the note waits for the right ones.
            if (try? records.setBatch(paths)) != nil { pending.remove(from: node) }
        }
    }
}
