public import Storage
public import TransparencyLog

/// The one writer of a node's own log.
///
/// `Protocol/log.md § Publishing`: entries first, durably; then a second look at what the disk
/// holds; the buddy's grant; the question to the witnesses; the signature; the note, by
/// compare-and-swap. After a crash between any two steps `resume()` signs the same bytes, since
/// nothing of a checkpoint depends on time or chance.
public struct Publisher: Sendable {
    private let database: LogDatabase
    private let origin: String
    private let signer: NoteSigner
    private let panel: PublicationPanel
    /// Keys of this log that signed before this one.
    private let formerKeys: [NoteKey]

    public init(
        database: LogDatabase, origin: String, signer: NoteSigner,
        panel: PublicationPanel = .none, formerKeys: [NoteKey] = []
    ) {
        self.formerKeys = formerKeys
        self.database = database
        self.origin = origin
        self.signer = signer
        self.panel = panel
    }

    /// Appends entries that the log has admitted and signs the new checkpoint.
    ///
    /// - Parameter size: the size at which they were admitted; another writer's entry in
    ///   between refuses them all.
    /// - Throws: `sealed` and `buddySilent` before anything was appended, wherever that can be
    ///   known by then; what was appended is signed by the next call.
    @discardableResult
    public func publish(
        _ entries: [NewEntry], expecting size: UInt64
    ) async throws(SyncError) -> Checkpoint {
        try checkKey()
        try checkSeal()
        _ = try state()
        if let buddy = try panel.buddy() {
            do throws(SyncError) { _ = try await buddy.seen(of: origin) } catch {
                throw .buddySilent(name: buddy.name, reason: error.description)
            }
        }
        try SyncError.storing { () throws(StorageError) in
            // Crash point: before the commit nothing happened; after it `resume` goes on.
            _ = try database.append(entries, to: origin, expecting: size)
        }
        return try await sign()
    }

    /// Signs what a crash left unsigned; call it at every start, before anything else writes.
    @discardableResult
    public func resume() async throws(SyncError) -> Checkpoint {
        try checkKey()
        return try await sign()
    }

    private func checkKey() throws(SyncError) {
        guard signer.verifier.algorithm == .ed25519,
            signer.verifier.name.utf8.elementsEqual(origin.utf8)
        else { throw .notOwnKey(origin: origin) }
    }

    private func checkSeal() throws(SyncError) {
        let reasons = try SyncError.storing { () throws(StorageError) in
            try database.sealReasons()
        }
        guard reasons.isEmpty else { throw .storage(.sealed(reasons)) }
    }

    /// The log as it is stored, its newest note, and the size that is to be signed.
    private struct State {
        let record: LogRecord
        let head: StoredCheckpoint?
    }

    private func state() throws(SyncError) -> State {
        let (head, record) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (try snapshot.head(origin), try snapshot.log(origin))
            }
        }
        guard let record else { throw .storage(.unknownLog(origin: origin)) }
        guard record.isOwn else { throw .storage(.ownership(origin: origin, isOwn: false)) }
        guard record.standing == .sound else {
            throw .halted(origin: origin, size: record.usableSize)
        }
        return State(record: record, head: head)
    }

    @discardableResult
    private func sign() async throws(SyncError) -> Checkpoint {
        let before = try state()
        if let head = before.head, head.head.size == before.record.size {
            for key in [signer.verifier] + formerKeys {
                if let checkpoint = try? Checkpoint(opening: head.note, signedBy: key) {
                    return checkpoint
                }
            }
            throw .notOwnKey(origin: origin)
        }
        try checkSeal()
        let tree = try secondLook(before)
        // Crash point: from here on the file says which checkpoint comes next, and no other.
        try SyncError.storing { () throws(StorageError) in try database.stage(tree) }
        try await grant(tree, since: before.head?.head.size ?? 0)
        try await askWitnesses()
        let checkpoint = Checkpoint.signed(tree, by: signer)
        try SyncError.storing { () throws(StorageError) in
            // Crash point: a note that was signed and not stored is signed again, byte for
            // byte; nobody has seen it yet.
            try database.publish(
                CheckpointRecord(checkpoint), replacing: try database.head(of: origin)?.note)
        }
        return checkpoint
    }

    /// The tree that is to be signed: that of the begun checkpoint, or of all entries.
    ///
    /// Order: a fresh read of the disk, after the commit, by another routine than the one that
    /// made the stored hashes. A flipped bit would otherwise be signed for ever.
    private func secondLook(_ state: State) throws(SyncError) -> TreeHead {
        let size = state.record.size
        let (root, second) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (
                    try snapshot.root(origin, size: size),
                    try snapshot.independentRoot(origin, size: size, since: state.head?.head)
                )
            }
        }
        guard root == second, let tree = try? TreeHead(origin: origin, size: size, root: root)
        else { throw .secondLook(origin: origin, size: size) }
        return tree
    }

    private func grant(_ tree: TreeHead, since size: UInt64) async throws(SyncError) {
        guard let buddy = try panel.buddy() else { return }
        do throws(SyncError) {
            try await buddy.grant(tree, signer: signer, since: size) {
                oldSize throws(SyncError) in
                try SyncError.storing { () throws(StorageError) in
                    try database.read { snapshot throws(StorageError) in
                        try snapshot.consistencyProof(origin, from: oldSize, to: tree.size)
                    }
                }
            }
        } catch .buddyRefused(let name, let seen) {
            // Another copy of this node was granted another history: this one stops.
            let reason: SealReason =
                seen > tree.size
                ? .ahead(name: name, size: seen, own: tree.size)
                : .contradicted(name: name, size: seen)
            try seal(reason)
            throw .buddyRefused(name: name, size: seen)
        }
    }

    /// Whoever answers may stop the signature; whoever is silent cannot, or a neighbour could
    /// veto a revocation by saying nothing.
    private func askWitnesses() async throws(SyncError) {
        switch try await panel.judge(origin, in: database).judgement {
        case .reached, .refused(.quorumSilent): return
        case .refused(let reason):
            try seal(reason)
            throw .storage(.sealed([reason]))
        }
    }

    private func seal(_ reason: SealReason) throws(SyncError) {
        try SyncError.storing { () throws(StorageError) in
            try database.closeSession([reason])
        }
    }
}

extension LogDatabase {
    /// The newest checkpoint of a log.
    func head(of origin: String) throws(StorageError) -> StoredCheckpoint? {
        try read { snapshot throws(StorageError) in try snapshot.head(origin) }
    }
}
