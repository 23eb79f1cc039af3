internal import Foundation

/// A socket that whoever started this process has bound and listens on already.
///
/// `Protocol/operation.md § Restart`. The way of systemd's socket activation: `LISTEN_PID` is this
/// process, `LISTEN_FDS` is 1, and the socket is the descriptor 3. What connects while no process
/// serves waits in the socket's queue; none is turned away by a restart.
enum InheritedSocket {
    private static let first: Int32 = 3

    /// The socket; nil where there is none.
    ///
    /// - Throws: where there are more than one, or what was handed over does not listen.
    static func taken(
        from environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(NodeError) -> Int32? {
        guard let text = environment["LISTEN_PID"], Int32(text) == getpid() else { return nil }
        let count = environment["LISTEN_FDS"] ?? "nothing"
        guard count == "1" else { throw .inheritedSockets(found: count) }
        var listens: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(first, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) == 0, listens == 1
        else {
            throw .inheritedSockets(found: "a descriptor that does not listen")
        }
        // Order: the processes that this one starts do not get it.
        _ = fcntl(first, F_SETFD, FD_CLOEXEC)
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) }
        return first
    }
}
