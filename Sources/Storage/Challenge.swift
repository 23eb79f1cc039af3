public import Encoding
internal import Foundation
internal import GRDB

/// What became of a challenge that a holder answered.
public enum ChallengeOutcome: Hashable, Sendable {
    /// It was this verifier's, in time, and is spent from now on.
    case spent
    case unknown
    case alreadySpent
    case expired
    case wrongAudience
}

extension LogDatabase {
    /// What challenges belong to; made where an earlier version left it out.
    static let requestTable = """
        CREATE TABLE IF NOT EXISTS challenge_request (
            nonce BLOB PRIMARY KEY NOT NULL REFERENCES challenge (nonce) ON DELETE CASCADE,
            bytes BLOB NOT NULL CHECK (length(bytes) <= 65536)
        ) STRICT, WITHOUT ROWID;
        """

    /// Keeps a challenge until it expires, with the request that it belongs to; older ones
    /// that did are forgotten.
    public func keepChallenge(
        _ nonce: [UInt8], audience: String, expires: Timestamp, request: [UInt8]? = nil,
        at now: Timestamp
    ) throws(StorageError) {
        try write(to: "keep a challenge") { db in
            try db.run("DELETE FROM challenge WHERE expires < ?", [now.seconds])
            try db.run(
                "INSERT INTO challenge (nonce, audience, expires) VALUES (?, ?, ?)",
                [Data(nonce), audience, expires.seconds])
            guard let request else { return }
            try db.run(
                "INSERT INTO challenge_request (nonce, bytes) VALUES (?, ?)",
                [Data(nonce), Data(request)])
        }
    }

    /// The request that a challenge belongs to, answered or not; nil if it is not this
    /// verifier's, or expired so long ago that it is forgotten.
    public func keptRequest(_ nonce: [UInt8]) throws(StorageError) -> [UInt8]? {
        try write(to: "read a request") { db in
            try Data.fetchOne(
                db.cachedStatement(sql: "SELECT bytes FROM challenge_request WHERE nonce = ?"),
                arguments: [Data(nonce)])
        }.map { Array($0) }
    }

    /// Spends a challenge: durable when the call returns, and `spent` only once.
    public func spendChallenge(
        _ nonce: [UInt8], audience: String, at now: Timestamp
    ) throws(StorageError) -> ChallengeOutcome {
        try write(to: "spend a challenge") { db in
            let row = try Row.fetchOne(
                db.cachedStatement(
                    sql: "SELECT audience, expires, spent_at FROM challenge WHERE nonce = ?"),
                arguments: [Data(nonce)])
            guard let row else { return .unknown }
            guard row[2] == nil else { return .alreadySpent }
            guard row[0] == audience else { return .wrongAudience }
            guard now.seconds <= row[1] else { return .expired }
            try db.run(
                "UPDATE challenge SET spent_at = ? WHERE nonce = ? AND spent_at IS NULL",
                [now.seconds, Data(nonce)])
            return db.changesCount == 1 ? .spent : .alreadySpent
        }
    }
}
