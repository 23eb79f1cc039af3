public import Credentials
public import Cryptography
public import Encoding
import TransparencyLog

/// The awards of a while, or the statements, signed, shuffled and hashed into one tree.
///
/// `Protocol/batch.md`. A leaf is the RFC 6962 leaf hash of the exact compact issuer-signed
/// JWT; leaves are shuffled so that their order says nothing, and padded with random ones.
public struct AwardBatch: Sendable {
    /// The signed credentials, in the order in which they were given.
    public let credentials: [SDJWT]
    public let count: UInt64
    public let root: HashValue
    public let earliest: CalendarDate
    public let latest: CalendarDate
    private let paths: [InclusionProof]

    /// A batch holds at most so many leaves, so that paths stay short.
    public static let countLimit = 1 << 17

    /// A batch of paper credentials holds at most so many, so that a path fits into a QR code.
    public static let paperLimit = 1_024

    /// Signs the credentials and builds the tree.
    ///
    /// - Parameters:
    ///   - leastLeaves: padding with random leaves up to this many.
    ///   - isOpen: for paper: nothing in a credential can be kept back.
    public init(
        signing unsigned: [IssuedCredential], by key: SigningKey, leastLeaves: Int = 64,
        isOpen: Bool = false, using generator: inout some RandomNumberGenerator
    ) throws(IssuanceError) {
        var credentials: [SDJWT] = []
        credentials.reserveCapacity(unsigned.count)
        for (index, item) in unsigned.enumerated() {
            do throws(CredentialError) {
                credentials.append(
                    try item.issued(isOpen: isOpen, by: key, using: &generator))
            } catch { throw .credential(line: index + 1, error) }
        }
        try self.init(
            of: unsigned, signed: credentials, leastLeaves: leastLeaves, using: &generator)
    }

    /// Builds the tree over credentials that are signed already.
    ///
    /// - Parameter credentials: what was signed of each, in the same order.
    public init(
        of unsigned: [IssuedCredential], signed credentials: [SDJWT], leastLeaves: Int = 64,
        using generator: inout some RandomNumberGenerator
    ) throws(IssuanceError) {
        precondition(unsigned.count == credentials.count, "each credential is signed once")
        guard let first = unsigned.first else { throw .nothingToIssue }
        guard unsigned.count <= AwardBatch.countLimit else {
            throw .tooMany(limit: AwardBatch.countLimit, found: unsigned.count)
        }
        var places: Set<StatusReference> = []
        for (index, item) in unsigned.enumerated() {
            guard item.frame.issuer == first.frame.issuer else {
                throw .severalIssuers(line: index + 1)
            }
            guard places.insert(item.frame.status).inserted else {
                throw .statusTwice(line: index + 1)
            }
        }
        let leafCount = max(unsigned.count, leastLeaves)
        let leafPlaces = Array((0..<leafCount).shuffled(using: &generator).prefix(unsigned.count))
        var leaves: [HashValue?] = Array(repeating: nil, count: leafCount)
        for (place, credential) in zip(leafPlaces, credentials) {
            leaves[place] = MerkleTree.leafHash(credential.issuerSignedBytes)
        }
        let filled = leaves.map { leaf in
            leaf ?? HashValue(of: [UInt8].random(count: 32, using: &generator))
        }
        let tree = LeafTree(filled)
        root = tree.root
        paths = leafPlaces.map { tree.proof(of: UInt64($0)) }
        count = UInt64(leafCount)
        earliest = unsigned.map(\.day).min() ?? first.day
        latest = unsigned.map(\.day).max() ?? first.day
        self.credentials = credentials
    }

    /// The same for awards.
    public init(
        signing awards: [QualificationCredential], by key: SigningKey, leastLeaves: Int = 64,
        using generator: inout some RandomNumberGenerator
    ) throws(IssuanceError) {
        try self.init(
            signing: awards.map(IssuedCredential.award), by: key, leastLeaves: leastLeaves,
            using: &generator)
    }

    /// The act that publishes the batch of that body or authority.
    public func act(body: String, list: String) -> JSONObject {
        [
            "body": .string(body), "list": .string(list), "count": .integer(Int64(count)),
            "earliest": .string(earliest.description), "latest": .string(latest.description),
            "root": .string(root.hexadecimal),
        ]
    }

    /// The files for the holders, once the log has given the batch its place.
    public func files(origin: String, entry: UInt64) -> [CredentialFile] {
        zip(credentials, paths).map { credential, path in
            CredentialFile(
                credential: credential,
                batch: BatchPath(
                    origin: origin, entryIndex: entry, leafIndex: path.index, hashes: path.hashes))
        }
    }
}
