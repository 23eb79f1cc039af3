public import Cryptography
internal import Foundation
internal import GRDB
public import TransparencyLog

/// The life marks and what was found out about them, inside a transaction.
///
/// The transaction holds SQLite's write lock, so that no other process moves the file between
/// two looks at it.
struct LifeTable {
    let db: Database
    let file: LifeMarkFile

    func mark(_ role: LifeMark.Role) throws -> LifeMark? {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql:
                    "SELECT incarnation, sequence, origin, size, root FROM life_mark WHERE role = ?"
            ), arguments: [role.rawValue])
        guard let row else { return nil }
        var head: TreeHead?
        if let origin = row[2] as String? {
            head = try TreeHead(
                origin: origin, size: UInt64(row[3] as Int64),
                root: try HashValue(row: row, at: 4, table: "life_mark"))
        }
        return LifeMark(
            role: role, incarnation: try HashValue(row: row, at: 0, table: "life_mark"),
            sequence: UInt64(row[1] as Int64), head: head)
    }

    func store(_ mark: LifeMark) throws {
        try db.run(
            """
            INSERT INTO life_mark (role, incarnation, sequence, origin, size, root)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET incarnation = excluded.incarnation,
            sequence = excluded.sequence, origin = excluded.origin, size = excluded.size,
            root = excluded.root
            """,
            [
                mark.role.rawValue, mark.incarnation.data, Int64(mark.sequence),
                mark.head?.origin, mark.head.map { Int64($0.size) }, mark.head?.root.data,
            ])
    }

    func judge(_ role: LifeMark.Role) throws -> LifeMark.Judgement {
        let snapshot = LogSnapshot(db: db)
        let own = try snapshot.logs().first(where: \.isOwn)
        return try LifeMark.judge(
            role, database: try mark(role), file: try file.mark(role),
            signed: try own.flatMap { try snapshot.head($0.origin)?.head },
            remembered: { origin in
                role == .witness
                    ? try snapshot.witnessState(origin) : try snapshot.grantState(origin)
            },
            stored: { size in
                guard let own, size <= own.size else { return nil }
                return try snapshot.root(own.origin, size: size)
            })
    }

    /// Why nothing may be signed now; empty if everything may.
    func sealReasons(boot: String) throws -> [SealReason] {
        var reasons: [SealReason] = []
        for role in LifeMark.Role.allCases {
            guard case .broken(let reason) = try judge(role) else { continue }
            if !reasons.contains(reason) { reasons.append(reason) }
        }
        guard reasons.isEmpty else { return reasons }
        let session = try String.fetchOne(db.cachedStatement(sql: "SELECT boot FROM session"))
        return session == self.session(boot) ? [] : [.notAsked]
    }

    /// What holds only on this start of this machine, and over these very files: a folder that
    /// was copied or restored has others.
    func session(_ boot: String) -> String {
        let numbers = [file.path, file.database].map { path -> String in
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.systemFileNumber] as? NSNumber).map { "\($0)" } ?? "none"
        }
        return ([boot] + numbers).joined(separator: ":")
    }

    /// Takes one step: the file first, then this transaction.
    ///
    /// A step of a witness or buddy that a crash cut off between the two is taken over first:
    /// its head only raises what is remembered.
    func step(_ role: LifeMark.Role, to head: TreeHead) throws {
        switch try judge(role) {
        case .broken(let reason): throw StorageError.sealed([reason])
        case .staged(let staged):
            guard role != .log else {
                guard staged == head, let next = try file.mark(role) else {
                    throw StorageError.sealed([.stagedEntriesMissing(size: staged.size)])
                }
                return try store(next)
            }
            try finish(role, staged)
            try step(role, to: head)
        case .matched:
            guard let mark = try mark(role) else { return }
            if role != .log {
                let memory: SigningMemory.Role = role == .witness ? .witness : .buddy
                let known = try LogSnapshot(db: db).memory(memory, of: head.origin)?.size ?? 0
                guard head.size >= known else {
                    throw StorageError.beyondTree(
                        origin: head.origin, size: head.size, found: known)
                }
            }
            let next = mark.advanced(to: head)
            // Crash point: the file is one step ahead, and this transaction did not happen.
            try file.write(next)
            try store(next)
        }
    }

    /// Makes the mark of an own log in whose name nothing was ever signed; what is remembered
    /// of others' logs is as good or as bad as it was.
    func restartLog(_ incarnation: HashValue) throws {
        let known = [try mark(.log), try file.mark(.log)].compactMap { $0?.sequence }.max() ?? 0
        let next = LifeMark(
            role: .log, incarnation: incarnation, sequence: known + 1, head: nil)
        if try file.mark(.log) != nil { try file.write(next) }
        try store(next)
    }

    /// Takes over the step that the file is ahead by.
    func finish(_ role: LifeMark.Role, _ head: TreeHead) throws {
        guard let next = try file.mark(role) else { return }
        switch role {
        case .log: return
        case .witness: try SigningMemory(db: db, role: .witness).raise(to: head)
        case .buddy: try SigningMemory(db: db, role: .buddy).raise(to: head)
        }
        try store(next)
    }
}

extension LogDatabase {
    private func life<Value>(
        to task: String, _ body: (LifeTable) throws -> Value
    ) throws(StorageError) -> Value {
        try write(to: task) { try body(LifeTable(db: $0, file: lifeMarkFile)) }
    }

