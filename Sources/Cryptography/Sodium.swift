internal import CSodium

/// libsodium, initialised once before its first use.
enum Sodium {
    static let isReady: Bool = sodium_init() >= 0

    static func start() {
        precondition(isReady, "libsodium initialises")
    }
}
