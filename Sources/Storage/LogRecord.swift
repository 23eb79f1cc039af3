public import Cryptography
public import Encoding
public import TransparencyLog

/// How far a log may be believed.
public enum LogStanding: Hashable, Sendable {
    case sound
    /// Its key signed a second history without a quorum: nothing above the newest
    /// quorum-cosigned checkpoint, of this size, counts until the log's root has spoken.
    case keyMisused(goodSize: UInt64)
    /// Two histories each have a quorum; this is the size of what they share.
    case frozen(commonSize: UInt64)
}

/// A log that is kept here, and how much of it.
public struct LogRecord: Hashable, Sendable {
    let id: Int64
    public let origin: String
    /// Lowercase hexadecimal SHA-256 of the origin: the log's folder in addresses.
    public let originHash: HashValue
    public let isOwn: Bool
    /// The number of entries stored, all of them under a verified root.
    public let size: UInt64
    public let standing: LogStanding

    /// The number of entries that count.
    public var usableSize: UInt64 {
        switch standing {
        case .sound: size
        case .keyMisused(let limit), .frozen(let limit): min(size, limit)
        }
    }
}

/// A checkpoint as it is stored, with the time at which a quorum had seen it.
public struct StoredCheckpoint: Hashable, Sendable {
    public let head: TreeHead
    public let note: SignedNote
    public let quorumTime: Timestamp?
}

/// A checkpoint on its way into the database: signed by its log, perhaps cosigned.
public struct CheckpointRecord: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// When a quorum had seen it, as a policy said; nil without quorum.
    public let quorumTime: Timestamp?

    /// A checkpoint for which no policy answers.
    public init(_ checkpoint: Checkpoint) {
        self.checkpoint = checkpoint
        quorumTime = nil
    }

    public init(_ witnessed: WitnessedCheckpoint) {
        checkpoint = witnessed.checkpoint
        quorumTime = witnessed.quorumTime
    }

    /// The checkpoint as far as the policy vouches for it.
    public init(_ checkpoint: Checkpoint, under policy: WitnessPolicy) {
        if let witnessed = policy.open(checkpoint) {
            self.init(witnessed)
        } else {
            self.init(checkpoint)
        }
    }
}
