import Encoding

/// A SHA-256 hash value: 32 bytes.
public struct HashValue: Hashable, Sendable {
    private let words: SIMD4<UInt64>

    public static let byteCount = 32

    // By lanes: what is generated for a vector goes through its metadata each time.
    public static func == (left: Self, right: Self) -> Bool {
        left.words[0] == right.words[0] && left.words[1] == right.words[1]
            && left.words[2] == right.words[2] && left.words[3] == right.words[3]
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words[0])
        hasher.combine(words[1])
        hasher.combine(words[2])
        hasher.combine(words[3])
    }

    /// The hash value with those bytes, or nil if they are not 32.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == HashValue.byteCount else { return nil }
        var words = SIMD4<UInt64>()
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
            unsafe block.storeBytes(of: left.words, toByteOffset: 1, as: SIMD4<UInt64>.self)
            unsafe block.storeBytes(of: right.words, toByteOffset: 33, as: SIMD4<UInt64>.self)
            unsafe hasher.update(UnsafeRawBufferPointer(block))
        }
        self = hasher.finalized
    }

    init(words: SIMD4<UInt64>) { self.words = words }

    public var bytes: [UInt8] { unsafe withUnsafeBytes(of: words) { unsafe Array($0) } }

    public var hexadecimal: String { Hexadecimal.encode(bytes) }
}

extension HashValue: CustomStringConvertible {
    public var description: String { hexadecimal }
}
