internal import Hummingbird
internal import NIOCore

/// What the routes know of a request beside its bytes: from where it came.
struct NodeRequestContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection, without its port; nil for one without an address.
    let remoteAddress: String?

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        remoteAddress = source.channel.remoteAddress?.ipAddress
    }

    /// A write that has nobody's address, or the machine's own, is a process of this machine.
    var isLocal: Bool {
        guard let remoteAddress else { return true }
        return NodeRequestContext.isLoopback(remoteAddress)
    }

    static func isLoopback(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1"
    }
}
