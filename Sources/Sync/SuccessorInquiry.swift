internal import Cryptography
public import Registry
public import Storage
internal import TransparencyLog

/// Takes a log for the successor of one that is kept here, where nobody need be asked.
///
/// `Protocol/log.md § Successors`. What is not plain is refused and reported: then an operator
/// pins it by hand.
public struct SuccessorInquiry: Sendable {
    public struct Finding: Hashable, Sendable {
        public let origin: String
        public let predecessor: String
        /// Why it was not adopted; nil if it was.
        public let refusal: Succession.Refusal?
    }

    public struct Report: Hashable, Sendable {
        public var findings: [Finding] = []
        public var failures: [SyncError] = []
    }

    private let database: LogDatabase
    private let rules: LogRules

    public init(database: LogDatabase, rules: LogRules) {
        self.database = database
        self.rules = rules
    }

    /// Looks among the logs that peers list for the next generation of those that are here.
    public func run(
        among peers: [PeerClient], listing origins: [PeerAddress: Set<String>]
    ) async -> Report {
        var report = Report()
        do throws(SyncError) {
            report.findings += try takeNamed()
            for log in try waiting() {
                guard let next = LogOrigin(parsing: log.origin)?.next else { continue }
                for client in peers where origins[client.address]?.contains(next) ?? false {
                    do throws(SyncError) {
                        let finding = try await ask(client, log, next)
                        report.findings.append(finding)
                        if finding.refusal == nil { break }
                    } catch {
                        report.failures.append(error)
                    }
                }
            }
        } catch {
            report.failures.append(error)
        }
        return report
    }

    /// Continues copies as the generations that roots have named: these are believed already.
    ///
    /// The earlier log comes first, since its kept checkpoints say when entries were logged.
    private func takeNamed() throws(SyncError) -> [Finding] {
        var findings: [Finding] = []
        for record in rules.successions() {
            let (old, new, next) = try read { snapshot throws(StorageError) in
                (
                    try snapshot.log(record.predecessor), try snapshot.log(record.origin),
                    try snapshot.successor(of: record.predecessor)
                )
            }
            guard new == nil, next == nil else { continue }
            try SyncError.storing { () throws(StorageError) in
                guard let old else {
                    return try database.addLog(record.predecessor, isOwn: false)
                }
                guard !old.isOwn, old.size >= record.size else { return }
                try database.adopt(record)
                findings.append(
                    Finding(
                        origin: record.origin, predecessor: record.predecessor, refusal: nil))
            }
        }
        return findings
    }

