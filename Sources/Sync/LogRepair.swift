internal import Cryptography
public import Storage
internal import TransparencyLog

/// Fetches back from peers what bit rot took from a stored log.
///
/// `Protocol/sync.md § Repair`. A peer is believed in nothing: what comes back is written only
/// if the whole log leads to the root of its newest checkpoint again.
public struct LogRepair: Sendable {
    public enum Outcome: Hashable, Sendable {
        case sound
        /// The stored hashes were made anew from the entries, which were in order.
        case hashesRebuilt
        /// What entries are found by was made anew from them.
        case indexesRebuilt
        /// Entries of these bundles were fetched from that peer.
        case refetched([UInt64], from: PeerAddress)
        /// No peer has what is missing.
        case failed([SyncError])
    }

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    public func repair(_ origin: String, from peers: [PeerClient]) async -> Outcome {
        let tree = await repairTree(origin, from: peers)
        if case .failed = tree { return tree }
        do throws(SyncError) {
            try missBlobs(of: origin)
            let isFound = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    guard let log = try snapshot.log(origin) else { return true }
                    let tally = try snapshot.indexTallies(of: [log])[log] ?? IndexTally()
                    return try snapshot.indexDamage(log, tally: tally, reading: rules.entry) == nil
                }
            }
            if isFound { return tree }
            try SyncError.storing { () throws(StorageError) in
                try database.rebuildIndexes(origin, reading: rules.entry)
            }
        } catch {
            return .failed([error])
        }
        return tree == .sound ? .indexesRebuilt : tree
    }

    /// Blobs that are damaged, or that an entry names and nobody remembers to miss, are fetched in
    /// the next round.
    private func missBlobs(of origin: String) throws(SyncError) {
        try SyncError.storing { () throws(StorageError) in
            guard try !database.dropDamagedBlobs().isEmpty else { return }
            let entries = try database.read { snapshot throws(StorageError) in
                try snapshot.logs().map { log throws(StorageError) in
                    (
                        log.origin,
                        try snapshot.entries(
                            log.origin, selecting: EntrySelection(kinds: ["status-list"]),
                            below: log.size)
                    )
                }
            }
            for (origin, lists) in entries {
                try database.noteBlobs(
                    lists.flatMap { rules.blobs(rules.entry($0.bytes)) }, namedBy: origin)
            }
        }
    }

    private func repairTree(_ origin: String, from peers: [PeerClient]) async -> Outcome {
        do throws(SyncError) {
            let (head, size) = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    (try snapshot.head(origin)?.head, try snapshot.log(origin)?.size ?? 0)
                }
            }
            guard let head else { return .sound }
            let inspection = try? database.read { snapshot throws(StorageError) in
                try snapshot.inspection(origin, rootsAt: [head.size])
            }
            if let inspection, inspection.roots[head.size] == head.root {
                if inspection.damagedTiles.isEmpty { return .sound }
                try write(origin, [:])
                return .hashesRebuilt
            }
            let damaged = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    try snapshot.damagedBundles(origin)
                }
            }
            return await refetch(origin, size, damaged, from: peers)
        } catch {
            return .failed([error])
        }
    }

    /// First the bundles that differ from the stored hashes; if that does not do, all of them.
    private func refetch(
        _ origin: String, _ size: UInt64, _ damaged: [UInt64], from peers: [PeerClient]
    ) async -> Outcome {
        var failures: [SyncError] = []
        let all = EntryBundle.positions(for: size, since: 0)
        for bundles in [all.filter { damaged.contains($0.index) }, all] where !bundles.isEmpty {
            for client in peers {
                do throws(SyncError) {
                    var entries: [UInt64: NewEntry] = [:]
                    for (index, width) in bundles {
                        let fetched = try await client.bundle(origin, index: index, width: width)
                        for (offset, bytes) in fetched.enumerated() {
                            let place = index * UInt64(Tile.fullWidth) + UInt64(offset)
                            entries[place] = rules.entry(bytes)
                        }
                    }
                    try write(origin, entries)
                    return .refetched(bundles.map(\.index), from: client.address)
                } catch {
                    failures.append(error)
                }
            }
        }
        return .failed(failures)
    }

    private func write(
        _ origin: String, _ entries: [UInt64: NewEntry]
    ) throws(SyncError) {
        try SyncError.storing { () throws(StorageError) in
            try database.repair(origin, with: entries)
        }
    }
}
