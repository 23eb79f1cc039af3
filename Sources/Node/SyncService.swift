internal import Encoding
internal import Logging
internal import Registry
internal import ServiceLifecycle
internal import Storage
internal import Sync
internal import TransparencyLog

/// Asks the peers again and again until the node stops.
struct SyncService: Service {
    let database: LogDatabase
    let rules: LogRules
    let begin: (@Sendable (PeerNetwork) async throws -> [SealReason])?
    /// Cosigns what this node has followed.
    let witness: Witness?
    let now: @Sendable () -> Timestamp
    let seconds: Int
    let limits: FollowLimits
    let plan = ContactPlan()
    /// Where the choice of peers and the length of pauses come from.
    let generator: any RandomNumberGenerator & Sendable
    let logger: Logger
    /// Cosigns what this node holds, if it is a mirror.
    let mirror: MirrorCosigner?

    func run() async throws {
        let network = PeerNetwork()
        let journal = StateJournal(logger)
        await cancelWhenGracefulShutdown {
            await start(network, journal)
            guard seconds > 0 else {
                try? await gracefulShutdown()
                return
            }
            let renewal = CosignatureRenewal(
                every: CosignatureRenewal.standardSeconds, clock: now)
            let synchronizer = Synchronizer(
                database: database, rules: rules, network: network, limits: limits,
                witness: witness, now: now, renewal: renewal)
            var generator = generator
            while !Task.isCancelled {
                let witnesses = witnessKeys()
                var failures = record(
                    await synchronizer.round { records in
                        choose(records, witnesses, &generator)
                    })
                failures += await cosignCopies(network, renewal)
                journal.peers(failing: failures)
                await start(network, journal)
                let pause = plan.pause(of: Double(seconds), using: &generator)
                try? await Task.sleep(for: .seconds(pause))
            }
        }
        await network.shutdown()
    }

    /// The witnesses of the own log, one of which is asked in every round.
    private func witnessKeys() -> Set<NoteKey> {
        let own = try? database.read { snapshot throws(StorageError) in
            try snapshot.logs().first(where: \.isOwn)?.origin
        }
        let policy = own.flatMap { $0 }.flatMap(rules.policy)
        return Set(policy?.witnesses.map(\.key) ?? [])
    }

    private func choose(
        _ records: [PeerRecord], _ witnesses: Set<NoteKey>,
        _ generator: inout any RandomNumberGenerator & Sendable
    ) -> [PeerRecord] {
        let core = Set(
            records.filter { $0.witnessKey.map(witnesses.contains) ?? false }.map(\.url))
        let urls = plan.choose(from: records.map(\.url), witnesses: core, using: &generator)
        return urls.compactMap { url in records.first { $0.url == url } }
    }

    /// What a crash left unsigned is signed, and what must be asked before is asked.
    private func start(_ network: PeerNetwork, _ journal: StateJournal) async {
        do {
            journal.sealed(for: try await begin?(network).map { "\($0)" } ?? [])
            journal.signs(nil)
        } catch {
            journal.signs("\(error)")
        }
    }

    /// What was just copied is cosigned, if this node is a mirror.
    ///
    /// - Returns: what failed.
    private func cosignCopies(
        _ network: PeerNetwork, _ renewal: CosignatureRenewal
    ) async -> [SyncError] {
        guard let mirror else { return [] }
        let report = await MirrorRound(mirror, database: database, network: network)
            .run(at: now(), renewal: renewal)
        for origin in report.origins {
            logger.info("copy cosigned", metadata: ["origin": "\(origin)"])
        }
        return report.failures
    }

    /// One line a change of state; origins and addresses are public.
    ///
    /// - Returns: what failed.
    private func record(_ report: Synchronizer.Report) -> [SyncError] {
        for log in report.logs {
            switch log.outcome {
            case .advanced(let old, let new):
                logger.info(
                    "log advanced",
                    metadata: ["origin": "\(log.origin)", "from": "\(old)", "to": "\(new)"])
            case .splitView(let identity, _):
                logger.critical(
                    "split view found",
                    metadata: ["origin": "\(log.origin)", "identity": "\(identity)"])
            case .halted:
                logger.error("log halted", metadata: ["origin": "\(log.origin)"])
            case .current, .ahead, .failed: break
            }
        }
        for finding in report.successors {
            let outcome = finding.refusal.map { "refused: \($0.rawValue)" } ?? "adopted"
            logger.notice(
                "successor found",
                metadata: ["origin": "\(finding.origin)", "outcome": "\(outcome)"])
        }
        for identity in report.splitViews {
            logger.critical("split view received", metadata: ["identity": "\(identity)"])
        }
        return report.failures + report.logs.flatMap(\.failures)
    }
}
