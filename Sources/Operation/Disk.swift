import Foundation

/// The disk on which a node lies.
enum Disk {
    /// The bytes that are left there for who is not the system's administrator; 0 where the system
    /// does not say.
    static func freeBytes(at path: String) -> UInt64 {
        var state = statvfs()
        guard statvfs(path, &state) == 0 else { return 0 }
        return UInt64(state.f_bavail) * UInt64(state.f_frsize)
    }

    /// Moves what was written to the disk itself; a folder, so that its names are there.
    static func sync(_ path: String) throws(OperationError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .cannotWrite(path: path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .cannotWrite(path: path) }
    }
}
