import Registry
import Synchronization

/// Entries that were parsed lately, so that one that many questions need is parsed once.
///
/// Nothing is believed because of it: the bytes come from the database at every question, and
/// only the parsed form of the very same bytes is used again. Bounded by the bytes of the entries
/// that it holds, of which there are twice the limit at most.
final class EntryCache: Sendable {
    private struct Parsed {
        let bytes: [UInt8]
        let entry: RegistryEntry
    }

    /// What was used since the younger one began, and what was used in the time before.
    private struct Generations {
        let limit: Int
        private var size = 0
        private var young: [Int64: Parsed] = [:]
        private var old: [Int64: Parsed] = [:]

        init(limit: Int) { self.limit = limit }

        mutating func find(_ position: Int64) -> Parsed? {
            if let found = young[position] { return found }
            guard let found = old[position] else { return nil }
            insert(found, position)
            return found
        }

        mutating func insert(_ parsed: Parsed, _ position: Int64) {
            if size + parsed.bytes.count > limit {
                old = young
                young = [:]
                size = 0
            }
            let replaced = young.updateValue(parsed, forKey: position)
            size += parsed.bytes.count - (replaced?.bytes.count ?? 0)
        }
    }

    private let generations: Mutex<Generations>

    /// - Parameter limit: in bytes of entries; what is parsed takes about five times as much.
    init(limit: Int) { generations = Mutex(Generations(limit: limit)) }

    /// The entry in the bytes that stand at a position of the table of entries.
    func entry(parsing bytes: [UInt8], at position: Int64) throws(RegistryError) -> RegistryEntry {
        if let known = generations.withLock({ $0.find(position) }), known.bytes == bytes {
            return known.entry
        }
        let entry = try RegistryEntry(parsing: bytes)
        generations.withLock { $0.insert(Parsed(bytes: bytes, entry: entry), position) }
        return entry
    }
}
