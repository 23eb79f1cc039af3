internal import Crypto

/// SHA-256 fed piece by piece.
public struct HashFunction {
    private var hasher = SHA256()

    public init() {}

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            unsafe update(UnsafeRawBufferPointer(buffer))
        }
        if isContiguous == nil {
            unsafe Array(bytes).withUnsafeBytes { unsafe update($0) }
        }
    }

    public mutating func update(byte: UInt8) {
        unsafe withUnsafeBytes(of: byte) { unsafe update($0) }
    }

    public mutating func update(_ hash: HashValue) {
        unsafe hash.withBytes { unsafe update($0) }
    }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe hasher.update(bufferPointer: bytes)
    }

    /// The hash of everything fed so far.
    public var finalized: HashValue {
        var words = HashValue.Words()
        let digest = hasher.finalize()
        unsafe withUnsafeMutableBytes(of: &words) { target in
            unsafe digest.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
        return HashValue(words: words)
    }
}
