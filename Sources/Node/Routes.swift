internal import Cryptography
internal import Hummingbird
internal import Registry
internal import Storage
internal import Sync
internal import TransparencyLog

/// Every address of a node (`Protocol/sync.md § Addresses`).
struct Routes {
    let services: NodeServices
    let limits = RequestLimits()
    let allowed = AllowedMethods()
    let bodies: BodyBudget
    let table = MetricsTable()
    let operation: OperationDesk

    init(
        services: NodeServices, configuration: NodeConfiguration = NodeConfiguration(),
        connections: @escaping @Sendable () -> Int = { 0 }
    ) {
        self.services = services
        let bodies = BodyBudget(bytes: configuration.bodyBytes)
        self.bodies = bodies
        operation = OperationDesk(
            database: services.database, table: table, readers: configuration.metricsReaders,
            started: services.now(), connections: connections, bodyBytes: { bodies.heldBytes })
    }

    /// The bytes of the largest entry with what surrounds it, and of an order for an extract.
    static let entryByteLimit = 1 << 20
    static let extractByteLimit = 4 << 20

    var router: Router<NodeRequestContext> {
        let router = Router(
            context: NodeRequestContext.self, options: .autoGenerateHeadEndpoints)
        let desk = LogDesk(database: services.database)
        // Order: counted whatever becomes of it, and refused before anything is read for it.
        router.add(middleware: RequestMeter(table: table))
        router.add(middleware: CrossOrigin(allowed: allowed))
        router.add(middleware: CompressionMiddleware())
        router.add(middleware: RequestLimitMiddleware(limits: limits))
        router.get("health") { _, _ in operation.health().response }
        router.get("metrics") { request, context in
            operation.metrics(isLocal: limits.isAskedHere(request, context)).response
        }
        router.get("heads") { request, _ in tagged(request) { try desk.heads() } }
        router.get("card") { request, _ in
            tagged(request) { services.card.map { .json($0) } ?? .notFound }
        }
        router.get("blob/:hash") { request, context in
            respond(request) { try hash("hash", context).map(desk.blob) ?? .notFound }
        }
        router.get("split-views") { request, _ in tagged(request) { try desk.splitViews() } }
        router.get("split-views/:id") { request, context in
            respond(request) { try hash("id", context).map(desk.splitView) ?? .notFound }
        }
        router.get(":log/checkpoint") { request, context in
            tagged(request) { try hash("log", context).map(desk.checkpoint) ?? .notFound }
        }
        router.get(":log/checkpoints/:size") { request, context in
            tagged(request) {
                guard let log = hash("log", context), let text = context.parameters.get("size"),
                    let size = UInt64(text), "\(size)" == text
                else { return .notFound }
                return try desk.checkpoints(log, above: size)
            }
        }
        router.get(":log/tile/**") { request, context in
            respond(request) {
                guard let log = hash("log", context) else { return .notFound }
                let path = context.parameters.getCatchAll().joined(separator: "/")
                return try desk.tile(log, path: "tile/\(path)")
            }
        }
        addMirror(to: router, desk)
        addPosts(to: router)
        addDeliveries(to: router)
        addPages(to: router)
        router.add(middleware: MethodMiddleware(allowed: allowed))
        allowed.learn(
            router.routes.map { ("\($0.path)", $0.method.rawValue) },
            open: Routes.pages + Routes.questions)
        return router
    }

    /// What a peer brings that can only dial out.
    private func addDeliveries(to router: Router<NodeRequestContext>) {
        router.post("add-entries") { request, _ in
            await limits.uploading {
                await respond(request, limit: EntryUpload.byteLimit) { body in
                    guard let uploads = services.uploads else { return .notFound }
                    return NodeAnswer(try uploads.answer(body))
                }
            }
        }
        router.post(":log/cosignature") { request, context in
            await respond(request, limit: SignedNote.byteLimit) { body in
                guard let deliveries = services.deliveries, let log = hash("log", context) else {
                    return .notFound
                }
                return NodeAnswer(try deliveries.cosignatures(body, for: log))
            }
        }
        router.post("blob/:hash") { request, context in
            guard let deliveries = services.deliveries, let hash = hash("hash", context) else {
                return NodeAnswer.notFound.response
            }
            // Bytes that nobody misses are not read.
            guard (try? deliveries.misses(hash)) == true else {
                return NodeAnswer.text(200, "not missing").response
            }
            return await respond(request, limit: PeerClient.blobByteLimit) { body in
                NodeAnswer(try deliveries.blob(body, hash))
            }
        }
    }

