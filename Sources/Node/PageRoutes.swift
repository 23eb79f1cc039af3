internal import Hummingbird

/// The addresses of pages and of their twins for programs (`Protocol/pages.md § Addresses`).
///
/// They take a question and answer it; none of them changes anything. Where a node has no pages
/// they answer 404.
extension Routes {
    /// What is read with GET.
    static let pages = [
        "", "index.json", "check", "check.json", "worth", "worth.json", "network", "network.json",
        "registry", "registry.json", "registry/search", "registry/search.json",
        "registry/frameworks", "registry/frameworks.json", "registry/recognitions",
        "registry/recognitions.json", "registry/countries/:country",
        "registry/authorities/:authority", "registry/bodies/:body",
        "registry/frameworks/:framework", "registry/qualifications/:qualification",
        "registry/acts/:log/:index", "assets/:name", "openapi.json",
    ]

    /// What is asked with POST.
    static let questions = [
        "check", "worth", "code", "verify", "authorization", "recognition",
    ]

    func addPages(to router: Router<NodeRequestContext>) {
        guard let pages = services.pages else { return }
        router.addMiddleware { MissingPage(pages: pages) }
        for path in Routes.pages {
            router.get(RouterPath(stringLiteral: path)) { request, _ in
                let answer = await pages(PageRequest(.get, request, body: []))
                return PageRoutes.response(answer, to: request)
            }
        }
        for path in Routes.questions {
            router.post(RouterPath(stringLiteral: path)) { request, _ in
                try await bodies.collecting(request, limit: PageRequest.byteLimit) { collected in
                    let body: [UInt8]?
                    switch collected {
                    case .body(let bytes): body = bytes
                    case .tooLarge: body = nil
                    case .noRoom:
                        let refusal = collected.refusal(limit: PageRequest.byteLimit)
                        return (refusal ?? .notFound).response
                    }
                    return await pages(PageRequest(.post, request, body: body)).response
                }
            }
        }
    }
}

extension Routes {
    /// Every address with its method, as a description writes it: `get /split-views/{id}`.
    var addresses: [String] {
        router.routes.filter { $0.method != .head }.map { route in
            let parts = "\(route.path)".split(separator: "/").map { part in
                part == "**"
                    ? "{path}" : part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
            }
            return "\(route.method.rawValue.lowercased()) /\(parts.joined(separator: "/"))"
        }
    }
}

enum PageRoutes {
    /// The answer with its mark (RFC 9110 § 8.8.3), or that the reader has it already.
    static func response(_ answer: NodeAnswer, to request: Request) -> Response {
        guard answer.status == 200, answer.caching != .never else { return answer.response }
        let mark = EntityMark.mark(of: answer.body, digits: 32)
        var answer = answer
        answer.headers["ETag"] = mark
        if EntityMark.isKnown(mark, to: request.headers[.ifNoneMatch]) {
            (answer.status, answer.body) = (304, [])
        }
        return answer.response
    }
}

/// Where nothing is, people get a page that says so.
private struct MissingPage: RouterMiddleware {
    typealias Context = NodeRequestContext

    let pages: @Sendable (PageRequest) async -> NodeAnswer

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let error as HTTPError {
            guard error.status == .notFound else { throw error }
            // Order: an address that takes another method is not answered as if it took this one.
            let isRead = request.method == .get || request.method == .head
            return await pages(PageRequest(isRead ? .get : .other, request, body: [])).response
        }
    }
}

extension PageRequest {
    fileprivate init(_ method: Method, _ request: Request, body: [UInt8]?) {
        self.init(
            method, path: request.uri.path, query: request.uri.query ?? "",
            accept: request.headers[.accept] ?? "",
            acceptLanguage: request.headers[.acceptLanguage] ?? "",
            contentType: request.headers[.contentType] ?? "", body: body)
    }
}
