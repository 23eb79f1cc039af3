import Cryptography
public import Storage
public import Sync
import TransparencyLog

/// Looks for what bit rot or a bad copy did to a log.
public enum LogInspection {
    /// What is wrong with a log's tree, or nil.
    ///
    /// Its entries are read once: every stored hash must be the one that follows from their bytes,
    /// and so must the root of every checkpoint that is stored.
    public static func problem(
        _ record: LogRecord, in database: LogDatabase
    ) throws(StorageError) -> String? {
        if let sentence = sentence(record.standing) { return sentence }
        return try database.read { snapshot throws(StorageError) in
            let notes = try stored(record.origin, snapshot)
            let sizes = Set(notes.map(\.head.size))
            if let beyond = sizes.max(), beyond > record.size {
                return "DAMAGED: entries are missing below its checkpoint of \(beyond)"
            }
            let inspection: TreeInspection
            do throws(StorageError) {
                inspection = try snapshot.inspection(record.origin, rootsAt: sizes)
            } catch .missingRow(_, _, let index) {
                return "DAMAGED: entry \(index) is missing; "
                    + "concord log repair fetches it from a peer"
            }
            for note in notes where inspection.roots[note.head.size] != note.head.root {
                return "DAMAGED: its entries do not lead to its checkpoint of \(note.head.size); "
                    + "refetch it from a peer (concord log repair)"
            }
            if let tile = inspection.damagedTiles.first {
                return "DAMAGED: the stored hashes of \(tile.path) are not those of its entries; "
                    + "concord log repair makes them anew"
            }
            return nil
        }
    }

    /// What is wrong with that by which entries are found, or nil.
    ///
    /// - Parameter tally: what the tables hold of the log at the size of its record.
    public static func indexProblem(
        _ record: LogRecord, tally: IndexTally, in database: LogDatabase, rules: LogRules
    ) throws(StorageError) -> String? {
        let damage = try database.read { snapshot throws(StorageError) in
            try snapshot.indexDamage(record, tally: tally, reading: rules.entry)
        }
        let remedy = "; concord log repair makes the indexes anew"
        switch damage {
        case nil: return nil
        case .lost(let index):
            return "DAMAGED: entry \(index) is not found by what it says" + remedy
        case .strange(let table, let rows):
            return "DAMAGED: \(rows) rows of the index \(table) belong to no entry" + remedy
        }
    }

    /// What is wrong with the order of the tables by which entries of all logs are found, or nil.
    public static func orderProblem(in database: LogDatabase) throws(StorageError) -> String? {
        let damage = try database.read { snapshot throws(StorageError) in
            try snapshot.disorderedIndex()
        }
        return damage.map {
            "DAMAGED: the table \($0.table) is not in order (\($0.reason)); restore a backup, or "
                + "fetch everything anew (concord rebuild --from-peers)"
        }
    }

    /// The stored checkpoint that no key signed which the log's root ever named, or nil.
    public static func noteProblem(
        _ record: LogRecord, in database: LogDatabase, rules: LogRules
    ) throws(StorageError) -> String? {
        let notes = try database.read { snapshot throws(StorageError) in
            try stored(record.origin, snapshot)
        }
        let size = rules.unopened(notes.map(\.note), of: record.origin)
        return size.map {
            "DAMAGED: no key of the log signed its stored checkpoint of \($0)"
        }
    }

    /// The stored status list, or other blob, whose bytes do not have its hash, or nil.
    public static func blobProblem(in database: LogDatabase) throws(StorageError) -> String? {
        let damaged = try database.read { snapshot throws(StorageError) in
            try snapshot.damagedBlobs()
        }
        return damaged.first.map {
            "DAMAGED: the stored bytes of \($0.hexadecimal) do not have this SHA-256; "
                + "concord log repair has them fetched again"
        }
    }

    /// Every stored checkpoint of a log: the newest, the newest with a quorum, those that are kept.
    private static func stored(
        _ origin: String, _ snapshot: LogSnapshot
    ) throws(StorageError) -> [StoredCheckpoint] {
        var notes = [try snapshot.head(origin), try snapshot.witnessedHead(origin)]
            .compactMap { $0 }
        var size: UInt64 = 0
        while true {
            let page = try snapshot.checkpoints(origin, above: size, limit: 1_000)
            notes += page
            guard let last = page.last?.head.size, last > size else { return notes }
            size = last
        }
    }

    /// What proofs of forks have left of a log; nil if nothing is wrong with it.
    public static func sentence(_ standing: LogStanding) -> String? {
        switch standing {
        case .sound: nil
        case .frozen(let size): "FROZEN by a split view: nothing counts from entry \(size) on"
        case .keyMisused(let size): "its key was misused: nothing counts from entry \(size) on"
        }
    }
}
