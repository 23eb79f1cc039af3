public import Cryptography
public import Storage
import TransparencyLog

/// Takes what a peer brings beside entries: cosignatures, and blobs that are missing here.
///
/// `Protocol/sync.md § Push`. A line counts by the witness's key under the log's policy, a blob
/// by its hash and because an entry that is here names it; nothing else is stored.
public struct DeliveryDesk: Sendable {
    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// A checkpoint of the log with that hash, with the lines of witnesses under it.
    public func cosignatures(
        _ body: [UInt8], for log: HashValue
    ) throws(SyncError) -> Witness.Answer {
        guard let note = try? SignedNote(parsing: body),
            let head = try? TreeHead(parsing: note.text)
        else { return Witness.Answer(400, "not a checkpoint\n") }
        let record = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.log(originHash: log)
            }
        }
        guard let record else { return Witness.Answer(404, "the log is not known here\n") }
        guard record.origin.utf8.elementsEqual(head.origin.utf8) else {
            return Witness.Answer(400, "not a checkpoint of this log\n")
        }
        guard head.size <= record.usableSize else {
            return Witness.Answer(409, "\(record.usableSize)\n", contentType: "text/x.tlog.size")
        }
        guard let checkpoint = rules.checkpoint(note) else {
            return Witness.Answer(403, "no signature by a key of the log verifies\n")
        }
        do throws(SyncError) {
            let isNew = try Follower(database: database, rules: rules)
                .gather(checkpoint, adding: note.signatures, of: record)
            let lines = rules.policy(record.origin)?.valid(note.signatures, for: checkpoint)
            guard let lines, !lines.isEmpty else {
                return Witness.Answer(422, "no line by a witness of the policy verifies\n")
            }
            return Witness.Answer(200, isNew ? "stored\n" : "known\n")
        } catch {
            guard case .contradicted = error else { throw error }
            return Witness.Answer(422, "\(error)\n")
        }
    }

    /// Whether an entry names that blob and it is not here: asked before a body is read.
    public func misses(_ hash: HashValue) throws(SyncError) -> Bool {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.isMissing(hash) }
        }
    }

    public func blob(_ body: [UInt8], _ hash: HashValue) throws(SyncError) -> Witness.Answer {
        guard try misses(hash) else { return Witness.Answer(200, "not missing\n") }
        guard HashValue(of: body) == hash else {
            return Witness.Answer(422, "the bytes do not have this SHA-256\n")
        }
        try SyncError.storing { () throws(StorageError) in
            try database.storeBlob(body, hash: hash)
        }
        return Witness.Answer(200, "stored\n")
    }
}
