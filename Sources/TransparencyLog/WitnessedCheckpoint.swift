public import Encoding

/// A checkpoint that a policy's quorum cosigned; made only by `WitnessPolicy.open(_:)`.
public struct WitnessedCheckpoint: Hashable, Sendable {
    public let checkpoint: Checkpoint
    /// The newest time at or after which a whole quorum cosigned; nil if the policy asks for
    /// none, and the checkpoint is unwitnessed.
    public let quorumTime: Timestamp?

    init(checkpoint: Checkpoint, quorumTime: Timestamp?) {
        self.checkpoint = checkpoint
        self.quorumTime = quorumTime
    }

    public var isUnwitnessed: Bool { quorumTime == nil }
}
