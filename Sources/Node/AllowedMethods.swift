internal import Synchronization

/// Which methods each address takes, for who asks with another one (RFC 9110 § 15.5.6).
final class AllowedMethods: Sendable {
    struct Found: Hashable {
        /// As `Allow` writes them.
        var methods: Set<String> = []
        /// Whether pages of others may ask there: it is for everybody and keeps nothing.
        var isOpen = false
        /// As the router names it.
        var route = ""
    }

    private struct Pattern {
        let route: String
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

    private struct Table {
        var patterns: [Pattern] = []
        /// Whether each is for everybody, by the router's name for it.
        var isOpen: [String: Bool] = [:]
    }

    private let table = Mutex(Table())

    /// Learns every address of a router, once they are all there.
    ///
    /// - Parameter open: as they are registered: `registry/countries/:country`.
    func learn(_ routes: [(path: String, method: String)], open: [String]) {
        let open = Set(
            open.map { path in
                let parts = path.split(separator: "/")
                return parts.map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : "\($0)" }
                    .joined(separator: "/")
            })
        var table = Table()
        for route in routes {
            let parts = route.path.split(separator: "/")
            let isOpen = open.contains(parts.joined(separator: "/"))
            table.patterns.append(
                Pattern(route: route.path, parts: parts, method: route.method, isOpen: isOpen))
            table.isOpen[route.path] = isOpen
        }
        self.table.withLock { $0 = table }
    }

    /// Whether pages of others may read what is answered there; where nothing is, they may.
    ///
    /// - Parameter route: what the router found, if it found something.
    func isOpen(_ route: String? = nil, at path: String) -> Bool {
        let known = route.flatMap { route in table.withLock { $0.isOpen[route] } }
        return known ?? methods(at: path)?.isOpen ?? true
    }

    /// nil: nothing is there.
    func methods(at path: String) -> Found? {
        let parts = path.split(separator: "/")
        let fitting = table.withLock { $0.patterns.filter { $0.matches(parts) } }
        guard !fitting.isEmpty else { return nil }
        var found = Found(route: fitting[0].route)
        for pattern in fitting {
            found.methods.insert(pattern.method)
            if pattern.method == "GET" { found.methods.insert("HEAD") }
            if pattern.isOpen { found.isOpen = true }
        }
        found.methods.insert("OPTIONS")
        return found
    }
}
