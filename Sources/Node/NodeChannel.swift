internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import Storage

/// What becomes of a connection: TLS if there is a certificate, the shelf, HTTP/1.1, guard,
/// routes.
struct NodeChannel {
    let configuration: NodeConfiguration
    let services: NodeServices
    let folder: String?
    let limits: ConnectionGuard.Limits
    let logger: Logger

    /// - Returns: the channel, and how another certificate is taken.
    func made() throws(NodeError) -> (
        any ServerChildChannel, renew: @Sendable (TLSConfiguration) throws -> Void
    ) {
        let ledger = ConnectionLedger(
            most: configuration.connections, perAddress: configuration.connectionsPerAddress,
            bytes: configuration.bodyBytes)
        let routes = Routes(
            services: services, configuration: configuration, connections: { ledger.count })
        let responder = routes.router.buildResponder()
        let date = AnswerDate(now: services.now)
        let changes: ChangeWatch
        do { changes = try ChangeWatch(services.database) } catch { throw .store(error) }
        let shelf = AnswerShelf(
            changes: changes, limits: routes.limits, allowed: routes.allowed, table: routes.table,
            date: date)
        let http = ShelvedChannel(base: http(responder, routes, ledger, date), shelf: shelf)
        guard let files = configuration.tlsFiles else { return (http, { _ in }) }
        let security = try TransportSecurity.configuration(files, inFolder: folder)
        do {
            let channel = try RenewableChannel(http, security)
            return (channel, { try channel.renew($0) })
        } catch {
            throw .certificate(path: files.certificate, expected: "a certificate and its key")
        }
    }

    private func http(
        _ responder: some HTTPResponder<NodeRequestContext>, _ routes: Routes,
        _ ledger: ConnectionLedger, _ date: AnswerDate
    ) -> HTTP1Channel {
        let (limits, logger) = (limits, logger)
        let (allowed, table) = (routes.allowed, routes.table)
        return HTTP1Channel(
            responder: { (request, writer: consuming ResponseWriter, channel) in
                let context = NodeRequestContext(
                    source: ApplicationRequestContextSource(channel: channel, logger: logger))
                var response = try await responder.respond(to: request, context: context)
                let size = response.body.contentLength ?? 0
                let address = channel.remoteAddress?.ipAddress
                let place = address.flatMap { NodeRequestContext.isLoopback($0) ? nil : $0 }
                if !ledger.hold(size, on: ObjectIdentifier(channel), of: place) {
                    response = NodeAnswer.busy.response
                    if allowed.isOpen(at: request.uri.path) {
                        response.headers = CrossOrigin.opening(response.headers)
                    }
                }
                response.headers[.date] = date.text
                do {
                    try await writer.write(response: response.head, body: response.body)
                } catch {
                    // Order: an answer that was begun is not followed by another one.
                    throw ChannelError.eof
                }
            },
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [
                    ConnectionGuard(limits: limits, ledger: ledger, table: table) {
                        allowed.isOpen(at: $0)
                    }
                ],
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 32_768, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)
            ))
    }
}
