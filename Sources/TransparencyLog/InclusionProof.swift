public import Cryptography

/// The path from an entry to a root (RFC 6962 § 2.1.1).
public struct InclusionProof: Hashable, Sendable {
    public let index: UInt64
    public let size: UInt64
    /// The siblings on the way, the leaf's first.
    public let hashes: [HashValue]

    public init(index: UInt64, size: UInt64, hashes: [HashValue]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// The root to which the path leads.
    ///
    /// - Throws: if the index is not below the size, or the path's length is not the one that
    ///   index and size ask for.
    public func root(from leaf: HashValue) throws(LogError) -> HashValue {
        guard index < size else { throw .indexBeyondSize(index: index, size: size) }
        // Up to the level where index and last entry meet every node has a sibling; above it
        // only left ones remain, one a set bit of the index.
        let meeting = size.bitWidth - (index ^ (size - 1)).leadingZeroBitCount
        let expected = meeting + (index >> UInt64(meeting)).nonzeroBitCount
        guard hashes.count == expected else {
            throw .proofLength(expected: expected, found: hashes.count)
        }
        var root = leaf
        for (level, hash) in hashes.enumerated() {
            let isRight = level >= meeting || index >> UInt64(level) & 1 == 1
            root = isRight ? MerkleTree.nodeHash(hash, root) : MerkleTree.nodeHash(root, hash)
        }
        return root
    }

    /// Checks that the tree of that root has that leaf at the index.
    public func verify(leaf: HashValue, root: HashValue) throws(LogError) {
        guard try self.root(from: leaf) == root else { throw .rootMismatch(size: size) }
    }

    /// The proof for an entry, from the hashes of complete subtrees.
    ///
    /// `subtree(level, index)` is the hash over entries `index << level ..< (index + 1) << level`;
    /// only subtrees within the size are asked for.
    ///
    /// - Precondition: the index is below the size.
    public static func build<Failure: Error>(
        index: UInt64, size: UInt64,
        subtree: (_ level: Int, _ index: UInt64) throws(Failure) -> HashValue
    ) throws(Failure) -> InclusionProof {
        precondition(index < size, "an entry within the tree")
        var range = 0..<size
        var hashes: [HashValue] = []
        while range.upperBound - range.lowerBound > 1 {
            let count = range.upperBound - range.lowerBound
            let middle = range.lowerBound + MerkleTree.split(count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            let sibling = index < middle ? right : left
            hashes.append(try MerkleTree.root(of: sibling, subtree: subtree))
            range = index < middle ? left : right
        }
        return InclusionProof(index: index, size: size, hashes: hashes.reversed())
    }
}
