import Registry
import Synchronization

/// Entries that were parsed lately, so that one that many questions need is parsed once.
///
/// Nothing is believed because of it: the bytes come from the database at every question, and
/// only the parsed form of the very same bytes is used again. It holds twice its limit at most.
final class EntryCache: Sendable {
    private struct Key: Hashable {
        let origin: String
        let index: UInt64
    }

    private struct Parsed {
        let bytes: [UInt8]
        let entry: RegistryEntry
    }

    /// What was used since the younger one began, and what was used in the time before.
    private struct Generations {
        let limit: Int
        private var young: [Key: Parsed] = [:]
        private var old: [Key: Parsed] = [:]

        init(limit: Int) { self.limit = limit }

        mutating func find(_ key: Key) -> Parsed? {
            if let found = young[key] { return found }
            guard let found = old[key] else { return nil }
            insert(found, key)
            return found
        }

        mutating func insert(_ parsed: Parsed, _ key: Key) {
            if young.count >= limit {
                old = young
                young = [:]
            }
            young[key] = parsed
        }
    }

    private let generations: Mutex<Generations>

    init(limit: Int = 1_024) { generations = Mutex(Generations(limit: limit)) }

    /// The entry in the bytes that stand at an index of a log.
    func entry(
        parsing bytes: [UInt8], at index: UInt64, of origin: String
    ) throws(RegistryError) -> RegistryEntry {
        let key = Key(origin: origin, index: index)
        if let known = generations.withLock({ $0.find(key) }), known.bytes == bytes {
            return known.entry
        }
        let entry = try RegistryEntry(parsing: bytes)
        generations.withLock { $0.insert(Parsed(bytes: bytes, entry: entry), key) }
        return entry
    }
}
