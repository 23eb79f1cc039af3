internal import HTTPTypes
internal import Hummingbird

/// Lets pages of other hosts read what an address for everybody answers, its refusals included.
///
/// `Protocol/pages.md § Answers for programs`. Nothing there knows who asks, so nothing is given
/// away; without it a browser would hide from its user why there is no answer.
struct CrossOrigin: RouterMiddleware {
    typealias Context = NodeRequestContext

    let allowed: AllowedMethods

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do { response = try await next(request, context) } catch let error as HTTPError {
            response = try error.response(from: request, context: context)
        }
        if allowed.isOpen(context.endpointPath, at: request.uri.path) {
            response.headers = CrossOrigin.opening(response.headers)
        }
        return response
    }

    /// The headers of an answer that everybody may read, and those of them that scripts may.
    static func opening(_ headers: HTTPFields) -> HTTPFields {
        var headers = headers
        headers[.accessControlAllowOrigin] = "*"
        if let exposed = HTTPField.Name("Access-Control-Expose-Headers") {
            headers[exposed] = "accept-encoding, allow, etag, retry-after"
        }
        return headers
    }
}
