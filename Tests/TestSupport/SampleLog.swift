public import Cryptography
public import Encoding
public import Registry
public import TransparencyLog

/// A log in memory: acts appended by anybody, checkpoints cosigned by two witnesses when the
/// test says so.
public struct SampleLog {
    public let country: String
    public let origin: String
    public let root: NoteSigner
    public let next: NoteSigner
    public let witnesses: [NoteSigner]
    public private(set) var entries: [RegistryEntry] = []
    public private(set) var checkpoints: [Checkpoint] = []
    private var leaves: [HashValue] = []

    public init(_ country: String, isWitnessed: Bool = true) throws {
        self.country = country
        origin = "sample.example/\(country.lowercased())/1"
        root = try SampleKeys.signer("\(country)-root")
        next = try SampleKeys.signer("\(country)-root", seed: "\(country)-root-2")
        witnesses =
            isWitnessed
            ? try ["w1.example", "w2.example"].map { try SampleKeys.witness($0) } : []
    }

    public var pin: LogPin {
        LogPin(
            origin: origin, root: root.verifier,
            nextRoot: HashValue(of: next.verifier.description.utf8))
    }

    public var size: UInt64 { UInt64(entries.count) }

    public var policyText: String {
        get throws { try policy.text }
    }

    public var policy: WitnessPolicy {
        get throws {
            try WitnessPolicy.requiring(
                witnesses.count, of: witnesses.map { ($0.verifier.name, $0.verifier, nil) })
        }
    }

    public func logSigner() throws -> NoteSigner {
        try SampleKeys.signer(origin, seed: "\(country)-log")
    }

    // MARK: Acts

    public func envelope(
        _ kind: String, by author: String, about subjects: [String], origin: String? = nil,
        id: String? = nil, isCritical: Bool = true
    ) -> Envelope {
        let seed = HashValue(of: "\(country) \(entries.count) \(kind) \(author)".utf8)
        return Envelope(
            id: id ?? Hexadecimal.encode(seed.bytes.prefix(16)), origin: origin ?? self.origin,
            kind: kind, isCritical: isCritical, author: author, subjects: subjects)
    }

    /// An entry signed by its author's usual key, or by those given.
    public func entry(
        _ kind: String, by author: String, about subjects: [String], _ act: JSONObject,
        signedBy signers: [NoteSigner]? = nil, id: String? = nil
    ) throws -> RegistryEntry {
        let signers = try signers ?? [SampleKeys.signer(author)]
        return try RegistryEntry(
            envelope: envelope(kind, by: author, about: subjects, id: id), act: act,
            signedBy: signers)
    }

    /// Puts the entry into the log, whatever it is worth.
    @discardableResult
    public mutating func append(_ entry: RegistryEntry) -> UInt64 {
        entries.append(entry)
        leaves.append(MerkleTree.leafHash(entry.serialized))
        return UInt64(entries.count - 1)
    }

    @discardableResult
    public mutating func add(
        _ kind: String, by author: String, about subjects: [String], _ act: JSONObject,
        signedBy signers: [NoteSigner]? = nil
    ) throws -> UInt64 {
        append(try entry(kind, by: author, about: subjects, act, signedBy: signers))
    }

    @discardableResult
    public mutating func withdraw(
        _ index: UInt64, by author: String, from: String? = nil, annul: Bool = false,
        signedBy signers: [NoteSigner]? = nil
    ) throws -> UInt64 {
        let target = entries[Int(index)]
        var act: JSONObject = [
            "act": .string(target.identity.hexadecimal), "reason": "stated by the test",
        ]
        act["from"] = from.map(JSONValue.string)
        if annul { act["annul"] = true }
        return try add(
            "withdrawal", by: author, about: target.envelope.subjects, act, signedBy: signers)
    }

    // MARK: Checkpoints

    /// Signs the tree as it is and lets the witnesses cosign it at that time.
    public mutating func seal(at time: Timestamp) throws {
        checkpoints.append(try sealed(at: time))
    }

    public func sealed(at time: Timestamp, by signer: NoteSigner? = nil) throws -> Checkpoint {
        let head = try TreeHead(
            origin: origin, size: size, root: MerkleTree.root(of: leaves))
        return try Checkpoint.signed(head, by: signer ?? logSigner())
            .adding(witnesses.map { $0.cosign(head, at: time) })
    }

    public func newest() throws -> WitnessedCheckpoint {
        guard let last = checkpoints.last, let opened = try policy.open(last) else {
            throw SampleError.noCheckpoint
        }
        return opened
    }

    public func root(ofSize size: UInt64) -> HashValue {
        MerkleTree.root(of: Array(leaves.prefix(Int(size))))
    }

    private func subtree(_ level: Int, _ index: UInt64) -> HashValue {
        let start = Int(index << UInt64(level))
        return MerkleTree.root(of: Array(leaves[start..<(start + 1 << level)]))
    }

    public func inclusion(of index: UInt64, size: UInt64) -> [HashValue] {
        InclusionProof.build(index: index, size: size) { level, place in
            subtree(level, place)
        }.hashes
    }

    public func consistency(from old: UInt64, to size: UInt64) -> [HashValue] {
        ConsistencyProof.build(oldSize: old, newSize: size) { level, place in
            subtree(level, place)
        }.hashes
    }

    // MARK: What it amounts to

    /// The entries with their logged times; what no checkpoint covers is unwitnessed.
    public func logged(reading now: Timestamp = Timestamp(seconds: 0)) throws -> [LoggedEntry] {
        let opened = try checkpoints.compactMap { checkpoint in try policy.open(checkpoint) }
        return entries.enumerated().map { place, entry in
            let index = UInt64(place)
            let covering = opened.filter { index < $0.checkpoint.head.size }
            return LoggedEntry(
                entry: entry, index: index,
                loggedTime: covering.compactMap(\.quorumTime).min() ?? now,
                isWitnessed: !covering.isEmpty)
        }
    }

    public func state(reading now: Timestamp = Timestamp(seconds: 0)) throws -> LogState {
        LogState(pin: pin, folding: try logged(reading: now))
    }
}
