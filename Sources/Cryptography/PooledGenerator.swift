internal import CSodium

/// The system's random numbers, fetched by the page: one system call for many numbers.
///
/// For work that needs thousands of keys at once. A class, so that no copy can give the same
/// numbers again; what was given out is wiped from the pool.
public final class PooledGenerator: RandomNumberGenerator {
    private var pool = [UInt64](repeating: 0, count: PooledGenerator.size)
    private var position = PooledGenerator.size

    private static let size = 512

    public init() { Sodium.start() }

    deinit { unsafe sodium_memzero(&pool, PooledGenerator.size * 8) }

    public func next() -> UInt64 {
        if position == PooledGenerator.size {
            unsafe randombytes_buf(&pool, PooledGenerator.size * 8)
            position = 0
        }
        defer {
            pool[position] = 0
            position += 1
        }
        return pool[position]
    }
}
