public import Cryptography
public import Storage

/// What came of following a log.
public enum FollowOutcome: Hashable, Sendable {
    /// Nothing new; the newest note may have more cosignatures now.
    case current(size: UInt64)
    /// New entries are stored under a verified checkpoint.
    case advanced(from: UInt64, to: UInt64)
    /// Every peer that answered has less than we do.
    case ahead(size: UInt64)
    /// A second history is proven; the proof is stored and the log marked.
    case splitView(HashValue, LogStanding)
    /// An earlier split view stands in the way.
    case halted(LogStanding)
    /// No peer gave anything that verifies; the reasons are in the report.
    case failed
}

/// What came of following a log, and what each peer did wrong.
public struct FollowReport: Hashable, Sendable {
    public let origin: String
    public var outcome: FollowOutcome
    public var failures: [SyncError]
    /// The blobs that entries name and that no peer had.
    public var missingBlobs: [HashValue]
    /// The largest size under a note of the log's that a peer showed, fetched or not.
    public var largestShown: UInt64 = 0
}

/// How much a follower takes into memory.
public struct FollowLimits: Hashable, Sendable {
    /// The bytes of entries after which a proven prefix is stored.
    public var stepBytes = 16 << 20
    /// The entries after which a proven prefix is stored.
    public var stepEntries = 32_768
    /// The entries that are kept of one log: a country that floods its own log stops there.
    public var quotaEntries: UInt64 = 4_000_000
    /// The bytes of entries that are kept of one log.
    public var quotaBytes: UInt64 = 4 << 30

    public init() {}
}
