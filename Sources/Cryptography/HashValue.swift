import Encoding

/// A SHA-256 hash value: 32 bytes.
public struct HashValue: Hashable, Sendable {
    // Four words, not a vector: a value of an alignment above 16 is not safe in the frames of
    // asynchronous functions.
    struct Words: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    private let words: Words

    public static let byteCount = 32

    /// The hash value with those bytes, or nil if they are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == HashValue.byteCount else { return nil }
        var words = Words()
        unsafe withUnsafeMutableBytes(of: &words) { unsafe $0.copyBytes(from: bytes) }
        self.words = words
    }

    /// The hash value written in lowercase hexadecimal, or nil.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 2 * HashValue.byteCount,
            let bytes = Hexadecimal.decode(text)
        else { return nil }
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
        unsafe withUnsafeTemporaryAllocation(byteCount: 65, alignment: 1) { block in
            unsafe block.storeBytes(of: prefix, as: UInt8.self)
            unsafe block.storeBytes(of: left.words, toByteOffset: 1, as: Words.self)
            unsafe block.storeBytes(of: right.words, toByteOffset: 33, as: Words.self)
            unsafe hasher.update(UnsafeRawBufferPointer(block))
        }
        self = hasher.finalized
    }

    init(words: Words) { self.words = words }

    /// Lends the bytes without copying them; the pointer ends with the call.
    public func withBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try unsafe withUnsafeBytes(of: words) { bytes throws(Failure) in
            try unsafe body(bytes)
        }
    }

    public var bytes: [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }

    public var hexadecimal: String { unsafe withBytes { unsafe Hexadecimal.encode($0) } }
}

extension HashValue: CustomStringConvertible {
    public var description: String { hexadecimal }
}