    /// The copies of which no successor is here.
    private func waiting() throws(SyncError) -> [LogRecord] {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                var waiting: [LogRecord] = []
                let logs = try snapshot.logs()
                for log in logs where !log.isOwn {
                    guard try snapshot.successor(of: log.origin) == nil else { continue }
                    let next = LogOrigin(parsing: log.origin)?.next
                    if !logs.contains(where: { $0.origin == next }) { waiting.append(log) }
                }
                return waiting
            }
        }
    }

    private func ask(
        _ client: PeerClient, _ log: LogRecord, _ next: String
    ) async throws(SyncError) -> Finding {
        let (size, total) = try await commonSize(client, log, next)
        guard size > 0, size < total else {
            return Finding(origin: next, predecessor: log.origin, refusal: .otherHistory)
        }
        let entry = try await entry(size, of: next, total, client)
        return try adopt(entry, after: size, of: log, next)
    }

    /// Pins a successor on an operator's word: continued from the copy here if its tree begins
    /// with it, else begun anew.
    ///
    /// - Returns: whether the copy of the predecessor is continued.
    public func pin(
        _ succession: SuccessionRecord, from client: PeerClient
    ) async throws(SyncError) -> Bool {
        let (log, isKnown) = try read { snapshot throws(StorageError) in
            (
                try snapshot.log(succession.predecessor),
                try snapshot.successor(of: succession.predecessor)?.origin == succession.origin
            )
        }
        if isKnown { return true }
        if let log, log.size >= succession.size,
            try await commonSize(client, log, succession.origin).size >= succession.size
        {
            try SyncError.storing { () throws(StorageError) in try database.adopt(succession) }
            return true
        }
        try SyncError.storing { () throws(StorageError) in
            try database.addLog(succession.origin, isOwn: false)
        }
        return false
    }

    /// The entries that a peer's new log and the copy here begin with, and the new log's size.
    private func commonSize(
        _ client: PeerClient, _ log: LogRecord, _ next: String
    ) async throws(SyncError) -> (size: UInt64, of: UInt64) {
        let note = try await client.checkpoint(next)
        guard let head = try? TreeHead(parsing: note.text), head.size > 0 else {
            throw .notWhatWasAsked(
                client.address, path: PeerPath.checkpoint(next), expected: "a checkpoint")
        }
        var tree = RemoteTree(client, next, size: head.size)
        // The tiles lead to what the peer shows; whose key signed it is not known yet.
        _ = try await tree.begins(with: (head.size, head.root), root: head.root)
        let size = try await tree.commonSize(with: log.size) {
            level, index throws(SyncError) in
            try read { snapshot throws(StorageError) in
                try snapshot.subtree(log.origin, level: level, index: index)
            }
        }
        return (size, head.size)
    }

    private func entry(
        _ index: UInt64, of origin: String, _ size: UInt64, _ client: PeerClient
    ) async throws(SyncError) -> [UInt8] {
        let bundle = index / UInt64(Tile.fullWidth)
        let start = bundle * UInt64(Tile.fullWidth)
        let width = Int(min(UInt64(Tile.fullWidth), size - start))
        let entries = try await client.bundle(origin, index: bundle, width: width)
        return entries[Int(index - start)]
    }

    private func adopt(
        _ entry: [UInt8], after size: UInt64, of log: LogRecord, _ next: String
    ) throws(SyncError) -> Finding {
        // Order: whoever is asked about policies reads the database, too.
        let isUnwitnessed = rules.policy(log.origin)?.isUnwitnessed ?? false
        let (root, witnessed, isSettled) = try read { snapshot throws(StorageError) in
            (
                try snapshot.root(log.origin, size: size),
                try snapshot.witnessedHead(log.origin)?.head.size,
                try snapshot.unsettledForks(log.origin).isEmpty
            )
        }
        let good = SuccessorInquiry.goodSize(
            of: log, witnessed: witnessed, isUnwitnessed: isUnwitnessed, isSettled: isSettled)
        guard let state = rules.state(log.origin, size),
            let shared = try? TreeHead(origin: log.origin, size: size, root: root)
        else { throw .unknownLog(origin: log.origin) }
        let succession = Succession.judge(
            next, entry: entry, after: shared, state: state, goodSize: good,
            isFrozen: log.standing != .sound)
        switch succession {
        case .refused(let refusal):
            return Finding(origin: next, predecessor: log.origin, refusal: refusal)
        case .adopted(_, let key):
            try SyncError.storing { () throws(StorageError) in
                try database.adopt(
                    SuccessionRecord(
                        predecessor: log.origin, origin: next, size: size, firstLogKey: key))
            }
            return Finding(origin: next, predecessor: log.origin, refusal: nil)
        }
    }

    /// What a successor may not drop.
    private static func goodSize(
        of log: LogRecord, witnessed: UInt64?, isUnwitnessed: Bool, isSettled: Bool
    ) -> UInt64 {
        switch log.standing {
        case .keyMisused(let size): size
        case .frozen(let size) where isSettled: min(size, witnessed ?? size)
        // Where the histories part is not known: nothing that was seen may go.
        case .sound, .frozen: isUnwitnessed ? log.size : witnessed ?? 0
        }
    }

    private func read<Value>(
        _ body: (LogSnapshot) throws(StorageError) -> Value
    ) throws(SyncError) -> Value {
        do throws(StorageError) { return try database.read(body) } catch {
            throw .storage(error)
        }
    }
}
