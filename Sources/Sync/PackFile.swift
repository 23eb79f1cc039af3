internal import Foundation

/// The bytes of a file that somebody carried here, read where they are wanted.
///
/// Only a regular file is opened: a pipe or a device may have no end.
final class PackFile: Sendable {
    private let descriptor: Int32
    let count: UInt64

    init(opening path: String) throws(PackFault) {
        // Without waiting, should the name be a pipe's.
        descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .cannotOpen(reason: String(cString: strerror(errno)))
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .cannotOpen(reason: "it is no file")
        }
        count = UInt64(max(0, status.st_size))
    }

    deinit { close(descriptor) }

    /// The bytes from an offset on; fewer at the end of the file.
    func bytes(at offset: UInt64, upTo limit: Int) throws(PackFault) -> [UInt8] {
        let wanted = Int(min(UInt64(limit), count - min(offset, count)))
        guard wanted > 0 else { return [] }
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            while filled < wanted {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: filled), wanted - filled,
                    off_t(offset) + off_t(filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        guard failure == 0 else {
            throw .cannotOpen(reason: "byte \(offset): " + String(cString: strerror(failure)))
        }
        return bytes
    }

    /// The line that begins at an offset, without its newline; nil if none ends within `limit`.
    func line(at offset: UInt64, limit: Int) throws(PackFault) -> ArraySlice<UInt8>? {
        let bytes = try bytes(at: offset, upTo: limit)
        return bytes.firstIndex(of: 0x0A).map { bytes[..<$0] }
    }
}
