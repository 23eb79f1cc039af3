internal import Cryptography
internal import Registry
public import Storage
public import TransparencyLog

/// Lets a node that started sign, once it is sure to know all that it ever signed.
///
/// `Protocol/log.md § Start`. A life mark that does not match means that this is not the newest
/// state of the node: the own log is fetched from the peers' copies, which bear its own
/// signature, and what it cosigned is asked of the other witnesses. Nothing is signed here.
public struct NodeStart: Sendable {
    public struct Report: Sendable {
        /// Why the node is still sealed; empty if it may sign.
        public var reasons: [SealReason] = []
        /// What became of fetching the own log, if that was needed.
        public var recovery: FollowReport?
        /// The logs of which this witness does not know all that it cosigned.
        public var incomplete: [String] = []
        public var failures: [SyncError] = []
    }

    let database: LogDatabase
    let rules: LogRules
    let network: PeerNetwork
    let panel: PublicationPanel
    let witness: NoteKey?
    let isBuddy: Bool

    /// - Parameters:
    ///   - witness: this node's own witness key, which vouches for nothing here.
    ///   - isBuddy: whether this node may have granted roots; a witness alone never does.
    public init(
        database: LogDatabase, rules: LogRules, network: PeerNetwork, panel: PublicationPanel,
        witness: NoteKey?, isBuddy: Bool = true
    ) {
        self.database = database
        self.rules = rules
        self.network = network
        self.panel = panel
        self.witness = witness
        self.isBuddy = isBuddy
    }

    /// - Parameter sources: addresses of nodes that are not known here any more; they become
    ///   peers if the own log names the witness key on their cards.
    public func run(from sources: [PeerAddress] = []) async -> Report {
        var report = Report()
        do throws(SyncError) {
            report.reasons = try reasons()
            if !report.reasons.isEmpty { try await unseal(sources, &report) }
            try await completeMemories(&report)
        } catch {
            report.failures.append(error)
        }
        return report
    }

    private func reasons() throws(SyncError) -> [SealReason] {
        try SyncError.storing { () throws(StorageError) in try database.sealReasons() }
    }

    private func unseal(
        _ sources: [PeerAddress], _ report: inout Report
    ) async throws(SyncError) {
        let isBroken = report.reasons.contains(where: \.isBrokenMark)
        guard let origin = try own() else {
            try open(isBroken: isBroken, doubting: isBroken)
            report.reasons = try reasons()
            return
        }
        if isBroken { try await recover(origin, sources, &report) }
        var (judgement, failures) = try await panel.judge(origin, in: database)
        if case .refused(.ahead) = judgement, !isBroken {
            try await recover(origin, sources, &report)
            (judgement, failures) = try await panel.judge(origin, in: database)
        }
        report.failures += failures
        // SPEC: a log without witnesses has nobody who could say that nothing is missing.
        if isBroken, judgement == .reached, panel.quorum()?.needed ?? 0 == 0 {
            judgement = .refused(.quorumSilent(answered: 0, needed: 1, silent: []))
        }
        if judgement == .reached, let reason = try unrecovered(origin, report.recovery) {
            judgement = .refused(reason)
        }
        switch judgement {
        case .reached:
            try open(
                isBroken: isBroken || report.recovery != nil, doubting: isBroken)
            report.reasons = try reasons()
        case .refused(let reason):
            report.reasons = report.reasons.filter(\.isBrokenMark) + [reason]
            let reasons = report.reasons
            try SyncError.storing { () throws(StorageError) in
                try database.closeSession(reasons)
            }
        }
    }

    /// That this node signed more than is here again, as its own notes say, of which a peer showed
    /// the larger one or whose entries came in part; nil if they say nothing of the kind.
    private func unrecovered(
        _ origin: String, _ recovery: FollowReport?
    ) throws(SyncError) -> SealReason? {
        let (signed, pending) = try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                (
                    try snapshot.head(origin)?.head.size ?? 0,
                    try snapshot.pendingHead(origin)?.head.size ?? 0
                )
            }
        }
        let shown = max(pending, recovery?.largestShown ?? 0)
        return shown > signed ? .ahead(name: origin, size: shown, own: signed) : nil
    }

    private func own() throws(SyncError) -> String? {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in
                try snapshot.logs().first(where: \.isOwn)?.origin
            }
        }
    }

    private func open(isBroken: Bool, doubting: Bool) throws(SyncError) {
        var generator = SystemRandomNumberGenerator()
        let incarnation = HashValue(of: [UInt8].random(count: 32, using: &generator))
        try SyncError.storing { () throws(StorageError) in
            // Order: a memory is doubted before the marks that would vouch for it are new; one
            // of a log that is not even here any more, too.
            if doubting {
                for origin in rules.origins() { try database.addLog(origin, isOwn: false) }
                try database.doubtMemories()
            }
            if isBroken {
                try database.renewLife(incarnation)
            } else {
                try database.openSession()
            }
        }
    }

    private func recover(
        _ origin: String, _ sources: [PeerAddress], _ report: inout Report
    ) async throws(SyncError) {
        let known = try peers()
        let clients = (known.compactMap { try? PeerAddress(parsing: $0.url) } + sources)
            .map(network.client)
        let follower = Follower(database: database, rules: rules)
        report.recovery = await follower.recover(origin, from: clients)
        for source in sources { await adopt(source, origin, &report) }
    }

    /// Takes over the card of a node whose witness key the own log's policy names.
    private func adopt(_ source: PeerAddress, _ origin: String, _ report: inout Report) async {
        do throws(SyncError) {
            let bytes = try await network.client(source).card()
            guard let card = try? NodeCard(parsing: bytes),
                rules.policy(origin)?.witnesses.contains(where: { $0.key == card.witness })
                    ?? false
            else { return }
            try SyncError.storing { () throws(StorageError) in
                try database.addLog(card.pin.origin, isOwn: false)
                try database.store(
                    PeerRecord(origin: card.pin.origin, url: source.url, card: bytes))
            }
        } catch {
            report.failures.append(error)
        }
    }

    private func peers() throws(SyncError) -> [PeerRecord] {
        try SyncError.storing { () throws(StorageError) in
            try database.read { snapshot throws(StorageError) in try snapshot.peers() }
        }
    }
}
