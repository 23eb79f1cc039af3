public import Credentials
public import Cryptography
public import Encoding
import TransparencyLog

/// The tree of a batch whose credentials were signed bit by bit: it needs their leaf hashes alone.
///
/// `Protocol/batch.md § Tree`. Places and padding follow from the seed, so that work which was
/// interrupted ends with the same tree; whoever does not know the seed learns nothing from them.
public struct BatchTree: Sendable {
    public let count: UInt64
    public let root: HashValue
    private let tree: LeafTree
    /// For each credential its leaf.
    private let places: [Int]

    public static let seedByteCount = 32

    /// - Parameters:
    ///   - leaves: the leaf hashes of the credentials, in the order of their rows.
    ///   - seed: 32 random bytes, kept secret.
    public init(
        _ leaves: [HashValue], seed: [UInt8], leastLeaves: Int = 64
    ) throws(IssuanceError) {
        guard !leaves.isEmpty else { throw .nothingToIssue }
        guard leaves.count <= AwardBatch.countLimit else {
            throw .tooMany(limit: AwardBatch.countLimit, found: leaves.count)
        }
        let size = max(leaves.count, leastLeaves)
        var places = Array(0..<size)
        // Fisher and Yates, with numbers that no version of the library changes.
        for last in stride(from: size - 1, to: 0, by: -1) {
            places.swapAt(last, Int(BatchTree.number(seed, last) % UInt64(last + 1)))
        }
        var filled = (0..<size).map { HashValue(of: seed + BatchTree.bytes($0) + [1]) }
        for (row, leaf) in leaves.enumerated() { filled[places[row]] = leaf }
        self.places = Array(places.prefix(leaves.count))
        tree = LeafTree(filled)
        root = tree.root
        count = UInt64(size)
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: UInt64(number) >> (8 * UInt64($0))) }
    }

    private static func number(_ seed: [UInt8], _ place: Int) -> UInt64 {
        HashValue(of: seed + bytes(place) + [0]).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The way from the credential of a row, counted from 0, to the root.
    public func path(of row: Int, origin: String, entry: UInt64) -> BatchPath {
        let proof = tree.proof(of: UInt64(places[row]))
        return BatchPath(
            origin: origin, entryIndex: entry, leafIndex: proof.index, hashes: proof.hashes)
    }

    /// Checks that a credential stands in the batch where its file says.
    public func verify(_ credential: SDJWT, at path: BatchPath) throws {
        try InclusionProof(index: path.leafIndex, size: count, hashes: path.hashes)
            .verify(leaf: BatchTree.leaf(of: credential), root: root)
    }

    /// The leaf hash of a credential.
    public static func leaf(of credential: SDJWT) -> HashValue {
        MerkleTree.leafHash(credential.issuerSignedBytes)
    }

    /// The act that publishes the batch of that body.
    public func act(
        body: String, list: String, earliest: CalendarDate, latest: CalendarDate
    ) -> JSONObject {
        [
            "body": .string(body), "list": .string(list), "count": .integer(Int64(count)),
            "earliest": .string(earliest.description), "latest": .string(latest.description),
            "root": .string(root.hexadecimal),
        ]
    }
}
