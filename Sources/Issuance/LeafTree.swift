import Cryptography
import TransparencyLog

/// All levels of a tree over leaf hashes, for many proofs at once.
struct LeafTree {
    /// `levels[0]` are the leaves; only complete pairs have a parent.
    private let levels: [[HashValue]]
    private let size: UInt64

    init(_ leaves: [HashValue]) {
        var levels = [leaves]
        while let last = levels.last, last.count > 1 {
            levels.append(
                stride(from: 0, to: last.count - 1, by: 2).map {
                    MerkleTree.nodeHash(last[$0], last[$0 + 1])
                })
        }
        self.levels = levels
        size = UInt64(leaves.count)
    }

    var root: HashValue { MerkleTree.root(of: levels[0]) }

    func proof(of index: UInt64) -> InclusionProof {
        InclusionProof.build(index: index, size: size) { level, place in
            levels[level][Int(place)]
        }
    }
}
