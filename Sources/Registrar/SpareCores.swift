import Foundation

/// All cores of the machine but one, as threads for what takes long: a server's own go on taking
/// requests meanwhile.
public final class SpareCores: TaskExecutor {
    public static let count = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)

    private let queue: OperationQueue

    public init() {
        queue = OperationQueue()
        queue.maxConcurrentOperationCount = SpareCores.count
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.addOperation { job.runSynchronously(on: executor) }
    }
}
