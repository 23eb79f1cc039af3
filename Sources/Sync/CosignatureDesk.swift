public import Storage
public import TransparencyLog

/// Takes cosignatures that a witness or mirror delivers by itself, because it followed the log.
///
/// `Protocol/witness.md § Delivering`. A line counts by its witness's key and by nothing else;
/// who brought it does not matter.
public struct CosignatureDesk: Sendable {
    /// The bytes of the largest delivery: a note with a few lines.
    public static let byteLimit = 65_536

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// Answers `POST /<log>/cosignature`: the checkpoint with the lines under it.
    public func answer(_ body: [UInt8], for origin: String) throws(SyncError) -> Witness.Answer {
        guard body.count <= CosignatureDesk.byteLimit, let note = try? SignedNote(parsing: body),
            let head = try? TreeHead(parsing: note.text),
            head.origin.utf8.elementsEqual(origin.utf8)
        else { return Witness.Answer(400, "not a checkpoint of this log with lines under it\n") }
        let known = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                guard let log = try snapshot.log(origin) else { return KnownTree.none }
                guard head.size <= log.usableSize else { return .tooLarge }
                return try snapshot.root(origin, size: head.size) == head.root ? .same : .other
            }
        }
        switch known {
        case .none: return Witness.Answer(404, "the log is not known here\n")
        case .tooLarge: return Witness.Answer(409, "the entries are not here yet\n")
        case .other: return Witness.Answer(422, "another tree than the one here\n")
        case .same: break
        }
        let opened = rules.keys(origin, head.size).lazy.compactMap {
            try? Checkpoint(opening: note, signedBy: $0)
        }.first
        guard let checkpoint = opened, let policy = rules.policy(origin) else {
            return Witness.Answer(403, "no signature by a key of the log verifies\n")
        }
        let lines = policy.valid(note.signatures, for: checkpoint)
        guard !lines.isEmpty else {
            return Witness.Answer(422, "no line by a witness of the policy verifies\n")
        }
        try Follower(database: database, rules: rules)
            .adopt(rules.record(checkpoint.withoutCosignatures, adding: lines))
        return Witness.Answer(200, "taken\n")
    }

    private enum KnownTree { case none, tooLarge, other, same }
}
