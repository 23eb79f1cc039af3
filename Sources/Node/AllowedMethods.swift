internal import Synchronization

/// Which methods each address takes, for who asks with another one (RFC 9110 § 15.5.6).
final class AllowedMethods: Sendable {
    struct Found: Hashable {
        /// As `Allow` writes them.
        var methods: Set<String> = []
        /// Whether pages of others may ask there: it is for everybody and keeps nothing.
        var isOpen = false
    }

    private struct Pattern {
        let parts: [Substring]
        let method: String
        let isOpen: Bool

        func matches(_ path: [Substring]) -> Bool {
            for (place, part) in parts.enumerated() {
                if part == "**" { return true }
                guard place < path.count, part.hasPrefix("{") || part == path[place] else {
                    return false
                }
            }
            return parts.count == path.count
        }
    }

    private let patterns = Mutex<[Pattern]>([])

    /// Learns every address of a router, once they are all there.
    func learn(_ routes: [(path: String, method: String)], open: Set<String>) {
        let found = routes.map { route in
            let parts = route.path.split(separator: "/")
            return Pattern(
                parts: parts, method: route.method,
                isOpen: open.contains(parts.joined(separator: "/")))
        }
        patterns.withLock { $0 = found }
    }

    /// nil: nothing is there.
    func methods(at path: String) -> Found? {
        let parts = path.split(separator: "/")
        let fitting = patterns.withLock { $0.filter { $0.matches(parts) } }
        guard !fitting.isEmpty else { return nil }
        var found = Found()
        for pattern in fitting {
            found.methods.insert(pattern.method)
            if pattern.method == "GET" { found.methods.insert("HEAD") }
            if pattern.isOpen { found.isOpen = true }
        }
        found.methods.insert("OPTIONS")
        return found
    }
}
