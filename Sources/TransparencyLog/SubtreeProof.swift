public import Cryptography

/// The proof that consecutive entries stand in a tree where they are said to.
///
/// *Subtree consistency proof* of draft-ietf-plants-merkle-tree-certs-02 § 4.4, for entries that
/// begin at a multiple of the least power of two that is not below their number.
public struct SubtreeProof: Hashable, Sendable {
    public let range: Range<UInt64>
    public let size: UInt64
    public let hashes: [HashValue]

    public static let hashLimit = 63

    /// A complete subtree to the left of the entries, as the proof says.
    public struct Sibling: Hashable, Sendable {
        public let level: Int
        public let index: UInt64
        public let hash: HashValue
    }

    /// - Throws: for a range that is no subtree of a tree of that size.
    public init(
        range: Range<UInt64>, size: UInt64, hashes: [HashValue]
    ) throws(LogError) {
        guard size <= TreeHead.sizeLimit else {
            throw .sizeTooLarge(limit: TreeHead.sizeLimit, found: size)
        }
        guard SubtreeProof.isSubtree(range), range.upperBound <= size else {
            throw .indexBeyondSize(index: range.upperBound, size: size)
        }
        self.range = range
        self.size = size
        self.hashes = hashes
    }

    static func isSubtree(_ range: Range<UInt64>) -> Bool {
        let count = range.upperBound - range.lowerBound
        guard count > 0, count <= 1 << 62 else { return false }
        let width: UInt64 = count == 1 ? 1 : MerkleTree.split(count) * 2
        return range.lowerBound.isMultiple(of: width)
    }

    /// Checks that the tree with that root has the subtree in its place.
    ///
    /// - Returns: the siblings to its left. They cover everything before the entries: a reader
    ///   whose own tree has the same hashes there knows that it is a prefix of this one.
    /// - Throws: `proofLength` or `rootMismatch`.
    public func verify(subtree: HashValue, root: HashValue) throws(LogError) -> [Sibling] {
        var walk = Walk(rest: hashes[...], subtree: subtree)
        let found = try walk.descend(range, in: 0..<size, isWhole: true)
        guard walk.rest.isEmpty else {
            throw .proofLength(expected: hashes.count - walk.rest.count, found: hashes.count)
        }
        guard found.part == subtree, found.whole == root else {
            throw .rootMismatch(size: size)
        }
        return walk.left
    }

    /// The way down to the entries; on the way back up both roots are rebuilt.
    private struct Walk {
        var rest: ArraySlice<HashValue>
        let subtree: HashValue
        var left: [Sibling] = []

        mutating func next() throws(LogError) -> HashValue {
            guard let hash = rest.popFirst() else { throw .proofLength(expected: 1, found: 0) }
            return hash
        }

        mutating func descend(
            _ range: Range<UInt64>, in tree: Range<UInt64>, isWhole: Bool
        ) throws(LogError) -> (part: HashValue, whole: HashValue) {
            if range == tree {
                // The verifier knows the subtree, so it is sent only if a part of it is meant.
                let hash = isWhole ? subtree : try next()
                return (hash, hash)
            }
            let half = MerkleTree.split(tree.upperBound - tree.lowerBound)
            let middle = tree.lowerBound + half
            if range.upperBound <= middle {
                let (part, whole) = try descend(
                    range, in: tree.lowerBound..<middle, isWhole: isWhole)
                return (part, MerkleTree.nodeHash(whole, try next()))
            }
            if range.lowerBound >= middle {
                let (part, whole) = try descend(
                    range, in: middle..<tree.upperBound, isWhole: isWhole)
                let hash = try next()
                left.append(
                    Sibling(
                        level: half.trailingZeroBitCount, index: tree.lowerBound / half,
                        hash: hash))
                return (part, MerkleTree.nodeHash(hash, whole))
            }
            let (part, whole) = try descend(
                middle..<range.upperBound, in: middle..<tree.upperBound, isWhole: false)
            let hash = try next()
            return (MerkleTree.nodeHash(hash, part), MerkleTree.nodeHash(hash, whole))
        }
    }

    /// The proof for a subtree, from the hashes of complete subtrees of the tree.
    ///
    /// - Precondition: the range is a subtree and within the size.
    public static func build<Failure: Error>(
        range: Range<UInt64>, size: UInt64,
        subtree: (_ level: Int, _ index: UInt64) throws(Failure) -> HashValue
    ) throws(Failure) -> [HashValue] {
        precondition(isSubtree(range) && range.upperBound <= size, "a subtree within the tree")
        var (range, tree, isWhole) = (range, 0..<size, true)
        var hashes: [HashValue] = []
        while range != tree {
            let middle = tree.lowerBound + MerkleTree.split(tree.upperBound - tree.lowerBound)
            let (left, right) = (tree.lowerBound..<middle, middle..<tree.upperBound)
            if range.upperBound <= middle {
                hashes.append(try MerkleTree.root(of: right, subtree: subtree))
                tree = left
            } else {
                hashes.append(try MerkleTree.root(of: left, subtree: subtree))
                tree = right
                if range.lowerBound < middle {
                    (range, isWhole) = (middle..<range.upperBound, false)
                }
            }
        }
        if !isWhole { hashes.append(try MerkleTree.root(of: tree, subtree: subtree)) }
        return hashes.reversed()
    }
}
