internal import Logging
internal import Sync
internal import Synchronization

/// Says in the node's log what has changed since it last looked, and nothing twice.
final class StateJournal: Sendable {
    private struct State {
        var sealed: [String] = []
        var failing: Set<String> = []
        var trouble: String?
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(_ logger: Logger) { self.logger = logger }

    func sealed(for reasons: [String]) {
        let before = state.withLock { state in
            defer { state.sealed = reasons }
            return state.sealed
        }
        for reason in reasons where !before.contains(reason) {
            logger.warning("node is sealed", metadata: ["reason": "\(reason)"])
        }
        if reasons.isEmpty, !before.isEmpty { logger.notice("node may sign") }
    }

    /// - Parameter trouble: why nothing could be signed; nil where that went well.
    func signs(_ trouble: String?) {
        let before = state.withLock { state in
            defer { state.trouble = trouble }
            return state.trouble
        }
        guard trouble != before else { return }
        if let trouble {
            logger.error("nothing was signed", metadata: ["reason": "\(trouble)"])
        } else {
            logger.notice("node signs again")
        }
    }

    /// Peers are asked by turns, so a failure that is not met this time may last: what was said is
    /// forgotten after a round in which nothing failed.
    func peers(failing failures: [SyncError]) {
        let found = Set(failures.map { "\($0)" })
        let new = state.withLock { state in
            defer { state.failing = found.isEmpty ? [] : state.failing.union(found) }
            return found.subtracting(state.failing)
        }
        for reason in new.sorted() {
            logger.warning("peer failed", metadata: ["reason": "\(reason)"])
        }
    }
}
