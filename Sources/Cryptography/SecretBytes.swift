internal import CSodium

/// Secret bytes in libsodium's guarded memory, wiped and freed when the value ends.
struct SecretBytes: ~Copyable, @unchecked Sendable {
    private let pointer: UnsafeMutableRawPointer
    let count: Int

    /// Copies the bytes; the caller's copy is the caller's to wipe.
    init(_ bytes: some Collection<UInt8>) {
        Sodium.start()
        count = bytes.count
        guard let memory = sodium_malloc(max(1, count)) else {
            preconditionFailure("libsodium has guarded memory left")
        }
        pointer = memory
        UnsafeMutableRawBufferPointer(start: memory, count: count).copyBytes(from: bytes)
        sodium_mprotect_readonly(memory)
    }

    deinit {
        sodium_free(pointer)
    }

    func withBytes<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
        body(UnsafePointer(pointer.assumingMemoryBound(to: UInt8.self)))
    }

    var copy: [UInt8] {
        Array(UnsafeRawBufferPointer(start: pointer, count: count))
    }
}
