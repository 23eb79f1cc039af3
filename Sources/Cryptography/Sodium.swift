internal import CSodium

/// libsodium, initialised once before its first use.
enum Sodium {
    private static let isReady: Bool = sodium_init() >= 0

    static func start() {
        precondition(isReady, "libsodium initialises")
    }

    /// Overwrites bytes that were secret and empties the array.
    ///
    /// - Precondition: the array shares its storage with no other, or only a copy is wiped.
    static func wipe(_ bytes: inout [UInt8]) {
        unsafe bytes.withUnsafeMutableBytes {
            unsafe sodium_memzero($0.baseAddress, $0.count)
        }
        bytes = []
    }
}
