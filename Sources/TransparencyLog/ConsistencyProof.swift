public import Cryptography

/// The proof that one tree begins with another (RFC 6962 § 2.1.2).
public struct ConsistencyProof: Hashable, Sendable {
    public let oldSize: UInt64
    public let newSize: UInt64
    public let hashes: [HashValue]

    public init(oldSize: UInt64, newSize: UInt64, hashes: [HashValue]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.hashes = hashes
    }

    /// Checks that the new tree begins with the old one.
    ///
    /// - Throws: also for an old size of 0: every tree begins with the empty one, which is
    ///   for the caller to say, not for a proof.
    public func verify(oldRoot: HashValue, newRoot: HashValue) throws(LogError) {
        guard oldSize > 0 else { throw .emptyOldTree }
        guard oldSize <= newSize else { throw .sizesReversed(old: oldSize, new: newSize) }
        guard oldSize < newSize else {
            guard hashes.isEmpty else { throw .proofLength(expected: 0, found: hashes.count) }
            guard oldRoot == newRoot else { throw .rootMismatch(size: newSize) }
            return
        }
        let expected = ConsistencyProof.length(oldSize, newSize)
        guard hashes.count == expected else {
            throw .proofLength(expected: expected, found: hashes.count)
        }
        // Both roots are rebuilt from the last complete subtree of the old tree: the old one
        // from what lies to its left, the new one from every sibling.
        let level = UInt64(oldSize.trailingZeroBitCount)
        var rest = hashes[...]
        let isComplete = oldSize == 1 << level
        guard let seed = isComplete ? oldRoot : rest.popFirst() else {
            throw .proofLength(expected: expected, found: 0)
        }
        var (old, new) = (seed, seed)
        var (node, last) = ((oldSize - 1) >> level, (newSize - 1) >> level)
        while last > 0 {
            if node & 1 == 1 {
                guard let hash = rest.popFirst() else { break }
                old = MerkleTree.nodeHash(hash, old)
                new = MerkleTree.nodeHash(hash, new)
            } else if node < last {
                guard let hash = rest.popFirst() else { break }
                new = MerkleTree.nodeHash(new, hash)
            }
            node >>= 1
            last >>= 1
        }
        guard old == oldRoot else { throw .rootMismatch(size: oldSize) }
        guard new == newRoot else { throw .rootMismatch(size: newSize) }
    }

    /// The proof between two sizes, from the hashes of complete subtrees of the new tree;
    /// empty if the sizes are equal or the old one is 0.
    ///
    /// - Precondition: the old size is not above the new one.
    public static func build<Failure: Error>(
        oldSize: UInt64, newSize: UInt64,
        subtree: (_ level: Int, _ index: UInt64) throws(Failure) -> HashValue
    ) throws(Failure) -> ConsistencyProof {
        precondition(oldSize <= newSize, "sizes in ascending order")
        var range = 0..<newSize
        var hashes: [HashValue] = []
        while oldSize > 0, oldSize < range.upperBound {
            let count = range.upperBound - range.lowerBound
            let middle = range.lowerBound + MerkleTree.split(count)
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            let sibling = oldSize <= middle ? right : left
            hashes.append(try MerkleTree.root(of: sibling, subtree: subtree))
            range = oldSize <= middle ? left : right
        }
        // The verifier knows the old root, so the last subtree is sent only if it is another.
        if oldSize > 0, range.lowerBound > 0 {
            hashes.append(try MerkleTree.root(of: range, subtree: subtree))
        }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, hashes: hashes.reversed())
    }

    /// The number of hashes of a proof between two sizes, the old one above 0 and below the new.
    private static func length(_ oldSize: UInt64, _ newSize: UInt64) -> Int {
        let level = UInt64(oldSize.trailingZeroBitCount)
        var (node, last) = ((oldSize - 1) >> level, (newSize - 1) >> level)
        var count = oldSize == 1 << level ? 0 : 1
        while last > 0 {
            if node & 1 == 1 || node < last { count += 1 }
            node >>= 1
            last >>= 1
        }
        return count
    }
}
