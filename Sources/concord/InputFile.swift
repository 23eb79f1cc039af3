import Foundation

/// A file that somebody handed over: read whole, up to a limit.
enum InputFile {
    /// The bytes of the file, or of standard input for `-`.
    ///
    /// Nothing but a regular file is opened: a pipe or a device may have no end, or no beginning.
    static func read(_ path: String, limit: Int = 8 << 20) throws -> [UInt8] {
        let handle = path == "-" ? FileHandle.standardInput : try opened(path)
        let data = try handle.read(upToCount: limit + 1) ?? Data()
        guard data.count <= limit else {
            throw CommandFailure(
                .notWhatItClaims, "expected at most \(limit) bytes in \(path), found more")
        }
        return Array(data)
    }

    private static func opened(_ path: String) throws -> FileHandle {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandFailure(
                .inputMissing, "expected a file at \(path), found none; check the path")
        }
        if let other = kindOfNoFile(status.st_mode) {
            throw CommandFailure(.inputMissing, "expected a file at \(path), found \(other)")
        }
        // Without waiting, should a pipe have taken the file's place meanwhile.
        let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(
                .inputMissing, "\(path) cannot be read; check its permissions")
        }
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// What is there instead of a regular file; nil for one.
    private static func kindOfNoFile(_ mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "a folder"
        case S_IFIFO: "a pipe; hand its content over as a file, or as - on standard input"
        case S_IFSOCK: "a socket"
        default: "a device"
        }
    }
}
