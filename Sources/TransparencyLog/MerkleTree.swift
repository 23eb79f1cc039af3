public import Cryptography

/// The hash tree of RFC 6962 § 2.1 over SHA-256.
public enum MerkleTree {
    /// The root of the tree without entries: the hash of nothing.
    public static let emptyRoot = HashValue(of: [])

    public static func leafHash(_ entry: [UInt8]) -> HashValue {
        HashValue(prefix: 0, entry)
    }

    public static func nodeHash(_ left: HashValue, _ right: HashValue) -> HashValue {
        HashValue(prefix: 1, left, right)
    }

    public static func root(of leaves: [HashValue]) -> HashValue {
        guard !leaves.isEmpty else { return emptyRoot }
        var level = leaves
        var count = leaves.count
        while count > 1 {
            for pair in 0..<(count / 2) {
                level[pair] = nodeHash(level[2 * pair], level[2 * pair + 1])
            }
            if !count.isMultiple(of: 2) { level[count / 2] = level[count - 1] }
            count = (count + 1) / 2
        }
        return level[0]
    }

    /// The root over the entries of a range, from the hashes of its complete subtrees.
    ///
    /// `subtree(level, index)` is the hash over entries `index << level ..< (index + 1) << level`.
    ///
    /// - Precondition: the range begins at a multiple of the smallest power of two that is not
    ///   below its count.
    public static func root<Failure: Error>(
        of range: Range<UInt64>,
        subtree: (_ level: Int, _ index: UInt64) throws(Failure) -> HashValue
    ) throws(Failure) -> HashValue {
        var hashes: [HashValue] = []
        for node in subtrees(covering: range) {
            hashes.append(try subtree(node.level, node.index))
        }
        guard var root = hashes.popLast() else { return emptyRoot }
        while let left = hashes.popLast() { root = nodeHash(left, root) }
        return root
    }

    /// The largest complete subtrees that cover a range, in order.
    public static func subtrees(
        covering range: Range<UInt64>
    ) -> [(level: Int, index: UInt64)] {
        var nodes: [(level: Int, index: UInt64)] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let fitting =
                (range.upperBound - start).bitWidth
                - (range.upperBound - start).leadingZeroBitCount - 1
            let level = min(fitting, start.trailingZeroBitCount)
            nodes.append((level, start >> UInt64(level)))
            start += 1 << UInt64(level)
        }
        return nodes
    }

    /// The number of entries in the left subtree of a tree of more than one entry.
    static func split(_ count: UInt64) -> UInt64 {
        1 << UInt64(count.bitWidth - (count - 1).leadingZeroBitCount - 1)
    }
}
