public import Storage
internal import TransparencyLog

/// Takes over what packs hold that is not here: the same code as with peers on the network.
///
/// `Protocol/pack.md § Importing`. A sealed node imports too: nothing is signed here.
public struct PackImport: Sendable {
    private let database: LogDatabase
    private let rules: LogRules
    private let limits: FollowLimits

    public init(
        database: LogDatabase, rules: LogRules, limits: FollowLimits = FollowLimits()
    ) {
        self.database = database
        self.rules = rules
        self.limits = limits
    }

    /// Follows every log that is kept here as far as the packs lead, whatever their order.
    ///
    /// Several copies of one pack complete each other where they are damaged.
    public func take(_ packs: [Pack]) async -> Synchronizer.Report {
        var report = Synchronizer.Report()
        do throws(SyncError) {
            let have = await heads(of: packs, &report)
            for log in try logs() {
                let sources = zip(packs, have).filter { $0.1.contains(log.origin) }.map(\.0)
                guard !sources.isEmpty else { continue }
                if log.isOwn {
                    try await takeOwn(log, from: sources, &report)
                } else {
                    report.logs.append(try await follow(log, from: sources, &report))
                }
            }
            let exchange = SplitViewExchange(database: database, rules: rules)
            for pack in packs {
                do throws(SyncError) {
                    for case .stored(let identity) in try await exchange.exchange(
                        with: pack.client)
                    {
                        report.splitViews.append(identity)
                    }
                } catch {
                    report.failures.append(error)
                }
            }
        } catch {
            report.failures.append(error)
        }
        return report
    }

    private func logs() throws(SyncError) -> [LogRecord] {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.logs() }
        }
    }

    private func size(_ origin: String) throws(SyncError) -> UInt64 {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.log(origin)?.size ?? 0
            }
        }
    }

    /// The logs in each pack.
    private func heads(
        of packs: [Pack], _ report: inout Synchronizer.Report
    ) async -> [Set<String>] {
        var have: [Set<String>] = []
        for pack in packs {
            do throws(SyncError) {
                have.append(Set(try await pack.client.heads().heads.map(\.origin)))
            } catch {
                report.failures.append(error)
                have.append([])
            }
        }
        return have
    }

    /// One pack may begin where another ends, and one may have what is damaged in another: they
    /// are asked again as long as the log grows.
    private func follow(
        _ log: LogRecord, from packs: [Pack], _ report: inout Synchronizer.Report
    ) async throws(SyncError) -> FollowReport {
        let follower = Follower(database: database, rules: rules, limits: limits)
        var result: FollowReport?
        var before = log.size
        while true {
            let fitting = packs.filter { $0.start(of: log.origin) ?? 0 <= before }
            guard !fitting.isEmpty else { break }
            let next = await follower.follow(log.origin, from: fitting.map(\.client))
            result = result?.followed(by: next) ?? next
            let after = try size(log.origin)
            guard after > before else { break }
            before = after
        }
        for pack in packs {
            guard let start = pack.start(of: log.origin), start > before else { continue }
            report.failures.append(
                .pack(
                    file: pack.path,
                    .gap(origin: log.origin, start: start, size: before)))
        }
        return result
            ?? FollowReport(
                origin: log.origin, outcome: .failed, failures: [], missingBlobs: [])
    }

    /// Of the own log nothing is copied but what this node has lost; a pack that holds more of
    /// it than a node that is sure to have all seals the node.
    private func takeOwn(
        _ log: LogRecord, from packs: [Pack], _ report: inout Synchronizer.Report
    ) async throws(SyncError) {
        let reasons = try SyncError.storing { () throws(StorageError) in
            try database.sealReasons()
        }
        let follower = Follower(database: database, rules: rules, limits: limits)
        if reasons.contains(where: \.isBrokenMark) {
            report.logs.append(
                await follower.recover(log.origin, from: packs.map(\.client)))
            return
        }
        for pack in packs {
            do throws(SyncError) {
                let client = pack.client
                let checkpoint = try rules.open(
                    try await client.checkpoint(log.origin), of: log.origin, from: client.address)
                guard checkpoint.head.size > log.size else {
                    try follower.gather(checkpoint, of: log)
                    continue
                }
                let fault = PackFault.ownLogAhead(
                    origin: log.origin, size: checkpoint.head.size, own: log.size)
                report.failures.append(.pack(file: pack.path, fault))
                try SyncError.storing { () throws(StorageError) in
                    try database.closeSession([
                        .ahead(name: pack.path, size: checkpoint.head.size, own: log.size)
                    ])
                }
            } catch {
                report.failures.append(error)
            }
        }
    }
}

extension FollowReport {
    /// Both as one: from where the first began to where the second ended.
    fileprivate func followed(by next: FollowReport) -> FollowReport {
        var whole = self
        if case .advanced(let start, _) = outcome, case .advanced(_, let end) = next.outcome {
            whole.outcome = .advanced(from: start, to: end)
        } else {
            whole.outcome = outcome.combined(with: next.outcome)
        }
        // What an earlier pass could not do is told only if the last one could not either.
        whole.failures = next.failures
        whole.missingBlobs = next.missingBlobs
        return whole
    }
}
