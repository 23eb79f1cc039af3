import Cryptography
import Foundation

/// Work on many items that share nothing, on every core of the machine.
enum Cores {
    /// The results in the order of the items; the first error ends it.
    ///
    /// Each core has a generator of its own.
    static func map<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        _ transform: @escaping @Sendable (Item, inout PooledGenerator) throws -> Value
    ) async throws -> [Value] {
        let count = max(1, min(ProcessInfo.processInfo.activeProcessorCount, items.count))
        let share = (items.count + count - 1) / count
        return try await withThrowingTaskGroup(of: (Int, [Value]).self) { group in
            for start in stride(from: 0, to: items.count, by: max(1, share)) {
                let part = items[start..<min(start + share, items.count)]
                group.addTask {
                    var generator = PooledGenerator()
                    return (start, try part.map { try transform($0, &generator) })
                }
            }
            var parts: [(Int, [Value])] = []
            for try await part in group { parts.append(part) }
            return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
        }
    }
}
