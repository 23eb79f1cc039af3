internal import Hummingbird

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
