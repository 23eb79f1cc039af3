internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// What is known of a log to a witness that is about to decide.
public struct WitnessContext: Hashable, Sendable {
    /// The newest head of the log that this node cosigned, or granted as a buddy.
    public let latest: TreeHead?
    /// How far the log may be believed: what proofs of forks have left of it.
    public let standing: LogStanding
    /// Whether this node itself writes the log.
    public let isOwn: Bool

    /// Whether a tree of that size lies above what may still be signed of the log.
    public func isHalted(at size: UInt64) -> Bool {
        switch standing {
        case .sound: false
        // What a quorum has seen stays good, and fresh.
        case .keyMisused(let goodSize): size > goodSize
        case .frozen: true
        }
    }
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
            let log = try snapshot.log(origin)
            let context = WitnessContext(
                latest: latest, standing: log?.standing ?? .sound, isOwn: log?.isOwn ?? false)
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
                db.cachedStatement(
                    sql: """
                        SELECT EXISTS (SELECT 1 FROM witness_state WHERE size > 0)
                        OR EXISTS (SELECT 1 FROM grant_state WHERE size > 0)
                        """)) ?? false
        }
    }
}
