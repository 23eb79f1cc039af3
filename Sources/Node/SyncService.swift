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
    let seconds: Int
    let logger: Logger
    var mirror: MirrorCosigner?
    var now: @Sendable () -> Timestamp

    func run() async throws {
        let network = PeerNetwork()
        await cancelWhenGracefulShutdown {
            await start(network)
            guard seconds > 0 else {
                try? await gracefulShutdown()
                return
            }
            let renewal = CosignatureRenewal(
                every: CosignatureRenewal.standardSeconds, clock: now)
            let synchronizer = Synchronizer(
                database: database, rules: rules, network: network, renewal: renewal)
            while !Task.isCancelled {
                record(await synchronizer.round())
                await cosignCopies(network, renewal)
                await start(network)
                // A fifth up or down, so that nodes that started together do not stay together.
                let pause = Double(seconds) * Double.random(in: 0.8...1.2)
                try? await Task.sleep(for: .seconds(pause))
            }
        }
        await network.shutdown()
    }

    /// What a crash left unsigned is signed, and what must be asked before is asked.
    private func start(_ network: PeerNetwork) async {
        do {
            for reason in try await begin?(network) ?? [] {
                logger.warning("node is sealed", metadata: ["reason": "\(reason)"])
            }
        } catch {
            logger.error("nothing was signed", metadata: ["reason": "\(error)"])
        }
    }

    /// What was just copied is cosigned, if this node is a mirror.
    private func cosignCopies(_ network: PeerNetwork, _ renewal: CosignatureRenewal) async {
        guard let mirror else { return }
        let report = await MirrorRound(mirror, database: database, network: network)
            .run(at: now(), renewal: renewal)
        for origin in report.origins {
            logger.info("copy cosigned", metadata: ["origin": "\(origin)"])
        }
        for failure in report.failures {
            logger.warning("peer failed", metadata: ["reason": "\(failure)"])
        }
    }

    /// One line a change of state; origins and addresses are public.
    private func record(_ report: Synchronizer.Report) {
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
            for failure in log.failures {
                logger.warning("peer failed", metadata: ["reason": "\(failure)"])
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
        for failure in report.failures {
            logger.warning("peer failed", metadata: ["reason": "\(failure)"])
        }
    }
}
