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
    /// Keeps a challenge until it expires; older ones that did are forgotten.
    public func keepChallenge(
        _ nonce: [UInt8], audience: String, expires: Timestamp, at now: Timestamp
    ) throws(StorageError) {
        try write(to: "keep a challenge") { db in
            try db.execute(
                sql: "DELETE FROM challenge WHERE expires < ?", arguments: [now.seconds])
            try db.execute(
                sql: "INSERT INTO challenge (nonce, audience, expires) VALUES (?, ?, ?)",
                arguments: [Data(nonce), audience, expires.seconds])
        }
    }

    /// Spends a challenge: durable when the call returns, and `spent` only once.
    public func spendChallenge(
        _ nonce: [UInt8], audience: String, at now: Timestamp
    ) throws(StorageError) -> ChallengeOutcome {
        try write(to: "spend a challenge") { db in
            let row = try Row.fetchOne(
                db, sql: "SELECT audience, expires, spent_at FROM challenge WHERE nonce = ?",
                arguments: [Data(nonce)])
            guard let row else { return .unknown }
            guard row[2] == nil else { return .alreadySpent }
            guard row[0] == audience else { return .wrongAudience }
            guard now.seconds <= row[1] else { return .expired }
            try db.execute(
                sql: "UPDATE challenge SET spent_at = ? WHERE nonce = ? AND spent_at IS NULL",
                arguments: [now.seconds, Data(nonce)])
            return db.changesCount == 1 ? .spent : .alreadySpent
        }
    }
}
