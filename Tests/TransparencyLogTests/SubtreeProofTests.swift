import Cryptography
import TestSupport
import Testing
import TransparencyLog

@Suite struct SubtreeProofTests {
    private static func leaves(_ count: Int) -> [HashValue] {
        (0..<count).map { MerkleTree.leafHash([UInt8($0)]) }
    }

    /// Every subtree of every tree up to 40 entries.
    private static let ranges: [(Int, Range<Int>)] = (1...40).flatMap { size in
        (0..<size).flatMap { start in
            ((start + 1)...size).compactMap { end in
                var width = 1
                while width < end - start { width *= 2 }
                return start.isMultiple(of: width) ? (size, start..<end) : nil
            }
        }
    }

    /// SUBTREE_PROOF of the draft, word for word.
    private static func proof(
        _ range: Range<Int>, _ tree: Range<Int>, _ isWhole: Bool, _ reference: ReferenceTree
    ) -> [HashValue] {
        if range == tree {
            return isWhole ? [] : [reference.root(tree.lowerBound, tree.upperBound)]
        }
        var half = 1
        while half * 2 < tree.count { half *= 2 }
        let middle = tree.lowerBound + half
        if range.upperBound <= middle {
            return proof(range, tree.lowerBound..<middle, isWhole, reference)
                + [reference.root(middle, tree.upperBound)]
        }
        let left = reference.root(tree.lowerBound, middle)
        if range.lowerBound >= middle {
            return proof(range, middle..<tree.upperBound, isWhole, reference) + [left]
        }
        return proof(middle..<range.upperBound, middle..<tree.upperBound, false, reference) + [left]
    }

    @Test func agreesWithTheDraftOnEverySubtree() throws {
        #expect(Self.ranges.count > 1_000)
        for (size, range) in Self.ranges {
            let reference = ReferenceTree(Self.leaves(size))
            let wide = UInt64(range.lowerBound)..<UInt64(range.upperBound)
            let hashes = SubtreeProof.build(
                range: wide, size: UInt64(size), subtree: reference.subtree)
            #expect(hashes == Self.proof(range, 0..<size, true, reference), "\(size) \(range)")
            let subtree = reference.root(range.lowerBound, range.upperBound)
            let proof = try SubtreeProof(range: wide, size: UInt64(size), hashes: hashes)
            let left = try proof.verify(subtree: subtree, root: reference.root)
            // The siblings to the left are everything before the entries, and nothing else.
            var covered: UInt64 = 0
            for sibling in left.sorted(by: { $0.index << $0.level < $1.index << $1.level }) {
                #expect(sibling.index << UInt64(sibling.level) == covered)
                #expect(sibling.hash == reference.subtree(sibling.level, sibling.index))
                covered += 1 << UInt64(sibling.level)
            }
            #expect(covered == wide.lowerBound, "\(size) \(range)")
        }
    }

    @Test func refusesEveryOtherHash() throws {
        for (size, range) in Self.ranges where size < 14 {
            let reference = ReferenceTree(Self.leaves(size))
            let wide = UInt64(range.lowerBound)..<UInt64(range.upperBound)
            let hashes = SubtreeProof.build(
                range: wide, size: UInt64(size), subtree: reference.subtree)
            let subtree = reference.root(range.lowerBound, range.upperBound)
            func isTaken(_ hashes: [HashValue], _ subtree: HashValue) throws -> Bool {
                let proof = try SubtreeProof(range: wide, size: UInt64(size), hashes: hashes)
                return (try? proof.verify(subtree: subtree, root: reference.root)) != nil
            }
            let other = HashValue(of: [9])
            #expect(try !isTaken(hashes, other))
            #expect(try !isTaken(hashes + [other], subtree))
            #expect(try !isTaken([other] + hashes, subtree))
            for place in hashes.indices {
                var changed = hashes
                changed[place] = other
                #expect(try !isTaken(changed, subtree), "\(size) \(range) \(place)")
                changed.remove(at: place)
                #expect(try !isTaken(changed, subtree))
            }
        }
    }

    @Test(arguments: [(0, 0, 5), (1, 3, 5), (2, 5, 8), (4, 9, 16), (0, 6, 5), (3, 5, 8)])
    func refusesWhatIsNoSubtree(_ start: UInt64, _ end: UInt64, _ size: UInt64) {
        #expect(throws: LogError.self) {
            try SubtreeProof(range: start..<end, size: size, hashes: [])
        }
    }
}
