import Cryptography
public import Storage
import TransparencyLog

/// Looks for what bit rot or a bad copy did to a log.
public enum LogInspection {
    /// What is wrong with a log, or nil: its root recomputed from the bytes of its entries
    /// must be that of its newest checkpoint, and of the newest that witnesses have seen.
    public static func problem(
        _ record: LogRecord, in database: LogDatabase
    ) throws(StorageError) -> String? {
        if let sentence = sentence(record.standing) { return sentence }
        return try database.read { snapshot throws(StorageError) in
            for head in [
                try snapshot.head(record.origin), try snapshot.witnessedHead(record.origin),
            ].compactMap({ $0 }) {
                guard head.head.size <= record.size else {
                    return "DAMAGED: entries are missing below its checkpoint of \(head.head.size)"
                }
                let root = try snapshot.independentRoot(record.origin, size: head.head.size)
                guard root == head.head.root else {
                    return "DAMAGED: its entries do not lead to its checkpoint of "
                        + "\(head.head.size); refetch it from a peer"
                }
            }
            return nil
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
