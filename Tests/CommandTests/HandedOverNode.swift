import Foundation

/// A node's process on a socket that the test holds, as systemd starts it.
final class HandedOverNode {
    struct Failure: Error { let code: Int32 }

    private let process: pid_t
    private var hasEnded = false

    init(folder: String, socket: Int32) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        for descriptor: Int32 in [1, 2] {
            posix_spawn_file_actions_addopen(
                &actions, descriptor, "\(folder).\(descriptor)", O_WRONLY | O_CREAT | O_APPEND,
                0o600)
        }
        posix_spawn_file_actions_adddup2(&actions, socket, 3)
        let words = [
            "/bin/sh", "-c",
            "SWIFT_BACKTRACE=enable=no LISTEN_PID=$$ LISTEN_FDS=1 exec \"$0\" \"$@\"",
            ConcordProcess.binary.path, "node", "serve", "--node", folder, "--sync-seconds", "0",
        ]
        var arguments = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var started: pid_t = 0
        let code = posix_spawn(&started, words[0], &actions, nil, &arguments, environ)
        guard code == 0 else { throw Failure(code: code) }
        process = started
    }

    deinit { if !hasEnded { kill(process, SIGKILL) } }

    /// Tells it to stop; its exit status, once it has.
    func stop() -> Int32 {
        kill(process, SIGTERM)
        return wait()
    }

    /// Its exit status, once it has ended.
    func wait() -> Int32 {
        var status: Int32 = 0
        waitpid(process, &status, 0)
        hasEnded = true
        return status
    }
}
