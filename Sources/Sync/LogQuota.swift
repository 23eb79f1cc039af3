internal import Storage

/// How much is kept of one log (`Protocol/sync.md § Limits`): a country that floods its own log
/// stops at it, and the other logs go on.
struct LogQuota {
    private let limits: FollowLimits
    private let origin: String
    /// The bytes of the entries that are here.
    private let used: UInt64

    init(_ limits: FollowLimits, of origin: String, in database: LogDatabase) throws(SyncError) {
        self.limits = limits
        self.origin = origin
        used = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.byteCount(origin) }
        }
    }

    /// - Throws: `overQuota` if the log may not grow to that size.
    func check(size: UInt64) throws(SyncError) {
        guard size <= limits.quotaEntries else {
            throw .overQuota(origin: origin, what: "entries", limit: limits.quotaEntries)
        }
    }

    /// - Throws: `overQuota` if so many bytes may not come to those that are here.
    func check(newBytes: Int) throws(SyncError) {
        guard used + UInt64(newBytes) <= limits.quotaBytes else {
            throw .overQuota(origin: origin, what: "bytes", limit: limits.quotaBytes)
        }
    }
}
