public import Cryptography
internal import Encoding
public import Storage
public import TransparencyLog

/// Takes and passes on proofs of forks: to everybody, for ever.
///
/// `Protocol/sync.md § Split views`. A proof is judged before anything is stored; what proves
/// nothing changes nothing.
public struct SplitViewExchange: Sendable {
    public enum Outcome: Hashable, Sendable {
        case stored(HashValue)
        case known(HashValue)
        /// Not of a log that is known here, or no proof.
        case refused
    }

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// Judges a proof and stores it.
    public func take(_ splitView: SplitView) throws(SyncError) -> Outcome {
        let heads = [splitView.notes.0, splitView.notes.1].compactMap {
            try? TreeHead(parsing: $0.text)
        }
        guard let origin = heads.first?.origin else { return .refused }
        let identity = splitView.identity
        let (isKnown, log, witnessed) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                guard let log = try snapshot.log(origin) else {
                    return (false, LogRecord?.none, StoredCheckpoint?.none)
                }
                return (
                    try snapshot.splitView(identity) != nil, log,
                    try snapshot.witnessedHead(origin)
                )
            }
        }
        guard let log else { return .refused }
        if isKnown { return .known(identity) }
        let keys = heads.flatMap { rules.keys(origin, $0.size) }
        guard splitView.judge(keys: keys) else { return .refused }
        let standing = standing(of: splitView, keys, witnessed: witnessed?.head.size ?? 0)
        try SyncError.storing { () throws(StorageError) in
            try database.store(splitView, of: log.origin, standing: standing)
        }
        return .stored(identity)
    }

    /// Two quorums freeze the log where a proof leaves nothing shared that is known; anything
    /// less is misuse of its key.
    private func standing(
        of splitView: SplitView, _ keys: [NoteKey], witnessed: UInt64
    ) -> LogStanding {
        let policy = rules.policy(splitView.origin ?? "")
        let hasQuorum = [splitView.notes.0, splitView.notes.1].map { note in
            keys.contains { key in
                guard let checkpoint = try? Checkpoint(opening: note, signedBy: key) else {
                    return false
                }
                return policy.map { rules.record(checkpoint).quorumTime != nil || $0.isUnwitnessed }
                    ?? true
            }
        }
        return hasQuorum.allSatisfy(\.self)
            ? .frozen(commonSize: 0) : .keyMisused(goodSize: witnessed)
    }

    /// Fetches what a peer knows and we do not, and sends what we know and it does not.
    @discardableResult
    public func exchange(with client: PeerClient) async throws(SyncError) -> [Outcome] {
        let theirs = try await client.splitViews()
        let ours = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.splitViews() }
        }
        var outcomes: [Outcome] = []
        for identity in Set(theirs).subtracting(ours) {
            outcomes.append(try take(try await client.splitView(identity)))
        }
        for identity in Set(ours).subtracting(theirs) {
            let splitView = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    try snapshot.splitView(identity)
                }
            }
            if let splitView {
                // A peer that does not know the log refuses, and that is no failure.
                _ = try await client.post(
                    PeerPath.splitViews, splitView.serialized, contentType: "application/json")
            }
        }
        return outcomes
    }
}
