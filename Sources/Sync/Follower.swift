internal import Cryptography
public import Storage
internal import TransparencyLog

/// Copies a log: checkpoint, policy, entries, root, and only then one transaction.
///
/// `Protocol/sync.md § Following`. Peers are believed in nothing: a note counts by the log's
/// key, entries by the root under it, blobs by their hash. What contradicts a note that is
/// already stored becomes a split view.
public struct Follower: Sendable {
    let database: LogDatabase
    let rules: LogRules
    let limits: FollowLimits

    public init(
        database: LogDatabase, rules: LogRules, limits: FollowLimits = FollowLimits()
    ) {
        self.database = database
        self.rules = rules
        self.limits = limits
    }

    /// Follows a log that is kept here as a copy, from whichever peers have it.
    public func follow(_ origin: String, from peers: [PeerClient]) async -> FollowReport {
        await follow(origin, from: peers, isOwn: false)
    }

    /// A note that a peer shows in its list of heads.
    struct Shown: Sendable {
        let client: PeerClient
        let note: SignedNote
    }

    /// The same where the peers have shown their newest notes already.
    func follow(_ origin: String, shown: [Shown]) async -> FollowReport {
        let report = FollowReport(
            origin: origin, outcome: .failed, failures: [], missingBlobs: [])
        return await follow(origin, shown, report, isOwn: false)
    }

    /// Fetches from the peers' copies what this node has lost of its own log.
    ///
    /// The caller has sealed the node: what comes back was signed here once.
    func recover(_ origin: String, from peers: [PeerClient]) async -> FollowReport {
        await follow(origin, from: peers, isOwn: true)
    }

    private func follow(
        _ origin: String, from peers: [PeerClient], isOwn: Bool
    ) async -> FollowReport {
        var report = FollowReport(
            origin: origin, outcome: .failed, failures: [], missingBlobs: [])
        let shown = await notes(of: origin, from: peers, &report)
        return await follow(origin, shown, report, isOwn: isOwn)
    }

    private func follow(
        _ origin: String, _ shown: [Shown], _ before: FollowReport, isOwn: Bool
    ) async -> FollowReport {
        var report = before
        var shown = shown
        let peers = shown.map(\.client)
        do throws(SyncError) {
            let state = try state(of: origin)
            guard let log = state?.log else { throw .unknownLog(origin: origin) }
            guard log.isOwn == isOwn else {
                throw .storage(.ownership(origin: origin, isOwn: log.isOwn))
            }
            if let note = state?.head?.note, log.standing == .sound {
                // What is here byte for byte needs no second look.
                let news = shown.filter { $0.note != note }
                if news.count < shown.count { report.outcome = .current(size: log.size) }
                shown = news
            }
            let (offers, unopened) = offers(of: origin, shown, &report)
            report.largestShown = offers.first?.head.size ?? 0
            for offer in offers {
                do throws(SyncError) {
                    let outcome = try await take(offer, from: peers, &report)
                    report.outcome = report.outcome.combined(with: outcome)
                } catch {
                    report.failures.append(error)
                }
                if case .splitView = report.outcome { break }
            }
            for each in unopened {
                do throws(SyncError) {
                    let outcome = try await catchUp(with: each, of: origin, from: peers, &report)
                    report.outcome = report.outcome.combined(with: outcome)
                } catch {
                    report.failures.append(error)
                }
            }
            if case .advanced = report.outcome {
                await keepCheckpoints(of: origin, from: peers, &report)
            }
            await fetchBlobs(of: origin, from: peers, &report)
        } catch {
            report.failures.append(error)
        }
        return report
    }

    /// A checkpoint that a peer shows and the log's key signed.
    struct Offer {
        let record: CheckpointRecord
        let client: PeerClient

        var checkpoint: Checkpoint { record.checkpoint }
        var head: TreeHead { record.checkpoint.head }
    }

