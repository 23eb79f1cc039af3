internal import Crypto
import Encoding

/// A SHA-256 hash value: 32 bytes.
public struct HashValue: Hashable, Sendable {
    private let words: SIMD4<UInt64>

    public static let byteCount = 32

    /// The hash value with those bytes, or nil if they are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == HashValue.byteCount else { return nil }
        var words = SIMD4<UInt64>()
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// The hash value written in lowercase hexadecimal, or nil.
    public init?(hexadecimal text: String) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// The SHA-256 of some bytes.
    public init(of bytes: some Sequence<UInt8>) {
        var hasher = HashFunction()
        hasher.update(bytes)
        self = hasher.finalized
    }

    /// The SHA-256 of `prefix` followed by some bytes: a leaf of a tree.
    public init(prefix: UInt8, _ bytes: some Sequence<UInt8>) {
        var hasher = HashFunction()
        hasher.update(byte: prefix)
        hasher.update(bytes)
        self = hasher.finalized
    }

    /// The SHA-256 of `prefix` followed by two hash values: an inner node of a tree.
    public init(prefix: UInt8, _ left: HashValue, _ right: HashValue) {
        var hasher = HashFunction()
        // On the stack: a node of a tree of millions must not allocate.
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { packed in
            packed[0] = prefix
            packed.storeBytes(of: left.words, toByteOffset: 1, as: SIMD4<UInt64>.self)
            packed.storeBytes(of: right.words, toByteOffset: 33, as: SIMD4<UInt64>.self)
            hasher.update(UnsafeRawBufferPointer(packed))
        }
        self = hasher.finalized
    }

    fileprivate init(words: SIMD4<UInt64>) { self.words = words }

    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    public var hexadecimal: String { Hexadecimal.encode(bytes) }
}

extension HashValue: CustomStringConvertible {
    public var description: String { hexadecimal }
}

/// SHA-256 fed piece by piece.
public struct HashFunction {
    private var hasher = SHA256()

    public init() {}

    public mutating func update(_ bytes: some Sequence<UInt8>) {
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            hasher.update(bufferPointer: UnsafeRawBufferPointer(buffer))
        }
        if isContiguous == nil {
            Array(bytes).withUnsafeBytes { hasher.update(bufferPointer: $0) }
        }
    }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: bytes)
    }

    public mutating func update(byte: UInt8) {
        withUnsafeBytes(of: byte) { hasher.update(bufferPointer: $0) }
    }

    /// The hash of everything fed so far.
    public var finalized: HashValue {
        var words = SIMD4<UInt64>()
        let digest = hasher.finalize()
        withUnsafeMutableBytes(of: &words) { target in
            digest.withUnsafeBytes { target.copyMemory(from: $0) }
        }
        return HashValue(words: words)
    }
}
