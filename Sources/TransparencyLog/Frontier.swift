public import Cryptography

/// The right edge of a tree: what is needed to append and to know the root.
public struct Frontier: Hashable, Sendable {
    public private(set) var size: UInt64
    /// The complete subtrees that cover the tree, the largest first: one a set bit of the size.
    public private(set) var subtrees: [HashValue]

    /// The frontier of the empty tree.
    public init() {
        size = 0
        subtrees = []
    }

    /// - Throws: if the number of subtrees is not that of the size's set bits. Whether the
    ///   hashes are a tree's shows only in the root.
    public init(size: UInt64, subtrees: [HashValue]) throws(LogError) {
        guard size <= TreeHead.sizeLimit else {
            throw .sizeTooLarge(limit: TreeHead.sizeLimit, found: size)
        }
        guard subtrees.count == size.nonzeroBitCount else {
            throw .proofLength(expected: size.nonzeroBitCount, found: subtrees.count)
        }
        self.size = size
        self.subtrees = subtrees
    }

    public mutating func append(_ leaf: HashValue) {
        push(leaf, level: 0)
    }

    /// Appends a complete subtree of 2^level entries.
    ///
    /// - Throws: if the size is not a multiple of 2^level, or would grow over the limit.
    public mutating func append(subtree: HashValue, level: Int) throws(LogError) {
        guard (0...62).contains(level), size & ((1 << UInt64(level)) - 1) == 0,
            size <= TreeHead.sizeLimit - (1 << UInt64(level))
        else { throw .subtreeMisplaced(level: level, size: size) }
        push(subtree, level: level)
    }

    private mutating func push(_ subtree: HashValue, level: Int) {
        var hash = subtree
        var carry = size >> UInt64(level)
        while carry & 1 == 1, let left = subtrees.popLast() {
            hash = MerkleTree.nodeHash(left, hash)
            carry >>= 1
        }
        subtrees.append(hash)
        size += 1 << UInt64(level)
    }

    public var root: HashValue {
        guard var root = subtrees.last else { return MerkleTree.emptyRoot }
        for left in subtrees.dropLast().reversed() { root = MerkleTree.nodeHash(left, root) }
        return root
    }
}
