import Glibc

/// A program that runs as a process of its own, connected by its standard input and output, with
/// no other open file of this process but its standard error.
///
/// Foundation's `Process` reads past the end of its list of open files once there are some
/// 1,350 of them, which a busy node has, and so ends the process that called it (seen with
/// Swift 6.3).
final class ChildProcess {
    private let process: pid_t
    /// The near end of what is the standard input and output of the other.
    private let connection: Int32
    private var hasEnded = false

    /// - Returns: nil if it cannot be started.
    init?(path: String, arguments: [String]) {
        var ends: [Int32] = [-1, -1]
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        defer { close(ends[1]) }
        guard let started = ChildProcess.start(path, arguments, ends[1]) else {
            close(ends[0])
            return nil
        }
        process = started
        connection = ends[0]
    }

    deinit { end() }

    private static func start(_ path: String, _ arguments: [String], _ end: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, end, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, end, STDOUT_FILENO)
        // TRUST: whoever reads pictures of strangers gets no key and no connection.
        for file in openFiles() where file > STDERR_FILENO {
            posix_spawn_file_actions_addclose(&actions, file)
        }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        return posix_spawn(&process, path, &actions, nil, &words, environ) == 0 ? process : nil
    }

    /// The numbers of the files that are open in this process, the list itself included.
    private static func openFiles() -> [Int32] {
        guard let folder = opendir("/proc/self/fd") else { return [] }
        defer { closedir(folder) }
        var numbers: [Int32] = []
        while let entry = readdir(folder) {
            // TRUST: the name is read where it lies; a copy of the whole entry would read beyond it.
            let place = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = UnsafeRawPointer(entry).advanced(by: place)
                .assumingMemoryBound(to: CChar.self)
            if let number = Int32(String(cString: name)) { numbers.append(number) }
        }
        return numbers
    }

    /// Whether all of it was taken; false once the process no longer reads.
    func write(_ bytes: [UInt8]) -> Bool {
        guard !hasEnded else { return false }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Tells the process that nothing more comes.
    func closeInput() {
        if !hasEnded { shutdown(connection, Int32(SHUT_WR)) }
    }

    /// So many bytes of what it writes; nil if it ends before.
    func read(_ count: Int) -> [UInt8]? {
        guard !hasEnded else { return nil }
        var isWhole = true
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard let start = buffer.baseAddress else { return }
            while filled < count {
                let more = Glibc.read(connection, start + filled, count - filled)
                if more < 0, errno == EINTR { continue }
                guard more > 0 else {
                    isWhole = false
                    return
                }
                filled += more
            }
        }
        return isWhole ? bytes : nil
    }

    /// Waits until the process has ended, after telling it that nothing more comes and that
    /// nobody reads any more.
    func end() {
        guard !hasEnded else { return }
        hasEnded = true
        // Order: a process that still reads or writes would be waited for without an end.
        close(connection)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
    }
}
