internal import Encoding
internal import Logging
internal import ServiceLifecycle
internal import Storage
internal import Sync
internal import TransparencyLog

/// Looks through all logs again and again, a slice at a time, until the node stops.
struct ScrubService: Service {
    let database: LogDatabase
    let rules: LogRules
    let now: @Sendable () -> Timestamp
    /// The seconds between two slices; 0: never.
    let seconds: Int
    let logger: Logger

    func run() async throws {
        let network = PeerNetwork()
        await cancelWhenGracefulShutdown {
            guard seconds > 0 else {
                try? await gracefulShutdown()
                return
            }
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(seconds))
                if !Task.isCancelled { await slice(network) }
            }
        }
        await network.shutdown()
    }

    /// One slice of the first log that was not looked through within a day.
    private func slice(_ network: PeerNetwork) async {
        do {
            let (logs, records) = try database.read { snapshot throws(StorageError) in
                var logs: [(LogRecord, ScrubRecord)] = []
                for log in try snapshot.logs() {
                    logs.append((log, try snapshot.scrub(log.origin)))
                }
                return (logs, try snapshot.peers())
            }
            let addresses = records.compactMap { try? PeerAddress(parsing: $0.url) }
            let peers = network.breaker.beginRound(with: addresses).map(network.client)
            let scrub = LogScrub(database: database, rules: rules)
            for (log, state) in logs where !Task.isCancelled {
                if state.next == 0, let finished = state.finished,
                    now().seconds(since: finished) < 86_400
                {
                    continue
                }
                if let slice = try await scrub.slice(of: log.origin, from: peers, at: now()) {
                    return record(slice)
                }
            }
        } catch {
            logger.error("scrub stopped", metadata: ["reason": "\(error)"])
        }
    }

    private func record(_ slice: LogScrub.Slice) {
        guard let outcome = slice.outcome else { return }
        var metadata: Logger.Metadata = [
            "origin": "\(slice.origin)",
            "bundles": "\(slice.damaged.map { "\($0)" }.joined(separator: ","))",
        ]
        switch outcome {
        case .sound: logger.warning("unreadable for a moment", metadata: metadata)
        case .hashesRebuilt: logger.error("damaged hashes made anew", metadata: metadata)
        case .indexesRebuilt:
            logger.error("damaged indexes made anew", metadata: metadata)
        case .refetched(_, let peer):
            metadata["peer"] = "\(peer)"
            logger.error("damaged entries fetched back", metadata: metadata)
        case .failed(let failures):
            metadata["reason"] = "\(failures.map(\.description).joined(separator: "; "))"
            logger.critical("log damaged", metadata: metadata)
        }
    }
}
