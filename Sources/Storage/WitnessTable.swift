internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// What is known of a log to a witness that is about to decide.
public struct WitnessContext: Hashable, Sendable {
    /// The newest head of the log that this node cosigned, or granted as a buddy.
    public let latest: TreeHead?
    /// Whether a proof of a fork of the log is kept here.
    public let hasSplitView: Bool
    /// Whether this node itself writes the log.
    public let isOwn: Bool
}

extension LogDatabase {
    /// Lets a witness decide and stores what it is going to cosign, in one transaction.
    ///
    /// The head that `decide` returns is durable before the caller gets its value and signs:
    /// two requests at once cannot both extend the same head.
    ///
    /// - Throws: `sealed` if the node may not sign, `incompleteMemory` if it may have cosigned
    ///   more of this log than it remembers.
    public func cosign<Value>(
        _ origin: String, boot: String = MachineStart.id,
        _ decide: (WitnessContext) -> (head: TreeHead?, value: Value)
    ) throws(StorageError) -> Value {
        try write(to: "decide about a checkpoint") { db in
            let snapshot = LogSnapshot(db: db)
            let life = LifeTable(db: db, file: lifeMarkFile)
            let latest = try snapshot.witnessState(origin)
            let context = WitnessContext(
                latest: latest, hasSplitView: try !snapshot.splitViews(origin).isEmpty,
                isOwn: try snapshot.log(origin)?.isOwn ?? false)
            let decision = decide(context)
            guard let head = decision.head else { return decision.value }
            let reasons = try life.sealReasons(boot: boot)
            guard reasons.isEmpty else { throw StorageError.sealed(reasons) }
            guard try snapshot.isComplete(.witness, of: origin) else {
                throw StorageError.incompleteMemory(origin: origin)
            }
            guard head.origin == origin else {
                throw StorageError.beyondTree(
                    origin: origin, size: head.size, found: latest?.size ?? 0)
            }
            if head.size != latest?.size {
                if case .staged(let staged) = try life.judge(.witness) {
                    // A crash came between the file and the database; the request comes again.
                    try life.finish(.witness, staged)
                    throw StorageError.noteConflict(origin: origin)
                }
                try life.step(.witness, to: head)
            }
            try SigningMemory(db: db, role: .witness).raise(to: head)
            return decision.value
        }
    }
}

extension LogSnapshot {
    /// The newest head of that log that this node cosigned; nil too if it never cosigned one.
    public func witnessState(_ origin: String) throws(StorageError) -> TreeHead? {
        try memory(.witness, of: origin)
    }

    func hasCosigned() throws(StorageError) -> Bool {
        try attempt("read the witness's memory") {
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (SELECT 1 FROM witness_state WHERE size > 0)
                    OR EXISTS (SELECT 1 FROM grant_state WHERE size > 0)
                    """) ?? false
        }
    }
}
