import Credentials
import Cryptography
import Issuance
import TestSupport
import Testing
import TransparencyLog

@Suite struct BatchTreeTests {
    private static let seed = [UInt8](repeating: 7, count: BatchTree.seedByteCount)

    private static func leaves(_ count: Int) -> [HashValue] {
        (0..<count).map { HashValue(of: Array("leaf \($0)".utf8)) }
    }

    @Test(arguments: [1, 2, 63, 64, 65, 1_000])
    func everyPathLeadsToTheRoot(_ count: Int) throws {
        let leaves = Self.leaves(count)
        let tree = try BatchTree(leaves, seed: Self.seed)
        #expect(tree.count == UInt64(max(64, count)))
        var places: Set<UInt64> = []
        for (row, leaf) in leaves.enumerated() {
            let path = tree.path(of: row, origin: "o", entry: 5)
            try InclusionProof(index: path.leafIndex, size: tree.count, hashes: path.hashes)
                .verify(leaf: leaf, root: tree.root)
            #expect(path.entryIndex == 5)
            places.insert(path.leafIndex)
        }
        #expect(places.count == count)
    }

    /// An import that was interrupted must end with the tree that it began.
    @Test func oneSeedGivesOneTree() throws {
        let leaves = Self.leaves(100)
        let tree = try BatchTree(leaves, seed: Self.seed)
        #expect(try BatchTree(leaves, seed: Self.seed).root == tree.root)
        var other = Self.seed
        other[31] ^= 1
        #expect(try BatchTree(leaves, seed: other).root != tree.root)
        // Held: a program of another version goes on with the same places.
        #expect(
            (0..<4).map { tree.path(of: $0, origin: "o", entry: 0).leafIndex } == [33, 83, 49, 21])
    }

    @Test func theLeavesSayNothingOfTheOrder() throws {
        let tree = try BatchTree(Self.leaves(64), seed: Self.seed)
        let places = (0..<64).map { tree.path(of: $0, origin: "o", entry: 0).leafIndex }
        #expect(places != places.sorted())
    }

    @Test func refusesNothingAndTooMuch() {
        #expect(throws: IssuanceError.nothingToIssue) {
            try BatchTree([], seed: Self.seed)
        }
        let limit = AwardBatch.countLimit
        #expect(throws: IssuanceError.tooMany(limit: limit, found: limit + 1)) {
            try BatchTree(
                Array(repeating: HashValue(of: [1]), count: limit + 1), seed: Self.seed)
        }
    }
}
