public import Encoding
public import Storage
public import TransparencyLog

/// Says what this node has seen of a log, sealed or not (`Protocol/witness.md § Seen`).
///
/// Writes nothing. What it signs is no cosignature and answers one question only.
public struct SeenDesk: Sendable {
    private let database: LogDatabase
    private let signer: NoteSigner

    /// - Precondition: the signer's key is of type `cosignature`.
    public init(database: LogDatabase, signer: NoteSigner) {
        precondition(signer.verifier.algorithm == .cosignature, "a witness's key says it")
        self.database = database
        self.signer = signer
    }

    public func answer(_ body: [UInt8], at time: Timestamp) throws(SyncError) -> Witness.Answer {
        guard let question = try? SeenRequest(parsing: body) else {
            return Witness.Answer(400, "not a question of what was seen\n")
        }
        let origin = question.origin
        let (isMatched, isLogMatched, staged) = try SyncError.storing {
            () throws(StorageError) in
            let witness = try database.isMatched(.witness)
            return (
                try database.isMatched(.buddy) && witness, try database.isMatched(.log),
                try database.stagedHead()
            )
        }
        let seen = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                let memory = try snapshot.witnessState(origin)
                let log = try snapshot.log(origin)
                let copied = log == nil ? nil : try snapshot.head(origin)?.head
                // Of the own log: also what was begun, and perhaps granted already.
                let begun = log?.isOwn == true ? staged : nil
                let largest = [memory, copied, try snapshot.grantState(origin), begun]
                    .compactMap { $0 }.max { $0.size < $1.size }
                let isCosigner = try snapshot.isComplete(.witness, of: origin)
                let isComplete = try snapshot.isComplete(.buddy, of: origin) && isCosigner
                return (
                    isKnown: log != nil || memory != nil, head: largest,
                    isMatched: log?.isOwn == true ? isLogMatched : isMatched && isComplete
                )
            }
        }
        guard seen.isKnown else { return Witness.Answer(404, "the log is not known here\n") }
        let statement = SeenStatement(
            origin: origin, size: seen.head?.size ?? 0,
            root: seen.head?.root ?? MerkleTree.emptyRoot,
            isMatched: seen.isMatched, nonce: question.nonce)
        guard let note = try? statement.signed(by: signer, at: time) else {
            return Witness.Answer(400, "not a question of what was seen\n")
        }
        return Witness.Answer(200, String(decoding: note.serialized, as: UTF8.self))
    }
}
