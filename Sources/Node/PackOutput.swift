internal import Foundation
internal import Sync

/// The file of a pack while it is written: part after part, on the disk when it is finished.
final class PackOutput {
    private let path: String
    private let handle: FileHandle
    private var parts = 0
    private var bytes: UInt64 = 0

    init(_ path: String) throws(NodeError) {
        self.path = path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .cannotWrite(path: path) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try write(Array(PackPart.magic.utf8))
    }

    func add(_ address: String, _ content: [UInt8]) throws {
        guard parts < PackPart.countLimit else {
            throw SyncError.pack(file: path, .tooManyParts(limit: PackPart.countLimit))
        }
        let part = PackPart(path: address, bytes: content)
        try write(Array(part.line.utf8) + content + [0x0A])
        parts += 1
    }

    /// - Returns: the parts and the bytes of the file.
    func finish() throws(NodeError) -> (parts: Int, bytes: UInt64) {
        try write(Array(PackPart.lastLine(parts).utf8))
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw .cannotWrite(path: path) }
        return (parts, bytes)
    }

    private func write(_ content: [UInt8]) throws(NodeError) {
        do { try handle.write(contentsOf: Data(content)) } catch {
            throw .cannotWrite(path: path)
        }
        bytes += UInt64(content.count)
    }
}
