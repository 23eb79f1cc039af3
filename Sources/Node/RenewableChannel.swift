internal import HummingbirdCore
internal import HummingbirdTLS
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import Synchronization

/// HTTPS whose certificate can be exchanged while it serves: connections that are open keep theirs,
/// and those that come get the new one.
///
/// `Protocol/operation.md § HTTPS`.
final class RenewableChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    private let base: Base
    private let current: Mutex<TLSChannel<Base>>

    init(_ base: Base, _ configuration: TLSConfiguration) throws {
        self.base = base
        current = Mutex(try TLSChannel(base, tlsConfiguration: configuration))
    }

    func renew(_ configuration: TLSConfiguration) throws {
        let next = try TLSChannel(base, tlsConfiguration: configuration)
        current.withLock { $0 = next }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        current.withLock { $0 }.setup(channel: channel, logger: logger)
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
