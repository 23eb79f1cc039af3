internal import Cryptography
public import Encoding
public import TransparencyLog

/// A country of the sample network: its log's key and its witness's, from one small number.
public struct SampleCountry: Sendable {
    public let origin: String
    public let log: NoteSigner
    public let witness: NoteSigner

    public init(_ code: String, _ number: UInt8, generation: Int = 1) throws {
        origin = "sample.example/\(code)/\(generation)"
        let name = "witness.example/\(code)"
        log = try NoteSigner(
            name: origin, key: SigningKey(seed: [UInt8](repeating: number, count: 32)),
            algorithm: .ed25519)
        witness = try NoteSigner(
            name: name, key: SigningKey(seed: [UInt8](repeating: 100 + number, count: 32)),
            algorithm: .cosignature)
    }

    /// The bytes of an entry; another branch gives other bytes.
    public static func entry(_ index: Int, branch: String = "", count: Int = 0) -> [UInt8] {
        let text = "entry \(index)\(branch)"
        return Array(text.utf8)
            + [UInt8](repeating: 0x2E, count: max(0, count - text.utf8.count))
    }

    public static func entries(
        _ range: Range<Int>, branch: String = "", from fork: Int = 0
    ) -> [[UInt8]] {
        range.map { entry($0, branch: $0 < fork ? "" : branch) }
    }

    /// The checkpoint over those entries, cosigned by some at a time.
    public func checkpoint(
        _ entries: [[UInt8]], cosignedBy witnesses: [SampleCountry] = [],
        at time: Timestamp = Timestamp(seconds: 1_800_000_000)
    ) throws -> Checkpoint {
        let head = try TreeHead(
            origin: origin, size: UInt64(entries.count),
            root: MerkleTree.root(of: entries.map(MerkleTree.leafHash)))
        return Checkpoint.signed(head, by: log)
            .adding(witnesses.map { $0.witness.cosign(head, at: time) })
    }

    /// The policy that asks for the cosignatures of so many of those countries.
    public static func policy(
        _ quorum: Int, of countries: [SampleCountry]
    ) throws -> WitnessPolicy {
        try WitnessPolicy.requiring(
            quorum,
            of: countries.map { ($0.witness.verifier.name, $0.witness.verifier, nil) })
    }
}
