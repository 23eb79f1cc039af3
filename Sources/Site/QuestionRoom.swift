internal import Registrar

/// Where questions are answered: so many at once, so many more wait in the order in which they
/// came, and whoever comes then is told to come back.
///
/// Whoever is answered holds none of the server's threads meanwhile.
actor QuestionRoom {
    /// Enough for a burst; each of them holds its question in memory.
    static let waitingLimit = 128

    private nonisolated let cores = SpareCores()
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    nonisolated func answering<Value: Sendable>(
        _ answer: @Sendable () async throws -> Value
    ) async throws -> Value {
        try await enter()
        do {
            let value = try await withTaskExecutorPreference(cores) { try await answer() }
            await leave()
            return value
        } catch {
            await leave()
            throw error
        }
    }

    private func enter() async throws(SiteProblem) {
        if running < SpareCores.count {
            running += 1
            return
        }
        guard waiting.count < QuestionRoom.waitingLimit else { throw .busy }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Whoever waits longest goes on in the place of who leaves.
    private func leave() {
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
    }
}
