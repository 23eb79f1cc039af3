internal import Encoding
internal import Foundation
internal import TransparencyLog

/// The second copy of the life marks: the file `life-mark` beside the database.
///
/// `Protocol/log.md § Life mark`. Backups leave it out. Each role has two pages that are written
/// in turn, so that a write that tears leaves the one before.
struct LifeMarkFile: Sendable {
    /// The name of the file in a node's folder.
    static let name = "life-mark"

    let path: String
    /// The database beside it.
    let database: String

    /// The newest mark of a role; nil if the file or the mark is not there.
    func mark(_ role: LifeMark.Role) throws(StorageError) -> LifeMark? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            guard errno == ENOENT else { throw failure("open") }
            return nil
        }
        defer { close(descriptor) }
        var marks: [LifeMark] = []
        for copy in 0..<2 {
            var page = [UInt8](repeating: 0, count: LifeMark.byteLimit)
            let count = pread(
                descriptor, &page, page.count, LifeMarkFile.offset(of: role, copy: copy))
            guard count >= 0 else { throw failure("read") }
            // A page that was torn is not there; the other one is whole.
            if let mark = try? LifeMark(parsing: Array(page.prefix(count))), mark.role == role {
                marks.append(mark)
            }
        }
        return marks.max { $0.sequence < $1.sequence }
    }

    /// Writes a mark; it is on the disk when the call returns.
    func write(_ mark: LifeMark) throws(StorageError) {
        let bytes = try bytes(of: mark)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open") }
        defer { close(descriptor) }
        try write(bytes, mark.role, copy: Int(mark.sequence % 2), to: descriptor)
        guard fdatasync(descriptor) == 0 else { throw failure("sync") }
    }

    /// Makes the file anew with the first marks of a life; what was in it is gone.
    func begin(_ marks: [LifeMark]) throws(StorageError) {
        let aside = path + ".part"
        let descriptor = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create") }
        defer { close(descriptor) }
        for mark in marks {
            let bytes = try bytes(of: mark)
            for copy in 0..<2 { try write(bytes, mark.role, copy: copy, to: descriptor) }
        }
        guard fsync(descriptor) == 0 else { throw failure("sync") }
        guard rename(aside, path) == 0 else { throw failure("rename") }
        let folder = open(
            FolderPath(of: path).text, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open the folder of") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure("sync the folder of") }
    }

    private func bytes(of mark: LifeMark) throws(StorageError) -> [UInt8] {
        do throws(LogError) { return try mark.serialized() } catch {
            throw .lifeMark(path: path, task: "write", reason: error.description)
        }
    }

    private func write(
        _ bytes: [UInt8], _ role: LifeMark.Role, copy: Int, to descriptor: Int32
    ) throws(StorageError) {
        let page = bytes + [UInt8](repeating: 0, count: LifeMark.byteLimit - bytes.count)
        let count = pwrite(
            descriptor, page, page.count, LifeMarkFile.offset(of: role, copy: copy))
        guard count == page.count else { throw failure("write") }
    }

    private static func offset(of role: LifeMark.Role, copy: Int) -> off_t {
        let number = LifeMark.Role.allCases.firstIndex(of: role) ?? 0
        return off_t((2 * number + copy) * LifeMark.byteLimit)
    }

    private func failure(_ task: String) -> StorageError {
        errno == ENOSPC
            ? .diskFull(path: path, task: "\(task) the life mark")
            : .lifeMark(path: path, task: task, reason: String(cString: strerror(errno)))
    }
}

/// Which start of the machine this is: what was found out before it need not hold any more.
public enum MachineStart {
    /// Where the system does not say, the start of this process.
    public static let id: String = {
        let text = try? String(
            contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let id = text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        return id.isEmpty ? UUID().uuidString : id
    }()
}
