public import Cryptography
internal import Encoding
internal import Registry
public import Storage
internal import TransparencyLog

/// One round with all peers: follow every log, pass on split views, collect cosignatures.
///
/// `Protocol/sync.md § A round`. Everything that fails is in the report and is tried again in
/// the next round; nothing is ever half done.
public struct Synchronizer: Sendable {
    /// What came of a round.
    public struct Report: Hashable, Sendable {
        public var logs: [FollowReport] = []
        public var splitViews: [HashValue] = []
        /// The next generations of known logs that peers showed.
        public var successors: [SuccessorInquiry.Finding] = []
        /// The cosignatures of the own log, if there is one and its policy names witnesses.
        public var cosignatures: CosignatureCollector.Report?
        public var failures: [SyncError] = []
    }

    private let database: LogDatabase
    private let rules: LogRules
    private let network: PeerNetwork
    private let limits: FollowLimits
    private let renewal: CosignatureRenewal

    /// - Parameter renewal: when a checkpoint without news is cosigned again.
    public init(
        database: LogDatabase, rules: LogRules, network: PeerNetwork,
        limits: FollowLimits = FollowLimits(), renewal: CosignatureRenewal = .always
    ) {
        self.renewal = renewal
        self.database = database
        self.rules = rules
        self.network = network
        self.limits = limits
    }

    /// - Parameter order: shuffles the peers, so that not all nodes ask the same one first.
    public func round(
        shuffledBy order: ([PeerRecord]) -> [PeerRecord] = { $0.shuffled() }
    ) async -> Report {
        var report = Report()
        do throws(SyncError) {
            var (logs, records) = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in
                    (try snapshot.logs(), try snapshot.peers())
                }
            }
            let peers = clients(of: order(records), &report)
            let have = await heads(of: peers, &report)
            let successors = await SuccessorInquiry(database: database, rules: rules)
                .run(among: peers, listing: have)
            report.successors = successors.findings
            report.failures += successors.failures
            if successors.findings.contains(where: { $0.refusal == nil }) {
                logs = try SyncError.storing { () throws(StorageError) in
                    try database.read { snapshot throws(StorageError) in try snapshot.logs() }
                }
            }
            let follower = Follower(database: database, rules: rules, limits: limits)
            for log in logs where !log.isOwn {
                let sources = peers.filter { have[$0.address]?.contains(log.origin) ?? false }
                guard !sources.isEmpty else { continue }
                report.logs.append(await follower.follow(log.origin, from: sources))
            }
            for client in peers where have[client.address] != nil {
                await exchangeSplitViews(with: client, &report)
            }
            if let own = logs.first(where: \.isOwn) {
                try await collect(for: own, records, &report)
            }
        } catch {
            report.failures.append(error)
        }
        return report
    }

    private func clients(of records: [PeerRecord], _ report: inout Report) -> [PeerClient] {
        var addresses: [PeerAddress] = []
        for record in records {
            do throws(SyncError) {
                let address = try PeerAddress(parsing: record.url)
                if !addresses.contains(address) { addresses.append(address) }
            } catch {
                report.failures.append(error)
            }
        }
        return addresses.map(network.client)
    }

    /// The logs that each peer keeps; a peer that does not answer is left out of the round.
    private func heads(
        of peers: [PeerClient], _ report: inout Report
    ) async -> [PeerAddress: Set<String>] {
        let results = await withTaskGroup(
            of: (PeerAddress, Result<HeadList, SyncError>).self
        ) { group in
            for client in peers {
                group.addTask {
                    do throws(SyncError) {
                        return (client.address, .success(try await client.heads()))
                    } catch {
                        return (client.address, .failure(error))
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        var have: [PeerAddress: Set<String>] = [:]
        for (address, result) in results {
            switch result {
            case .success(let list): have[address] = Set(list.heads.map(\.origin))
            case .failure(let error): report.failures.append(error)
            }
        }
        return have
    }

    private func exchangeSplitViews(
        with client: PeerClient, _ report: inout Report
    ) async {
        let exchange = SplitViewExchange(database: database, rules: rules)
        do throws(SyncError) {
            for case .stored(let identity) in try await exchange.exchange(with: client) {
                report.splitViews.append(identity)
            }
        } catch {
            report.failures.append(error)
        }
    }

    /// Asks the plain witnesses of the own log's policy whose addresses are known.
    private func collect(
        for own: LogRecord, _ records: [PeerRecord], _ report: inout Report
    ) async throws(SyncError) {
        guard own.size > 0, let policy = rules.policy(own.origin), !policy.isUnwitnessed else {
            return
        }
        let witnesses = WitnessContact.contacts(of: policy, among: records, in: network)
        guard !witnesses.isEmpty else { return }
        let cosignatures = try await CosignatureCollector(database: database, rules: rules)
            .collect(for: own.origin, from: witnesses, renewal: renewal)
        report.failures += cosignatures.failures
        report.cosignatures = cosignatures
    }
}