    /// Begins the life of a node that has never signed: the only way to a first signature.
    ///
    /// - Parameter incarnation: 32 random bytes.
    /// - Throws: `hasLived` if there is anything that a node may have signed.
    public func beginLife(
        _ incarnation: HashValue, boot: String = MachineStart.id
    ) throws(StorageError) {
        let path = path
        try life(to: "begin a life") { life in
            let snapshot = LogSnapshot(db: life.db)
            let isUsed = try LifeMark.Role.allCases.contains { role in
                try [life.mark(role), life.file.mark(role)].contains { $0?.sequence ?? 0 > 0 }
            }
            guard !isUsed, try !snapshot.logs().contains(where: { $0.isOwn && $0.size > 0 }),
                try !snapshot.hasCosigned()
            else { throw StorageError.hasLived(path: path) }
            try renew(life, incarnation)
            try openSession(life, boot)
        }
    }

    /// Gives a recovered node new marks over what it holds now, and lets it sign.
    ///
    /// The caller has recovered the log from the peers and a read quorum has answered.
    public func renewLife(
        _ incarnation: HashValue, boot: String = MachineStart.id
    ) throws(StorageError) {
        try life(to: "renew the life mark") { life in
            try renew(life, incarnation)
            try openSession(life, boot)
        }
    }

    private func renew(_ life: LifeTable, _ incarnation: HashValue) throws {
        let snapshot = LogSnapshot(db: life.db)
        let own = try snapshot.logs().first(where: \.isOwn)
        let head = try own.flatMap { try snapshot.head($0.origin)?.head }
        let marks = LifeMark.Role.allCases.map { role in
            LifeMark(role: role, incarnation: incarnation, head: role == .log ? head : nil)
        }
        // Crash point: a new file beside an old database is another life: sealed.
        try life.file.begin(marks)
        for mark in marks { try life.store(mark) }
    }

    /// Why the node signs nothing now; empty if it may sign.
    public func sealReasons(
        boot: String = MachineStart.id
    ) throws(StorageError) -> [SealReason] {
        try life(to: "judge the life mark") { try $0.sealReasons(boot: boot) }
    }

    /// Whether what this node remembers in that role is vouched for by its life mark.
    public func isMatched(_ role: LifeMark.Role) throws(StorageError) -> Bool {
        try life(to: "judge the life mark") {
            if case .broken = try $0.judge(role) { return false }
            return true
        }
    }

    /// Lets the node sign until the machine starts anew or `closeSession` is called.
    ///
    /// - Throws: `sealed` if a life mark does not match.
    public func openSession(boot: String = MachineStart.id) throws(StorageError) {
        try life(to: "open a session") { life in
            try openSession(life, boot)
            let reasons = try life.sealReasons(boot: boot)
            guard reasons.isEmpty || reasons == [.notAsked] else {
                throw StorageError.sealed(reasons)
            }
        }
    }

    private func openSession(_ life: LifeTable, _ boot: String) throws {
        try life.db.run(
            """
            INSERT INTO session (id, boot) VALUES (1, ?)
            ON CONFLICT DO UPDATE SET boot = excluded.boot
            """, [life.session(boot)])
        try life.db.run("DELETE FROM seal_note")
    }

    /// Seals the node, with what the operator should read about it.
    public func closeSession(_ notes: [SealReason] = []) throws(StorageError) {
        try life(to: "seal the node") { life in
            try life.db.run("DELETE FROM session")
            try life.db.run("DELETE FROM seal_note")
            for note in notes {
                try life.db.run(
                    "INSERT OR IGNORE INTO seal_note (text) VALUES (?)", [note.description])
            }
        }
    }

    /// Notes in the file that the own log's next checkpoint is this one.
    ///
    /// - Throws: `sealed` if the node may not sign, or a larger checkpoint was begun.
    public func stage(
        _ head: TreeHead, boot: String = MachineStart.id
    ) throws(StorageError) {
        try life(to: "begin a checkpoint") { life in
            let reasons = try life.sealReasons(boot: boot)
            guard reasons.isEmpty else { throw StorageError.sealed(reasons) }
            switch try life.judge(.log) {
            case .broken(let reason): throw StorageError.sealed([reason])
            case .staged(let staged) where staged.size > head.size:
                throw StorageError.sealed([.stagedEntriesMissing(size: staged.size)])
            case .staged, .matched:
                // What was begun before and never stored is the beginning of these entries.
                guard let mark = try life.mark(.log) else { return }
                try life.file.write(mark.advanced(to: head))
            }
        }
    }

    /// The checkpoint that was begun and not stored, if there is one.
    public func stagedHead() throws(StorageError) -> TreeHead? {
        try life(to: "judge the life mark") {
            if case .staged(let head) = try $0.judge(.log) { return head }
            return nil
        }
    }

    /// Stores the own log's checkpoint that `stage` began, together with the life mark.
    public func publish(
        _ record: CheckpointRecord, replacing old: SignedNote?
    ) throws(StorageError) {
        try life(to: "store a checkpoint") { life in
            let head = record.checkpoint.head
            let log = try LogSnapshot(db: life.db).known(head.origin)
            try life.step(.log, to: head)
            try CheckpointTable(db: life.db, log: log).store(record, replacing: old)
        }
    }
}

extension LogSnapshot {
    /// What the operator of a sealed node should read.
    public func sealNotes() throws(StorageError) -> [String] {
        try attempt("read why the node is sealed") {
            try String.fetchAll(db.cachedStatement(sql: "SELECT text FROM seal_note ORDER BY text"))
        }
    }
}
