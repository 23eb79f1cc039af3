internal import CSodium

/// Secret bytes in libsodium's guarded memory, wiped and freed when the value ends.
@safe
struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let memory: UnsafeMutableRawPointer
    let count: Int

    /// Guarded memory of that size, filled in place by `fill`, then read-only.
    init<Failure: Error>(
        count: Int, fill: (UnsafeMutablePointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        Sodium.start()
        guard let memory = unsafe sodium_malloc(max(1, count)) else {
            preconditionFailure("libsodium has guarded memory left")
        }
        let bytes = unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: count)
        do throws(Failure) { try unsafe fill(bytes) } catch {
            unsafe sodium_free(memory)
            throw error
        }
        unsafe sodium_mprotect_readonly(memory)
        unsafe self.memory = unsafe memory
        self.count = count
    }

    /// Copies the bytes; the caller's copy is the caller's to wipe.
    init(_ bytes: some Collection<UInt8>) {
        let count = bytes.count
        unsafe self.init(count: count) { target in
            unsafe UnsafeMutableRawBufferPointer(start: target, count: count)
                .copyBytes(from: bytes)
        }
    }

    /// That many random bytes, which nothing else has held.
    init(randomCount count: Int, using generator: inout some RandomNumberGenerator) {
        unsafe self.init(count: count) { target in
            for start in stride(from: 0, to: count, by: 8) {
                var word = UInt64.random(in: .min ... .max, using: &generator)
                for index in start..<min(start + 8, count) {
                    unsafe target[index] = UInt8(truncatingIfNeeded: word)
                    word >>= 8
                }
            }
        }
    }

    deinit {
        unsafe sodium_free(memory)
    }

    /// Lends the bytes to a call of libsodium; the pointer ends with it.
    func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        unsafe body(UnsafePointer(memory.assumingMemoryBound(to: UInt8.self)))
    }

    /// The first bytes as an array, for the caller to wipe.
    func copy(ofFirst length: Int) -> [UInt8] {
        unsafe Array(UnsafeRawBufferPointer(start: memory, count: min(count, length)))
    }
}