    /// The log as the mirror shows it: under its own prefix, with its own line.
    private func addMirror(to router: Router<NodeRequestContext>, _ desk: LogDesk) {
        guard services.mirror != nil else { return }
        router.get("mirror/:log/checkpoint") { request, context in
            tagged(request) { try hash("log", context).map(desk.mirrored) ?? .notFound }
        }
        router.get("mirror/:log/tile/**") { request, context in
            respond(request) {
                guard let log = hash("log", context) else { return .notFound }
                let path = context.parameters.getCatchAll().joined(separator: "/")
                return try desk.tile(log, path: "tile/\(path)")
            }
        }
    }

    private func addPosts(to router: Router<NodeRequestContext>) {
        let byteLimits = (WitnessRequest.byteLimit, FaultProof.byteLimit)
        router.post("add-checkpoint") { request, _ in
            await respond(request, limit: byteLimits.0) { body in
                guard let witness = services.witness else { return .notFound }
                return NodeAnswer(try witness.answer(body, at: services.now()))
            }
        }
        router.post("seen") { request, _ in
            await respond(request, limit: SeenStatement.byteLimit) { body in
                guard let seen = services.seen else { return .notFound }
                return NodeAnswer(try seen.answer(body, at: services.now()))
            }
        }
        router.post("grant") { request, _ in
            await respond(request, limit: byteLimits.0) { body in
                guard let buddy = services.buddy else { return .notFound }
                return NodeAnswer(try buddy.answer(body, at: services.now()))
            }
        }
        router.post("split-views") { request, _ in
            await respond(request, limit: byteLimits.1) { body in
                guard let proof = try? FaultProof(parsing: body) else {
                    return .malformed("a split view or another proof of a fault")
                }
                let exchange = SplitViewExchange(
                    database: services.database, rules: services.rules)
                return switch try exchange.take(proof) {
                case .stored: .text(200, "stored")
                case .known: .text(200, "known")
                case .refused: .problem(422, "this proves no fault of anybody who is known here")
                }
            }
        }
        router.post("entries") { request, _ in
            await respond(request, limit: Routes.entryByteLimit) { body in
                await services.entries?(body) ?? .notFound
            }
        }
        router.post("extract") { request, _ in
            await respond(request, limit: Routes.extractByteLimit) { body in
                await services.extract?(body) ?? .notFound
            }
        }
    }

    private func hash(_ name: String, _ context: NodeRequestContext) -> HashValue? {
        context.parameters.get(name).flatMap { HashValue(hexadecimal: $0) }
    }

    /// Answers a read that is repeated: in two lines, while nothing has changed.
    private func tagged(_ request: Request, _ read: () throws -> NodeAnswer) -> Response {
        let answer: NodeAnswer
        do { answer = try read() } catch { return NodeAnswer(failure: error).response }
        guard answer.status == 200 else { return answer.response }
        let tag = EntityMark.mark(of: answer.body, digits: 8)
        if EntityMark.isKnown(tag, to: request.headers[.ifNoneMatch]) {
            return Response(status: .notModified, headers: [.eTag: tag])
        }
        var response = answer.response
        response.headers[.eTag] = tag
        return response
    }

    /// Answers a read, a part of it if a range is asked for.
    private func respond(_ request: Request, _ read: () throws -> NodeAnswer) -> Response {
        var answer: NodeAnswer
        do { answer = try read() } catch { answer = NodeAnswer(failure: error) }
        guard answer.status == 200, answer.caching == .immutable else { return answer.response }
        let count = answer.body.count
        var response: Response
        switch ByteRange.request(request.headers[.range], count: count) {
        case .whole:
            response = answer.response
        case .part(let range):
            answer.body = Array(answer.body[range.bounds])
            answer.status = 206
            response = answer.response
            response.headers[.contentRange] =
                "bytes \(range.bounds.lowerBound)-\(range.bounds.upperBound - 1)/\(count)"
        case .unsatisfiable:
            response = NodeAnswer.problem(416, "the range begins after the end").response
            response.headers[.contentRange] = "bytes */\(count)"
        }
        response.headers[.acceptRanges] = "bytes"
        return response
    }

    /// Answers a request with a body, which is bounded before it is collected.
    private func respond(
        _ request: Request, limit: Int, _ answer: ([UInt8]) async throws -> NodeAnswer
    ) async -> Response {
        do {
            return try await bodies.collecting(request, limit: limit) { collected in
                guard case .body(let body) = collected else {
                    return (collected.refusal(limit: limit) ?? .notFound).response
                }
                return try await answer(body).response
            }
        } catch {
            return NodeAnswer(failure: error).response
        }
    }
}
