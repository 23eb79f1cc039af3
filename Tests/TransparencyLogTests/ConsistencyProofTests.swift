import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct ConsistencyProofTests {
    @Test func buildsAndVerifiesEveryProofUpTo64() throws {
        let all = SampleLog.leaves(64)
        let roots = (0...64).map { ReferenceTree(Array(all.prefix($0))).root }
        for new in 1...64 {
            let tree = ReferenceTree(Array(all.prefix(new)))
            for old in 1...new {
                let proof = ConsistencyProof.build(
                    oldSize: UInt64(old), newSize: UInt64(new), subtree: tree.subtree)
                #expect(proof.hashes == tree.proof(old))
                try proof.verify(oldRoot: roots[old], newRoot: roots[new])
            }
        }
    }

    @Test func refusesAnyChangedByte() throws {
        let all = SampleLog.leaves(64)
        let roots = (0...64).map { ReferenceTree(Array(all.prefix($0))).root }
        for new in 1...64 {
            let tree = ReferenceTree(Array(all.prefix(new)))
            for old in 1...new {
                let path = tree.proof(old)
                for (place, hash) in path.enumerated() {
                    let bytes = new <= 12 ? 0..<32 : (old % 32)..<(old % 32 + 1)
                    for byte in bytes {
                        var changed = path
                        changed[place] = try #require(
                            HashValue(bytes: hash.bytes.flipped(at: byte)))
                        refuses(old, new, changed, roots[old], roots[new])
                    }
                }
                let wrong = HashValue(of: [UInt8(old)])
                refuses(old, new, path, wrong, roots[new])
                refuses(old, new, path, roots[old], wrong)
                refuses(old, new, path + [wrong], roots[old], roots[new])
                if !path.isEmpty {
                    refuses(old, new, Array(path.dropLast()), roots[old], roots[new])
                    refuses(old, new, [], roots[old], roots[new])
                    refuses(old, new, path, roots[new], roots[old])
                }
                if old > 1 { refuses(old - 1, new, path, roots[old], roots[new]) }
            }
        }
    }

    @Test func provesNothingAboutTheEmptyTree() throws {
        let empty = ConsistencyProof.build(oldSize: 0, newSize: 5) { _, _ in
            HashValue(of: [])
        }
        #expect(empty.hashes.isEmpty)
        #expect(throws: LogError.emptyOldTree) {
            try empty.verify(oldRoot: MerkleTree.emptyRoot, newRoot: HashValue(of: [5]))
        }
        #expect(throws: LogError.sizesReversed(old: 3, new: 2)) {
            try ConsistencyProof(oldSize: 3, newSize: 2, hashes: []).verify(
                oldRoot: HashValue(of: [3]), newRoot: HashValue(of: [3]))
        }
    }

    @Test(arguments: 0..<40) func refusesForksOfRandomTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let new = Int.random(in: 2...500, using: &generator)
        let old = Int.random(in: 1..<new, using: &generator)
        let fork = Int.random(in: 0..<old, using: &generator)
        let leaves = SampleLog.leaves(new)
        let branch = SampleLog.leaves(new, branch: "'", from: fork)
        let (tree, other) = (ReferenceTree(leaves), ReferenceTree(branch))
        let oldRoot = MerkleTree.root(of: Array(leaves.prefix(old)))
        let proof = ConsistencyProof.build(
            oldSize: UInt64(old), newSize: UInt64(new), subtree: tree.subtree)
        try proof.verify(oldRoot: oldRoot, newRoot: tree.root)
        refuses(old, new, proof.hashes, oldRoot, other.root)
        refuses(old, new, other.proof(old), oldRoot, other.root)
    }

    private func refuses(
        _ old: Int, _ new: Int, _ hashes: [HashValue], _ oldRoot: HashValue, _ newRoot: HashValue
    ) {
        let proof = ConsistencyProof(oldSize: UInt64(old), newSize: UInt64(new), hashes: hashes)
        #expect(throws: LogError.self, "\(old) to \(new)") {
            try proof.verify(oldRoot: oldRoot, newRoot: newRoot)
        }
    }
}
