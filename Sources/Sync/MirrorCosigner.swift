internal import Cryptography
public import Encoding
public import Storage
public import TransparencyLog

/// Cosigns what this node holds a copy of: a cosigner beside the plain witness, with a name and
/// a key of its own.
///
/// C2SP tlog-mirror, `Protocol/witness.md § Mirrors`. It signs nothing whose entries are not on
/// disk here, under the log's own checkpoint; and it shares the witness's memory, so that the
/// two never stand under two histories.
public struct MirrorCosigner: Sendable {
    private let database: LogDatabase
    private let signer: NoteSigner
    private let rules: LogRules

    /// - Precondition: the signer's key is of type `cosignature`, and no witness's.
    public init(database: LogDatabase, signer: NoteSigner, rules: LogRules) {
        precondition(signer.verifier.algorithm == .cosignature, "a mirror's key cosigns")
        self.database = database
        self.signer = signer
        self.rules = rules
    }

    public var verifier: NoteKey { signer.verifier }

    /// The newest checkpoint of a copied log with this mirror's line, made now if the one that
    /// is kept is of an older checkpoint or due for renewal; nil while nothing may be signed.
    public func cosigned(
        _ origin: String, at time: Timestamp, renewal: CosignatureRenewal = .always
    ) throws(SyncError) -> (note: SignedNote, isNew: Bool)? {
        let (log, head, kept) = try read { snapshot throws(StorageError) in
            (
                try snapshot.log(origin),
                try snapshot.log(origin) == nil
                    ? nil : snapshot.head(origin), try snapshot.mirrorNote(origin)
            )
        }
        guard let log, !log.isOwn, let head, head.head.size > 0,
            head.head.size <= log.usableSize
        else { return nil }
        if let kept, (try? TreeHead(parsing: kept.text)) == head.head,
            !renewal.isDue(kept.cosignatureTime(by: verifier))
        {
            return (kept, false)
        }
        guard let checkpoint = opened(head), try remember(head.head) else { return nil }
        // Crash point: the head is on disk; asked again, the same head is cosigned anew.
        let line = signer.cosign(head.head, at: time)
        let note = checkpoint.withoutCosignatures.adding([line]).note
        try SyncError.storing { () throws(StorageError) in
            try database.keepMirrorNote(note, of: origin)
        }
        try Follower(database: database, rules: rules)
            .adopt(rules.record(checkpoint, adding: [line]))
        return (note, true)
    }

    private func opened(_ head: StoredCheckpoint) -> Checkpoint? {
        rules.keys(head.head.origin, head.head.size).lazy
            .compactMap { try? Checkpoint(opening: head.note, signedBy: $0) }.first
    }

    /// Stores the head as seen, if it extends all that this node ever cosigned of the log.
    private func remember(_ head: TreeHead) throws(SyncError) -> Bool {
        let seen = try read { snapshot throws(StorageError) in
            try snapshot.witnessState(head.origin)
        }
        if let seen {
            guard seen.size <= head.size else { return false }
            let root = try read { snapshot throws(StorageError) in
                try snapshot.root(head.origin, size: seen.size)
            }
            guard root == seen.root else { return false }
        }
        do throws(StorageError) {
            return try database.cosign(head.origin) { context in
                // Another request came in between: the next round looks again.
                let mayCosign =
                    context.latest == seen && !context.isOwn && !context.isHalted(at: head.size)
                return (mayCosign ? head : nil, mayCosign)
            }
        } catch .sealed {
            return false
        } catch .incompleteMemory {
            return false
        } catch {
            throw .storage(error)
        }
    }

    private func read<Value>(
        _ body: (LogSnapshot) throws(StorageError) -> Value
    ) throws(SyncError) -> Value {
        do throws(StorageError) { return try database.read(body) } catch {
            throw .storage(error)
        }
    }
}
