import Foundation
import Synchronization

extension Array where Element: Sendable {
    /// What each element becomes, in their order, made on as many cores as there are.
    public func concurrentMap<Value: Sendable>(
        _ transform: @Sendable (Element) -> Value
    ) -> [Value] {
        // Runs of neighbours: few enough that handing them out costs nothing.
        let runs = Swift.min(count, 32)
        guard runs > 1 else { return map(transform) }
        let made = Mutex<[[Value]]>(Array<[Value]>(repeating: [], count: runs))
        DispatchQueue.concurrentPerform(iterations: runs) { run in
            let values = self[(count * run / runs)..<(count * (run + 1) / runs)].map(transform)
            made.withLock { $0[run] = values }
        }
        return made.withLock { $0.flatMap { $0 } }
    }
}
