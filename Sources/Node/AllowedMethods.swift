internal import Hummingbird
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

/// Answers `OPTIONS`, and says which methods an address takes to who asked with another one.
struct MethodMiddleware: RouterMiddleware {
    typealias Context = NodeRequestContext

    let allowed: AllowedMethods

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError {
            guard error.status == .notFound, let found = allowed.methods(at: request.uri.path),
                !found.methods.contains(request.method.rawValue) || request.method == .options
            else { throw error }
            let list = found.methods.sorted().joined(separator: ", ")
            guard request.method == .options else {
                var answer = NodeAnswer.problem(405, "this address takes \(list) alone")
                answer.headers["Allow"] = list
                return answer.response
            }
            var answer = NodeAnswer(204, contentType: ContentType.text, body: [])
            answer.headers["Allow"] = list
            if found.isOpen {
                // Pages of others may ask what anybody may ask: nothing here knows who asks.
                answer.headers["Access-Control-Allow-Origin"] = "*"
                answer.headers["Access-Control-Allow-Methods"] = list
                answer.headers["Access-Control-Allow-Headers"] =
                    "accept, accept-language, content-encoding, content-type, if-none-match"
                answer.headers["Access-Control-Max-Age"] = "86400"
            }
            var response = answer.response
            response.headers[.contentType] = nil
            return response
        }
    }
}
