internal import Hummingbird
internal import Synchronization

/// The bytes of requests that are held in memory at once, over all connections.
///
/// `Protocol/operation.md § Limits`. Small bodies, those of witnesses and of questions, are never
/// held back: what makes a fork or a revocation known goes through while others flood.
final class BodyBudget: Sendable {
    /// A body up to this size needs no room.
    static let smallBytes = 128 << 10

    private let limit: Int
    private let held = Mutex(0)

    init(bytes: Int) { limit = bytes }

    var heldBytes: Int { held.withLock { $0 } }

    enum Collected {
        case body([UInt8])
        /// Larger than the limit of its address; the rest was not read.
        case tooLarge
        /// There is no room now; the rest was not read.
        case noRoom
    }

    /// Reads a body of at most that many bytes and runs the body of the caller with it; the room is
    /// free again when that returns.
    func collecting<Value>(
        _ request: Request, limit: Int, _ answer: (Collected) async throws -> Value
    ) async throws -> Value {
        var taken = 0
        defer { held.withLock { [taken] in $0 -= taken } }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            return try await answer(.tooLarge)
        }
        var body: [UInt8] = []
        for try await part in request.body {
            guard body.count + part.readableBytes <= limit else {
                return try await answer(.tooLarge)
            }
            let missing = body.count + part.readableBytes - BodyBudget.smallBytes - taken
            if missing > 0 {
                guard take(missing) else { return try await answer(.noRoom) }
                taken += missing
            }
            body.append(contentsOf: part.readableBytesView)
        }
        return try await answer(.body(body))
    }

    private func take(_ count: Int) -> Bool {
        held.withLock { held in
            guard held + count <= limit else { return false }
            held += count
            return true
        }
    }
}

extension BodyBudget.Collected {
    /// The answer to a body that was not read; nil: it was.
    func refusal(limit: Int) -> NodeAnswer? {
        switch self {
        case .body: nil
        case .tooLarge: .tooLarge(limit: limit)
        case .noRoom: .busy
        }
    }
}
