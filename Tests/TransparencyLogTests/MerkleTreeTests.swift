import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct MerkleTreeTests {
    @Test func hashesLeavesAndNodesAsRFC6962() {
        #expect(MerkleTree.emptyRoot == HashValue(of: []))
        #expect(MerkleTree.leafHash([]) == HashValue(of: [0]))
        #expect(MerkleTree.leafHash([7, 8]) == HashValue(of: [0, 7, 8]))
        let (left, right) = (HashValue(of: [1]), HashValue(of: [2]))
        #expect(MerkleTree.nodeHash(left, right) == HashValue(of: [1] + left.bytes + right.bytes))
    }

    @Test func agreesWithTheReferenceUpTo130() throws {
        let leaves = SampleLog.leaves(130)
        var frontier = Frontier()
        for size in 0...130 {
            let reference = ReferenceTree(Array(leaves.prefix(size)))
            let root = reference.root
            #expect(MerkleTree.root(of: reference.leaves) == root)
            #expect(MerkleTree.root(of: 0..<UInt64(size), subtree: reference.subtree) == root)
            #expect(frontier.root == root)
            #expect(try Frontier(size: UInt64(size), subtrees: frontier.subtrees) == frontier)
            if size < 130 { frontier.append(leaves[size]) }
        }
    }

    @Test func coversRangesWithTheLargestSubtrees() {
        #expect(MerkleTree.subtrees(covering: 0..<0).isEmpty)
        #expect(MerkleTree.subtrees(covering: 5..<5).isEmpty)
        #expect(MerkleTree.subtrees(covering: 0..<7).map(\.level) == [2, 1, 0])
        #expect(MerkleTree.subtrees(covering: 3..<13).map(\.level) == [0, 2, 2, 0])
        #expect(MerkleTree.subtrees(covering: 3..<13).map(\.index) == [3, 1, 2, 12])
        #expect(MerkleTree.subtrees(covering: 1..<TreeHead.sizeLimit).count == 124)
    }

    @Test func appendsSubtreesOnlyWhereTheyFit() throws {
        let tree = ReferenceTree(SampleLog.leaves(13))
        var frontier = Frontier()
        for node in MerkleTree.subtrees(covering: 0..<3) + MerkleTree.subtrees(covering: 3..<13) {
            try frontier.append(subtree: tree.subtree(node.level, node.index), level: node.level)
        }
        #expect(frontier.root == tree.root)
        #expect(throws: LogError.subtreeMisplaced(level: 1, size: 13)) {
            try frontier.append(subtree: tree.root, level: 1)
        }
        #expect(throws: LogError.subtreeMisplaced(level: 63, size: 13)) {
            try frontier.append(subtree: tree.root, level: 63)
        }
        #expect(throws: LogError.subtreeMisplaced(level: -1, size: 13)) {
            try frontier.append(subtree: tree.root, level: -1)
        }
    }

    @Test func refusesFrontiersOfAnotherShape() throws {
        let hash = HashValue(of: [1])
        #expect(throws: LogError.proofLength(expected: 2, found: 1)) {
            try Frontier(size: 5, subtrees: [hash])
        }
        #expect(throws: LogError.self) { try Frontier(size: 1 << 63, subtrees: [hash]) }
        #expect(throws: LogError.self) { try Frontier(size: 0, subtrees: [hash]) }
    }
}
