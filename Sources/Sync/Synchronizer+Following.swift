internal import Cryptography
internal import Storage
internal import TransparencyLog

/// The part of a round that reads: what peers keep, and the news of the logs that they list.
extension Synchronizer {
    /// What each peer keeps; a peer that does not answer is left out of the round.
    func heads(
        of peers: [PeerClient], _ report: inout Report
    ) async -> [PeerAddress: HeadList] {
        let results = await withTaskGroup(of: Heard.self) { group in
            for client in peers { group.addTask { await Heard(from: client) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var have: [PeerAddress: HeadList] = [:]
        for heard in results {
            switch heard.result {
            case .success(let list): have[heard.address] = list
            case .failure(let error): report.failures.append(error)
            }
        }
        return have
    }

    func follow(
        _ logs: [LogRecord], _ peers: [PeerClient], _ have: [PeerAddress: HeadList],
        _ report: inout Report
    ) async {
        let listed = logs.compactMap { log -> (LogRecord, [Follower.Shown])? in
            let shown = peers.compactMap { client in
                have[client.address]?.heads.first { $0.origin.utf8.elementsEqual(log.origin.utf8) }
                    .map { Follower.Shown(client: client, note: $0.note) }
            }
            return shown.isEmpty ? nil : (log, shown)
        }
        let lanes = min(Synchronizer.laneLimit, listed.count)
        guard lanes > 0 else { return }
        // What lies in memory is shared by those that are followed at once.
        var limits = limits
        limits.stepBytes /= lanes
        limits.stepEntries /= lanes
        let follower = Follower(database: database, rules: rules, limits: limits)
        // A peer that hangs holds one log up, and is read from no more.
        let followed = await withTaskGroup(of: Followed.self) { group in
            var results: [Followed] = []
            for (number, (log, shown)) in listed.enumerated() {
                if number >= lanes, let result = await group.next() { results.append(result) }
                group.addTask { await follow(log, shown, follower) }
            }
            return await group.reduce(into: results) { $0.append($1) }
        }
        for result in followed.sorted(by: { $0.origin < $1.origin }) {
            if let log = result.report { report.logs.append(log) }
            report.failures += result.failures
        }
        for liar in (report.failures + report.logs.flatMap(\.failures)).compactMap(\.liar) {
            network.breaker.blame(liar)
        }
    }

    /// How many logs are followed at once.
    static let laneLimit = 4

    private func follow(
        _ log: LogRecord, _ shown: [Follower.Shown], _ follower: Follower
    ) async -> Followed {
        do throws(SyncError) {
            if log.isOwn {
                return Followed(log.origin, nil, try gather(shown, of: log, follower))
            }
            let report = await follower.follow(log.origin, shown: shown)
            do throws(SyncError) {
                let grown = try logs().first { $0.origin == log.origin }
                if let witness, let grown { try witness.cosign(grown) }
            } catch {
                return Followed(log.origin, report, [error])
            }
            return Followed(log.origin, report, [])
        } catch {
            return Followed(log.origin, nil, [error])
        }
    }

    /// The cosignatures under the peers' notes of the own log: a witness that can only dial out
    /// has left them there.
    private func gather(
        _ shown: [Follower.Shown], of log: LogRecord, _ follower: Follower
    ) throws(SyncError) -> [SyncError] {
        var failures: [SyncError] = []
        let head = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.head(log.origin) }
        }
        for each in shown where each.note != head?.note {
            do throws(SyncError) {
                let checkpoint = try rules.open(
                    each.note, of: log.origin, from: each.client.address)
                try follower.gather(checkpoint, of: log)
            } catch {
                failures.append(error)
            }
        }
        return failures
    }
}

/// What one peer answered when it was asked for what it keeps; a reference like `TaskOutcome`.
private final class Heard: Sendable {
    let address: PeerAddress
    let result: Result<HeadList, SyncError>

    init(from client: PeerClient) async {
        address = client.address
        let result: Result<HeadList, SyncError>
        do throws(SyncError) { result = .success(try await client.heads()) } catch {
            result = .failure(error)
        }
        self.result = result
    }
}

/// What came of one log; a reference like `TaskOutcome`.
private final class Followed: Sendable {
    let origin: String
    let report: FollowReport?
    let failures: [SyncError]

    init(_ origin: String, _ report: FollowReport?, _ failures: [SyncError]) {
        self.origin = origin
        self.report = report
        self.failures = failures
    }
}
