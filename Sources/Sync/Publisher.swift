public import Storage
public import TransparencyLog

/// The one writer of a node's own log.
///
/// `Protocol/log.md § Publishing`: entries first, durably; then a second look at what the disk
/// holds; then the signature; then the note, by compare-and-swap. After a crash between any
/// two steps `resume()` signs the same bytes, since nothing of a checkpoint depends on time
/// or chance.
public struct Publisher: Sendable {
    private let database: LogDatabase
    private let origin: String
    private let signer: NoteSigner

    public init(database: LogDatabase, origin: String, signer: NoteSigner) {
        self.database = database
        self.origin = origin
        self.signer = signer
    }

    /// Appends entries that the log has admitted and signs the new checkpoint.
    ///
    /// - Parameter size: the size at which they were admitted; another writer's entry in
    ///   between refuses them all.
    @discardableResult
    public func publish(
        _ entries: [NewEntry], expecting size: UInt64
    ) throws(SyncError) -> Checkpoint {
        try checkKey()
        try SyncError.storing { () throws(StorageError) in
            // Crash point: before the commit nothing happened; after it `resume` goes on.
            _ = try database.append(entries, to: origin, expecting: size)
        }
        return try sign()
    }

    /// Signs what a crash left unsigned; call it at every start, before anything else writes.
    @discardableResult
    public func resume() throws(SyncError) -> Checkpoint {
        try checkKey()
        return try sign()
    }

    private func checkKey() throws(SyncError) {
        guard signer.verifier.algorithm == .ed25519,
            signer.verifier.name.utf8.elementsEqual(origin.utf8)
        else { throw .notOwnKey(origin: origin) }
    }

    private func sign() throws(SyncError) -> Checkpoint {
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
        if let head, head.head.size == record.size {
            guard let checkpoint = try? Checkpoint(opening: head.note, signedBy: signer.verifier)
            else { throw .notOwnKey(origin: origin) }
            return checkpoint
        }
        // Order: a fresh read of the disk, after the commit, by another routine than the one
        // that made the stored hashes. A flipped bit would otherwise be signed for ever.
        let (root, second) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (
                    try snapshot.root(origin, size: record.size),
                    try snapshot.independentRoot(origin, size: record.size, since: head?.head)
                )
            }
        }
        guard root == second,
            let tree = try? TreeHead(origin: origin, size: record.size, root: root)
        else { throw .secondLook(origin: origin, size: record.size) }
        let checkpoint = Checkpoint.signed(tree, by: signer)
        try SyncError.storing { () throws(StorageError) in
            // Crash point: a note that was signed and not stored is signed again, byte for
            // byte; nobody has seen it yet.
            try database.store(CheckpointRecord(checkpoint), replacing: head?.note)
        }
        return checkpoint
    }
}
