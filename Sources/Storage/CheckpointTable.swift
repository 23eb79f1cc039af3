internal import Encoding
internal import Foundation
internal import GRDB
public import TransparencyLog

/// The checkpoints of one log, inside a transaction.
struct CheckpointTable {
    let db: Database
    let log: LogRecord

    /// Stores a checkpoint as the newest note, in place of `old`.
    func store(_ record: CheckpointRecord, replacing old: SignedNote?) throws {
        try checkRoot(record)
        let head = record.checkpoint.head
        let current = try LogSnapshot(db: db).head(log.origin)
        guard current?.note == old else {
            throw StorageError.noteConflict(origin: log.origin)
        }
        guard current.map({ $0.head.size <= head.size }) ?? true else {
            throw StorageError.beyondTree(
                origin: log.origin, size: head.size, found: current?.head.size ?? 0)
        }
        try upsert(record, role: "signed")
        // What was fetched under a pending note is complete once a note covers it.
        try db.run(
            "DELETE FROM head WHERE log = ? AND role = 'pending' AND size <= ?",
            [log.id, Int64(head.size)])
        try keep(record)
    }

    /// Keeps a checkpoint with a quorum, also one older than the newest note.
    func keep(_ record: CheckpointRecord) throws {
        guard let time = record.quorumTime else { return }
        try checkRoot(record)
        let head = record.checkpoint.head
        // The first note by which a quorum knew this size says when its entries were logged.
        try db.run(
            """
            INSERT INTO checkpoint (log, size, quorum_time, note) VALUES (?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET quorum_time = excluded.quorum_time, note = excluded.note
            WHERE excluded.quorum_time < quorum_time
            """,
            [
                log.id, Int64(head.size), time.seconds, Data(record.checkpoint.note.serialized),
            ])
        let newest = try LogSnapshot(db: db).witnessedHead(log.origin)
        if let newest, let newestTime = newest.quorumTime,
            (head.size, time.seconds) <= (newest.head.size, newestTime.seconds)
        {
            return
        }
        try upsert(record, role: "witnessed")
        try db.run(
            """
            INSERT INTO clock (id, high_water) VALUES (1, ?)
            ON CONFLICT DO UPDATE SET high_water = max(high_water, excluded.high_water)
            """, [time.seconds])
    }

    func upsert(_ record: CheckpointRecord, role: String) throws {
        let head = record.checkpoint.head
        try db.run(
            """
            INSERT INTO head (log, role, size, root, note, quorum_time)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET size = excluded.size, root = excluded.root,
            note = excluded.note, quorum_time = excluded.quorum_time
            """,
            [
                log.id, role, Int64(head.size), head.root.data,
                Data(record.checkpoint.note.serialized), record.quorumTime?.seconds,
            ])
    }

    /// A note is stored only over entries that lead to its root.
    private func checkRoot(_ record: CheckpointRecord) throws {
        let head = record.checkpoint.head
        guard head.origin == log.origin,
            try LogSnapshot(db: db).root(log.origin, size: head.size) == head.root
        else {
            throw StorageError.rootConflict(origin: log.origin, size: head.size)
        }
    }
}

extension LogDatabase {
    /// Stores a checkpoint over entries that are there as the log's newest note:
    /// compare-and-swap on the note that it replaces.
    ///
    /// - Throws: `noteConflict` if the newest note is not `old`, `rootConflict` if the stored
    ///   entries do not lead to the checkpoint's root.
    public func store(
        _ record: CheckpointRecord, replacing old: SignedNote?
    ) throws(StorageError) {
        try write(to: "store a checkpoint") { db in
            let origin = record.checkpoint.head.origin
            let log = try LogSnapshot(db: db).known(origin)
            try CheckpointTable(db: db, log: log).store(record, replacing: old)
        }
    }

    /// Keeps checkpoints with a quorum, whatever the newest note is; others are left out.
    public func keep(_ records: [CheckpointRecord]) throws(StorageError) {
        try write(to: "keep checkpoints") { db in
            for record in records {
                let log = try LogSnapshot(db: db).known(record.checkpoint.head.origin)
                try CheckpointTable(db: db, log: log).keep(record)
            }
        }
    }

    /// Notes the checkpoint under which a long log will be fetched piece by piece.
    ///
    /// Its entries are not there yet; it proves what was said if another history turns up.
    public func setPending(_ record: CheckpointRecord) throws(StorageError) {
        try write(to: "note a checkpoint") { db in
            let log = try LogSnapshot(db: db).known(record.checkpoint.head.origin)
            try CheckpointTable(db: db, log: log).upsert(record, role: "pending")
        }
    }
}
