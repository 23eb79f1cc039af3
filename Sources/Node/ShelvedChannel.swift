internal import HummingbirdCore
internal import Logging
internal import NIOCore

/// A connection whose first look at what comes is the shelf's.
///
/// `Protocol/operation.md § Shelf`. Behind TLS, where there is TLS, and before HTTP.
struct ShelvedChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    let base: Base
    let shelf: AnswerShelf

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        do {
            // Order: added first, so it is the first that reads and the last that writes.
            try channel.pipeline.syncOperations.addHandler(ShelfGate(shelf))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return base.setup(channel: channel, logger: logger)
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
