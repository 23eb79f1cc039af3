public import Cryptography
internal import Encoding
public import Registry
public import Storage
public import TransparencyLog

/// Takes and passes on proofs of faults: to everybody, for ever.
///
/// `Protocol/sync.md § Split views`. A proof is judged before anything is stored; what proves
/// nothing changes nothing.
public struct SplitViewExchange: Sendable {
    public enum Outcome: Hashable, Sendable {
        case stored(HashValue)
        case known(HashValue)
        /// Not about anybody who is known here, or no proof.
        case refused
    }

    /// Proofs about one name that are kept: more of them would say nothing new.
    public static let countLimit = 16
    /// Proofs that are fetched from, and sent to, one peer in one round.
    static let roundLimit = 64
    /// Those that prove nothing here after which a peer is asked for no more in one round.
    static let refusalLimit = 8

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    public func take(_ splitView: SplitView) throws(SyncError) -> Outcome {
        try take(FaultProof(.fork(splitView)))
    }

    /// Judges a proof and stores it, with what follows for the log.
    public func take(_ proof: FaultProof) throws(SyncError) -> Outcome {
        let identity = proof.identity
        if try read({ snapshot throws(StorageError) in try snapshot.fault(identity) }) != nil {
            return .known(identity)
        }
        if case .fork(let splitView) = proof.kind { return try take(splitView, identity) }
        guard let finding = proof.judge(keys: try keys(for: proof)) else { return .refused }
        if case .cosigner(let splitView, _) = proof.kind {
            // Two histories under a witness's name are often two of a log that is kept here.
            _ = try take(FaultProof(.fork(splitView)))
        }
        return try store(proof, about: finding.accused)
    }

    private func store(
        _ proof: FaultProof, about accused: String
    ) throws(SyncError) -> Outcome {
        let count = try read { snapshot throws(StorageError) in
            try snapshot.faultCount(about: accused)
        }
        guard count < SplitViewExchange.countLimit else { return .known(proof.identity) }
        try SyncError.storing { () throws(StorageError) in
            try database.store(proof, about: accused)
        }
        return .stored(proof.identity)
    }

    /// The keys of those whom a proof accuses, as far as they are known here.
    private func keys(for proof: FaultProof) throws(SyncError) -> [NoteKey] {
        switch proof.kind {
        case .fork: return []
        case .foreignEntry(let note, _), .entryTwice(let note, _, _):
            guard let head = try? TreeHead(parsing: note.text) else { return [] }
            return rules.keys(head.origin, head.size)
        case .cosigner, .twoRoots, .extract:
            let origins = try read { snapshot throws(StorageError) in try snapshot.logs() }
                .map(\.origin)
            switch proof.kind {
            case .cosigner:
                return origins.compactMap(rules.policy).flatMap { $0.witnesses.map(\.key) }
            case .extract(let fault): return rules.extractKeys() + rules.roots(fault.origin)
            default: return origins.flatMap(rules.roots)
            }
        }
    }

    // MARK: Forks

    /// A split view, graded: a theft is kept as evidence, and takes nothing from the log.
    private func take(
        _ splitView: SplitView, _ identity: HashValue
    ) throws(SyncError) -> Outcome {
        guard let origin = splitView.origin,
            let log = try read({ snapshot throws(StorageError) in try snapshot.log(origin) }),
            let grade = SplitViewGrade(
                splitView, keys: { rules.keys(origin, $0) }, former: rules.everyKey(origin),
                policy: rules.policy(origin))
        else { return .refused }
        let standing = try standing(grade, splitView, origin)
        guard standing != .sound else {
            return try store(FaultProof(.fork(splitView)), about: origin)
        }
        let count = try read { snapshot throws(StorageError) in
            try snapshot.faultCount(about: origin)
        }
        guard
            count < SplitViewExchange.countLimit || log.standing.worse(of: standing) != log.standing
        else { return .known(identity) }
        try SyncError.storing { () throws(StorageError) in
            // The proof shows no tiles: how far the histories agree is asked of peers.
            try database.store(
                splitView, of: log.origin, standing: standing, isExact: false)
        }
        try accuseCosigners(of: splitView, origin)
        return .stored(identity)
    }

    private func standing(
        _ grade: SplitViewGrade, _ splitView: SplitView, _ origin: String
    ) throws(SyncError) -> LogStanding {
        switch grade {
        case .theft: return .sound
        case .keyMisused:
            let witnessed = try read { snapshot throws(StorageError) in
                try snapshot.witnessedHead(origin)
            }
            return .keyMisused(goodSize: witnessed?.head.size ?? 0)
        case .fork: return .frozen(commonSize: try commonSize(splitView, origin))
        }
    }

    /// What both histories begin with, as far as the proof and the copy here show it.
    private func commonSize(
        _ splitView: SplitView, _ origin: String
    ) throws(SyncError) -> UInt64 {
        guard case .inconsistent(let older, let newer, let subtrees) = splitView.kind,
            let old = try? TreeHead(parsing: older.text),
            let new = try? TreeHead(parsing: newer.text)
        else { return 0 }
        return try read { snapshot throws(StorageError) in
            // The copy holds the older history; the proof shows the newer one.
            guard let log = try snapshot.log(origin), log.size >= old.size,
                try snapshot.root(origin, size: old.size) == old.root
            else { return 0 }
            let nodes = MerkleTree.subtrees(covering: 0..<old.size)
            guard new.size > old.size, nodes.count <= subtrees.count else { return 0 }
            var common: UInt64 = 0
            for (node, hash) in zip(nodes, subtrees) {
                guard try snapshot.subtree(origin, level: node.level, index: node.index) == hash
                else { break }
                common += 1 << UInt64(node.level)
            }
            return common
        }
    }

    /// Names the witnesses that stand under both histories of a fork.
    func accuseCosigners(of splitView: SplitView, _ origin: String) throws(SyncError) {
        let witnesses = rules.policy(origin)?.witnesses.map(\.key) ?? []
        for witness in splitView.cosignersOfBoth(among: witnesses) {
            _ = try take(FaultProof(.cosigner(splitView, witness: witness)))
        }
    }

    // MARK: Peers

    /// Fetches what a peer knows and we do not, and sends what we know and it does not.
    @discardableResult
    public func exchange(with client: PeerClient) async throws(SyncError) -> [Outcome] {
        let theirs = try await client.splitViews()
        let ours = try read { snapshot throws(StorageError) in try snapshot.faultIdentities() }
        var outcomes: [Outcome] = []
        // SPEC: whoever shows what proves nothing is listened to less.
        var budget = SplitViewExchange.refusalLimit
        for identity in Set(theirs).subtracting(ours).prefix(SplitViewExchange.roundLimit)
        where budget > 0 {
            outcomes.append(try take(try await client.fault(identity)))
            if outcomes.last == .refused { budget -= 1 }
        }
        for identity in Set(ours).subtracting(theirs).prefix(SplitViewExchange.roundLimit) {
            let proof = try read { snapshot throws(StorageError) in try snapshot.fault(identity) }
            if let proof {
                // A peer that does not know the accused refuses, and that is no failure.
                _ = try await client.post(
                    PeerPath.splitViews, proof.serialized, contentType: "application/json")
            }
        }
        return outcomes
    }

    private func read<Value>(
        _ body: (LogSnapshot) throws(StorageError) -> Value
    ) throws(SyncError) -> Value {
        do throws(StorageError) { return try database.read(body) } catch {
            throw .storage(error)
        }
    }
}
