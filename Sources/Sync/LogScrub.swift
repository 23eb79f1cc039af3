internal import Cryptography
public import Encoding
public import Storage
internal import TransparencyLog

/// Looks through the stored logs slice by slice while the node serves, and has repaired what bit
/// rot took.
///
/// `Protocol/sync.md § Repair`. A slice reads a bounded number of entries; how far it has come
/// survives a restart.
public struct LogScrub: Sendable {
    /// What one slice found.
    public struct Slice: Hashable, Sendable {
        public let origin: String
        /// The bundles that were looked at.
        public let bundles: Range<UInt64>
        public let damaged: [UInt64]
        /// Whether the log was looked through to its end with this slice.
        public let isPass: Bool
        /// What became of the damage; nil if there was none.
        public let outcome: LogRepair.Outcome?
    }

    private let database: LogDatabase
    private let rules: LogRules
    private let bundleCount: UInt64

    /// - Parameter bundleCount: the bundles of 256 entries that a slice reads at most.
    public init(database: LogDatabase, rules: LogRules, bundleCount: UInt64 = 64) {
        precondition(bundleCount > 0, "a slice looks at something")
        self.database = database
        self.rules = rules
        self.bundleCount = bundleCount
    }

    /// Looks at the next bundles of a log and repairs it if one is damaged; nil for a log
    /// without a checkpoint.
    ///
    /// - Parameter peers: asked only for what is damaged.
    public func slice(
        of origin: String, from peers: [PeerClient], at now: Timestamp
    ) async throws(SyncError) -> Slice? {
        let (record, head, size) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (
                    try snapshot.scrub(origin), try snapshot.head(origin)?.head,
                    try snapshot.log(origin)?.size ?? 0
                )
            }
        }
        guard let head, head.size > 0 else { return nil }
        let width = UInt64(Tile.fullWidth)
        let count = (size + width - 1) / width
        let start = record.next < count ? record.next : 0
        let bundles = start..<min(count, start + bundleCount)
        let isPass = bundles.upperBound == count
        let damaged = try await look(origin, bundles, head: isPass ? head : nil)
        var next = record
        next.next = isPass ? 0 : bundles.upperBound
        if isPass { next.finished = now }
        var outcome: LogRepair.Outcome?
        if !damaged.isEmpty {
            let repair = LogRepair(database: database, rules: rules)
            let found = await repair.repair(origin, from: peers)
            outcome = found
            // Order: the next slice goes on; what could not be put back is tried again tomorrow.
            next.finding = LogScrub.sentence(damaged, found, at: now)
        }
        let stored = next
        try SyncError.storing { () throws(StorageError) in
            try database.store(stored, of: origin)
        }
        return Slice(
            origin: origin, bundles: bundles, damaged: damaged, isPass: isPass, outcome: outcome)
    }

    /// The damaged bundles; at the end of a pass all, if the stored hashes do not lead to the
    /// checkpoint any more.
    private func look(
        _ origin: String, _ bundles: Range<UInt64>, head: TreeHead?
    ) async throws(SyncError) -> [UInt64] {
        do throws(StorageError) {
            return try await database.perform { database throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    let damaged = try snapshot.damagedBundles(origin, among: bundles)
                    guard damaged.isEmpty, let head else { return damaged }
                    let root = try? snapshot.root(origin, size: head.size)
                    return root == head.root ? [] : Array(bundles)
                }
            }
        } catch {
            throw .storage(error)
        }
    }

    /// What the operator reads in `node status`.
    private static func sentence(
        _ damaged: [UInt64], _ outcome: LogRepair.Outcome, at now: Timestamp
    ) -> String {
        let names = damaged.prefix(8).map { "\($0)" }.joined(separator: ", ")
        let rest = damaged.count > 8 ? " and \(damaged.count - 8) more" : ""
        let what = "\(now): bundles \(names)\(rest) were damaged"
        return switch outcome {
        case .sound: "\(now): bundles \(names)\(rest) could not be read, and can be again"
        case .hashesRebuilt: what + "; their hashes were made anew from the entries"
        case .indexesRebuilt: what + "; what entries are found by was made anew"
        case .refetched(_, let peer): what + "; fetched back from \(peer)"
        case .failed: what + "; NO PEER HAD WHAT IS MISSING: run concord log repair"
        }
    }
}
