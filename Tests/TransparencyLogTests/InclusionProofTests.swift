import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct InclusionProofTests {
    @Test func buildsAndVerifiesEveryProofUpTo64() throws {
        let all = SampleLog.leaves(64)
        for size in 1...64 {
            let tree = ReferenceTree(Array(all.prefix(size)))
            let root = tree.root
            for index in 0..<size {
                let proof = InclusionProof.build(
                    index: UInt64(index), size: UInt64(size), subtree: tree.subtree)
                #expect(proof.hashes == tree.path(index))
                try proof.verify(leaf: all[index], root: root)
            }
        }
    }

    @Test func refusesAnyChangedByte() throws {
        let all = SampleLog.leaves(64)
        for size in 1...64 {
            let tree = ReferenceTree(Array(all.prefix(size)))
            let root = tree.root
            for index in 0..<size {
                let path = tree.path(index)
                // Every byte in small trees; one byte of every hash, by turns, in larger ones.
                for (place, hash) in path.enumerated() {
                    let bytes = size <= 12 ? 0..<32 : (index % 32)..<(index % 32 + 1)
                    for byte in bytes {
                        var changed = path
                        changed[place] = try #require(
                            HashValue(bytes: hash.bytes.flipped(at: byte)))
                        refuses(index, size, changed, all[index], root)
                    }
                }
                let other = try #require(HashValue(bytes: root.bytes.flipped(at: index % 32)))
                refuses(index, size, path, all[index], other)
                refuses(index, size, path, other, root)
                refuses(index, size, path + [root], all[index], root)
                refuses(
                    index, size, Array(path.dropLast()) + (path.isEmpty ? [root] : []),
                    all[index], root)
                if size > 1 { refuses((index + 1) % size, size, path, all[index], root) }
                refuses(size, size, path, all[index], root)
            }
        }
    }

    @Test func refusesIndexesBeyondTheTree() {
        let hash = HashValue(of: [])
        #expect(throws: LogError.indexBeyondSize(index: 0, size: 0)) {
            try InclusionProof(index: 0, size: 0, hashes: []).verify(leaf: hash, root: hash)
        }
        #expect(throws: LogError.indexBeyondSize(index: .max, size: .max)) {
            try InclusionProof(index: .max, size: .max, hashes: []).verify(leaf: hash, root: hash)
        }
        #expect(throws: LogError.proofLength(expected: 64, found: 0)) {
            try InclusionProof(index: 1, size: .max, hashes: []).verify(leaf: hash, root: hash)
        }
    }

    @Test(arguments: 0..<40) func holdsForRandomTrees(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let size = Int.random(in: 65...700, using: &generator)
        let leaves = SampleLog.leaves(size)
        let root = MerkleTree.root(of: leaves)
        let tree = ReferenceTree(leaves)
        let index = Int.random(in: 0..<size, using: &generator)
        let proof = InclusionProof.build(
            index: UInt64(index), size: UInt64(size), subtree: tree.subtree)
        try proof.verify(leaf: leaves[index], root: root)
        let other = Int.random(in: 0..<size, using: &generator)
        if other != index {
            refuses(other, size, proof.hashes, leaves[index], root)
            refuses(index, size, proof.hashes, leaves[other], root)
        }
    }

    private func refuses(
        _ index: Int, _ size: Int, _ hashes: [HashValue], _ leaf: HashValue, _ root: HashValue
    ) {
        let proof = InclusionProof(index: UInt64(index), size: UInt64(size), hashes: hashes)
        #expect(throws: LogError.self, "\(index) of \(size)") {
            try proof.verify(leaf: leaf, root: root)
        }
    }
}
