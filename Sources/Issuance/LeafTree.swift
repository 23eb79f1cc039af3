import Cryptography
import TransparencyLog

/// All levels of a tree over leaf hashes, for many proofs at once.
struct LeafTree {
    /// `levels[0]` are the leaves, the last level is the root alone. A node without a sibling
    /// stands for itself one level higher, which gives the tree of RFC 6962 § 2.1.
    private let levels: [[HashValue]]

    init(_ leaves: [HashValue]) {
        var levels = [leaves]
        while let last = levels.last, last.count > 1 {
            levels.append(
                stride(from: 0, to: last.count, by: 2).map { place in
                    place + 1 < last.count
                        ? MerkleTree.nodeHash(last[place], last[place + 1]) : last[place]
                })
        }
        self.levels = levels
    }

    var root: HashValue { levels.last?.first ?? MerkleTree.emptyRoot }

    func proof(of index: UInt64) -> InclusionProof {
        var place = Int(index)
        var hashes: [HashValue] = []
        hashes.reserveCapacity(levels.count)
        for level in levels {
            if place ^ 1 < level.count { hashes.append(level[place ^ 1]) }
            place >>= 1
        }
        return InclusionProof(index: index, size: UInt64(levels[0].count), hashes: hashes)
    }
}
