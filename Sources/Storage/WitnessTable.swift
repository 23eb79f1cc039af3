internal import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// What is known of a log to a witness that is about to decide.
public struct WitnessContext: Hashable, Sendable {
    /// The newest head of the log that this node cosigned.
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
    public func cosign<Value>(
        _ origin: String,
        _ decide: (WitnessContext) -> (head: TreeHead?, value: Value)
    ) throws(StorageError) -> Value {
        try write(to: "decide about a checkpoint") { db in
            let snapshot = LogSnapshot(db: db)
            let context = WitnessContext(
                latest: try snapshot.witnessState(origin),
                hasSplitView: try !snapshot.splitViews(origin).isEmpty,
                isOwn: try snapshot.log(origin)?.isOwn ?? false)
            let decision = decide(context)
            if let head = decision.head {
                guard head.origin == origin, head.size >= context.latest?.size ?? 0 else {
                    throw StorageError.beyondTree(
                        origin: origin, size: head.size, found: context.latest?.size ?? 0)
                }
                try db.execute(
                    sql: """
                        INSERT INTO witness_state (origin, size, root) VALUES (?, ?, ?)
                        ON CONFLICT DO UPDATE SET size = excluded.size, root = excluded.root
                        """,
                    arguments: [origin, Int64(head.size), head.root.data])
            }
            return decision.value
        }
    }
}

extension LogSnapshot {
    /// The newest head of that log that this node cosigned.
    public func witnessState(_ origin: String) throws(StorageError) -> TreeHead? {
        try attempt("read the witness's memory") {
            let statement = try db.cachedStatement(
                sql: "SELECT size, root FROM witness_state WHERE origin = ?")
            guard let row = try Row.fetchOne(statement, arguments: [origin]) else { return nil }
            let root = try HashValue(row: row, at: 1, table: "witness_state")
            do {
                return try TreeHead(origin: origin, size: UInt64(row[0] as Int64), root: root)
            } catch {
                throw StorageError.unreadable(table: "witness_state", reason: "\(error)")
            }
        }
    }
}