    /// Everybody's newest note.
    private func notes(
        of origin: String, from peers: [PeerClient], _ report: inout FollowReport
    ) async -> [Shown] {
        let results = await withTaskGroup(of: TaskOutcome<Shown>.self) { group in
            for client in peers {
                group.addTask {
                    do throws(SyncError) {
                        let note = try await client.checkpoint(origin)
                        return TaskOutcome(.success(Shown(client: client, note: note)))
                    } catch {
                        return TaskOutcome(.failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1.result) }
        }
        var shown: [Shown] = []
        for result in results {
            switch result {
            case .success(let note): shown.append(note)
            case .failure(let error): report.failures.append(error)
            }
        }
        return shown
    }

    /// The notes that a key of the log opens, the largest first; two at one size are compared
    /// too. Beside them those of which no key is known here.
    private func offers(
        of origin: String, _ shown: [Shown], _ report: inout FollowReport
    ) -> ([Offer], unopened: [Shown]) {
        var offers: [Offer] = []
        var unopened: [Shown] = []
        for each in shown {
            do throws(SyncError) {
                let checkpoint = try rules.open(
                    each.note, of: origin, from: each.client.address)
                offers.append(
                    Offer(record: rules.record(checkpoint), client: each.client))
            } catch .wrongKey {
                unopened.append(each)
            } catch {
                report.failures.append(error)
            }
        }
        return (offers.sorted { $0.head.size > $1.head.size }, unopened)
    }

    /// What is stored of the log now.
    struct State {
        let log: LogRecord
        let head: StoredCheckpoint?
        let witnessed: StoredCheckpoint?
        let pending: StoredCheckpoint?
        let edge: TreeEdge
    }

    func state(of origin: String) throws(SyncError) -> State? {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                guard let log = try snapshot.log(origin) else { return nil }
                return State(
                    log: log, head: try snapshot.head(origin),
                    witnessed: try snapshot.witnessedHead(origin),
                    pending: try snapshot.pendingHead(origin), edge: try snapshot.edge(origin))
            }
        }
    }

    func take(
        _ offer: Offer, from peers: [PeerClient], _ report: inout FollowReport
    ) async throws(SyncError) -> FollowOutcome {
        let origin = offer.head.origin
        guard let state = try state(of: origin) else { throw .unknownLog(origin: origin) }
        if offer.head.size <= state.log.size {
            return try await compare(offer, with: state)
        }
        guard state.log.standing == .sound else { return .halted(state.log.standing) }
        // The peer that shows the checkpoint first; any other may have its entries too.
        let sources = [offer.client] + peers.filter { $0.address != offer.client.address }
        var last = SyncError.cancelled
        for source in sources {
            do throws(SyncError) {
                try await extend(to: offer, from: source)
                return .advanced(from: state.log.size, to: offer.head.size)
            } catch {
                last = error
                guard case .wrongEntries = error else {
                    // A storage that fails does not get better with the next peer.
                    if case .storage = error { throw error }
                    if case .overQuota = error { throw error }
                    report.failures.append(error)
                    continue
                }
                report.failures.append(error)
                // Garbage from this peer, or a second history? Its hashes tell.
                do throws(SyncError) {
                    let inquiry = ForkInquiry(follower: self, offer: offer, client: source)
                    if let outcome = try await inquiry.outcomeOfNewer(state) { return outcome }
                } catch {
                    report.failures.append(error)
                }
            }
        }
        _ = report.failures.popLast()
        throw last
    }

    /// A checkpoint of a size that is here: the same root, or a second history.
    private func compare(
        _ offer: Offer, with state: State
    ) async throws(SyncError) -> FollowOutcome {
        let origin = offer.head.origin
        let root = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.root(origin, size: offer.head.size)
            }
        }
        guard root == offer.head.root else {
            return try await ForkInquiry(follower: self, offer: offer, client: offer.client)
                .outcomeOfOlder(state)
        }
        guard offer.head.size <= state.log.usableSize else { return .halted(state.log.standing) }
        try adopt(offer.record)
        return offer.head.size < (state.head?.head.size ?? 0)
            ? .ahead(size: state.log.size) : .current(size: state.log.size)
    }

    /// Stores a note over entries that are here: as the newest, with the cosignatures of the
    /// one before, or among the kept ones.
    func adopt(_ record: CheckpointRecord) throws(SyncError) {
        let origin = record.checkpoint.head.origin
        for _ in 0..<5 {
            let head = try state(of: origin)?.head
            do throws(StorageError) {
                if let head, head.head.size > record.checkpoint.head.size {
                    return try database.keep([record])
                }
                let merged =
                    head?.head.size == record.checkpoint.head.size
                    ? rules.record(record.checkpoint, adding: head?.note.signatures ?? [])
                    : record
                if let head, head.note == merged.checkpoint.note { return }
                return try database.store(merged, replacing: head?.note)
            } catch .noteConflict {
                continue
            } catch {
                throw .storage(error)
            }
        }
        throw .storage(.noteConflict(origin: origin))
    }
}

extension FollowOutcome {
    /// The more telling of two outcomes.
    func combined(with other: FollowOutcome) -> FollowOutcome {
        func weight(_ outcome: FollowOutcome) -> Int {
            switch outcome {
            case .splitView: 5
            case .halted: 4
            case .advanced: 3
            case .current: 2
            case .ahead: 1
            case .failed: 0
            }
        }
        return weight(other) > weight(self) ? other : self
    }
}
