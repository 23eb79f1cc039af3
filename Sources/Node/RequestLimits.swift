internal import Hummingbird
internal import Synchronization

/// Refuses what one address asks beyond its budget, before a body is read or a row is touched.
///
/// `Protocol/sync.md § Limits`. Checkpoints and heads are exempt: what makes a fork or a
/// revocation known is never held back. Behind a server on the same machine that passes requests
/// on, the address is the last one in `X-Forwarded-For`; nobody else's word is taken for it.
final class RequestLimits: Sendable {
    private let reading = Mutex(RequestBudget(RequestBudget.reading))
    private let writing = Mutex(RequestBudget(RequestBudget.writing))
    private let uploads = Mutex(0)
    private let start = ContinuousClock.now
    private let forwarded = HTTPFields.Element.Name("x-forwarded-for")

    /// The uploads that are read into memory at once.
    static let uploadLimit = 4

    init() {}

    func admits(_ request: Request, _ context: NodeRequestContext) -> Bool {
        let path = request.uri.path
        if request.method == .get || request.method == .head {
            if RequestLimits.isExempt(path) { return true }
        }
        guard let address = address(of: request, context) else { return true }
        guard request.method == .post else { return admitsReading(address) }
        return writing.withLock { $0.spend(address, at: now) }
    }

    /// Whether an address is free to be read: what makes a fork known has no budget.
    static func isExempt(_ path: String) -> Bool {
        path == "/health" || LogDesk.showsHeads(path)
    }

    /// Takes a read off an address's budget; nil is this machine, which has none.
    func admitsReading(_ address: String?) -> Bool {
        guard let address else { return true }
        return reading.withLock { $0.spend(address, at: now) }
    }

    private var now: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    /// Whether a process of this machine asks, and passes nobody else's request on.
    func isAskedHere(_ request: Request, _ context: NodeRequestContext) -> Bool {
        address(of: request, context) == nil
    }

    private func address(of request: Request, _ context: NodeRequestContext) -> String? {
        guard context.isLocal else { return context.remoteAddress }
        guard let forwarded, let list = request.headers[forwarded] else { return nil }
        guard let last = list.split(separator: ",").last else { return nil }
        return String(last.drop { $0 == " " }.prefix(64))
    }

    /// Runs the body unless too many uploads are being read already.
    func uploading(_ body: () async -> Response) async -> Response {
        let isFree = uploads.withLock { count in
            guard count < Self.uploadLimit else { return false }
            count += 1
            return true
        }
        guard isFree else { return NodeAnswer.busy.response }
        defer { uploads.withLock { $0 -= 1 } }
        return await body()
    }
}

/// Answers 429 for what is over the budget.
struct RequestLimitMiddleware: RouterMiddleware {
    let limits: RequestLimits

    func handle(
        _ request: Request, context: NodeRequestContext,
        next: (Request, NodeRequestContext) async throws -> Response
    ) async throws -> Response {
        guard limits.admits(request, context) else {
            return NodeAnswer.problem(429, "too many requests; repeat later").response
        }
        return try await next(request, context)
    }
}
