internal import Hummingbird
internal import Metrics

/// Counts requests and how long they took, by method, route and status.
///
/// The route is that of the description (`/:log/checkpoint`), never the address that was asked.
struct RequestMeter: RouterMiddleware {
    typealias Context = NodeRequestContext

    let table: MetricsTable

    func handle(
        _ request: Request, context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            note(request, context, response.status.code, since: start)
            return response
        } catch {
            note(request, context, (error as? HTTPError)?.status.code ?? 500, since: start)
            throw error
        }
    }

    private func note(
        _ request: Request, _ context: Context, _ status: Int, since start: ContinuousClock.Instant
    ) {
        let route = context.endpointPath ?? "none"
        Cells(table, method: RequestMeter.method(request), route: route, status: status)
            .note(since: start)
    }

    /// The two numbers of requests with one method, route and status.
    struct Cells: Sendable {
        private let count: Counter
        private let time: Timer

        init(_ table: MetricsTable, method: String, route: String, status: Int) {
            count = Counter(
                label: "concord_requests_total",
                dimensions: [("method", method), ("route", route), ("status", "\(status)")],
                factory: table)
            time = Timer(
                label: "concord_request_seconds", dimensions: [("route", route)], factory: table)
        }

        func note(since start: ContinuousClock.Instant) {
            count.increment()
            let elapsed = (ContinuousClock.now - start).components
            time.recordNanoseconds(
                elapsed.seconds * 1_000_000_000 + elapsed.attoseconds / 1_000_000_000)
        }
    }

    /// Anybody can invent a method; the table knows few.
    private static func method(_ request: Request) -> String {
        let known: [HTTPRequest.Method] = [
            .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
        ]
        return known.contains(request.method) ? request.method.rawValue : "other"
    }
}
