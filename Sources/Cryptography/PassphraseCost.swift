/// What Argon2id spends on a passphrase (RFC 9106).
public struct PassphraseCost: Hashable, Sendable {
    /// Passes over the memory; at least 1.
    public let operations: UInt64
    /// Bytes of memory; at least 8 KiB.
    public let memory: Int

    public init(operations: UInt64, memory: Int) {
        self.operations = operations
        self.memory = memory
    }

    /// libsodium's "moderate": 3 passes over 256 MiB.
    public static let moderate = PassphraseCost(operations: 3, memory: 256 << 20)

    static let saltByteCount = 16
}
