public import Cryptography
public import Encoding
internal import Registry
public import Storage
internal import TransparencyLog

/// One round with peers: follow every log, pass on split views, collect cosignatures, bring the
/// peers what they lack.
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
        /// The entries that peers have now because this node brought them.
        public var pushes: [Push] = []
        public var failures: [SyncError] = []
    }

    public struct Push: Hashable, Sendable {
        public let peer: PeerAddress
        public let origin: String
        public let size: UInt64
    }

    let database: LogDatabase
    let rules: LogRules
    let network: PeerNetwork
    let limits: FollowLimits
    let witness: LocalWitness?
    private let renewal: CosignatureRenewal

    /// - Parameters:
    ///   - witness: cosigns what is followed; nil: this node cosigns only when it is asked.
    ///   - now: the witness's clock.
    ///   - renewal: when a checkpoint without news is cosigned again.
    public init(
        database: LogDatabase, rules: LogRules, network: PeerNetwork,
        limits: FollowLimits = FollowLimits(), witness: Witness? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp(seconds: 0) },
        renewal: CosignatureRenewal = .always
    ) {
        self.renewal = renewal
        self.database = database
        self.rules = rules
        self.network = network
        self.limits = limits
        self.witness = witness.map {
            LocalWitness(
                database: database, rules: rules, witness: $0, now: now, renewal: renewal)
        }
    }

    /// - Parameter order: puts the peers in the order in which they are asked, and may leave
    ///   some out of this round.
    public func round(
        shuffledBy order: ([PeerRecord]) -> [PeerRecord] = { $0.shuffled() }
    ) async -> Report {
        var report = Report()
        do throws(SyncError) {
            let records = try SyncError.storing { () throws(StorageError) in
                try database.read { snapshot throws(StorageError) in try snapshot.peers() }
            }
            let addresses = addresses(of: order(records.filter(\.isReachable)), &report)
            let peers = network.breaker.beginRound(with: addresses).map(network.client)
            let have = await heads(of: peers, &report)
            // Order: what a successor may not drop follows from how far a fork leaves the log.
            try await ForkSettlement(database: database, rules: rules).run(among: peers)
            let successors = await SuccessorInquiry(database: database, rules: rules)
                .run(among: peers, listing: have.mapValues { Set($0.heads.map(\.origin)) })
            report.successors = successors.findings
            report.failures += successors.failures
            await follow(try logs(), peers, have, &report)
            let proofs = try splitViews()
            for client in peers {
                guard let list = have[client.address], list.splitViews != proofs,
                    !network.breaker.isOpen(client.address)
                else { continue }
                await exchangeSplitViews(with: client, &report)
            }
            if let own = try logs().first(where: \.isOwn) {
                try await collect(for: own, records, &report)
            }
            // Order: last, so that what this round brought and signed is passed on at once.
            for client in peers {
                guard let list = have[client.address], !network.breaker.isOpen(client.address)
                else { continue }
                await bring(try logs(), to: client, list, &report)
            }
        } catch {
            report.failures.append(error)
        }
        return report
    }

    func logs() throws(SyncError) -> [LogRecord] {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.logs() }
        }
    }

    /// The digest of the proofs that are here: a peer with the same one has the same.
    private func splitViews() throws(SyncError) -> HashValue {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                HashList(try snapshot.faultIdentities()).digest
            }
        }
    }

    private func addresses(
        of records: [PeerRecord], _ report: inout Report
    ) -> [PeerAddress] {
        var addresses: [PeerAddress] = []
        for record in records {
            do throws(SyncError) {
                let address = try PeerAddress(parsing: record.url)
                if !addresses.contains(address) { addresses.append(address) }
            } catch {
                report.failures.append(error)
            }
        }
        return addresses
    }

    private func bring(
        _ logs: [LogRecord], to client: PeerClient, _ list: HeadList, _ report: inout Report
    ) async {
        let delivery = PeerDelivery(database: database, rules: rules, client: client)
        let brought = await delivery.bring(logs, to: list)
        report.failures += brought.failures
        report.pushes += brought.pushed.map {
            Push(peer: client.address, origin: $0.key, size: $0.value)
        }
        guard !brought.pushed.isEmpty else { return }
        do throws(SyncError) {
            // What the new entries name, the peer says now.
            report.failures += await delivery.bring(logs, to: try await client.heads()).failures
        } catch {
            report.failures.append(error)
        }
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
