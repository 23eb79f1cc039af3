internal import Foundation

/// Threads of their own for what takes long, so that the server's go on taking requests: one for
/// each core but one.
final class QuestionThreads: TaskExecutor {
    static let count = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)

    private let queue: OperationQueue

    init() {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = QuestionThreads.count
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.addOperation { job.runSynchronously(on: executor) }
    }
}
