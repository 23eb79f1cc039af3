public import Encoding
import Registry
internal import Storage
public import Sync
internal import TransparencyLog

extension Office {
    /// Runs the body with the log's one writer and everybody whom it must ask.
    ///
    /// A node that has not asked its witnesses since it started asks them first.
    ///
    /// - Parameter buddy: the key of the buddy that the log names once the body has written.
    func writing(
        at now: Timestamp, buddy: NoteKey?,
        _ body: (Publisher) async throws -> Void
    ) async throws {
        try await PeerNetwork.with(limits: Office.hurry) { network in
            let panel = panel(network, buddy: buddy) { now }
            if try !database.sealReasons().isEmpty {
                _ = await start(network, buddy: buddy) { now }.run()
            }
            try await body(
                Publisher(
                    database: database, origin: card.pin.origin, signer: try logSigner(),
                    panel: panel, formerKeys: try formerLogKeys(at: now)))
        }
    }

    /// Asks what must be asked before this node may sign, and signs what was left unsigned.
    @discardableResult
    public func begin(
        in network: PeerNetwork, from sources: [PeerAddress] = [],
        clock: @escaping @Sendable () -> Timestamp
    ) async throws -> NodeStart.Report {
        let report = try await ask(in: network, from: sources, clock: clock)
        guard report.reasons.isEmpty else { return report }
        let buddy = try state(about: [], at: clock()).buddyKey
        try await Publisher(
            database: database, origin: card.pin.origin, signer: try logSigner(),
            panel: panel(network, buddy: buddy, clock: clock),
            formerKeys: try formerLogKeys(at: clock())
        ).resume()
        return report
    }

    /// Asks what must be asked before this node may sign; signs nothing.
    public func ask(
        in network: PeerNetwork, from sources: [PeerAddress] = [],
        clock: @escaping @Sendable () -> Timestamp
    ) async throws -> NodeStart.Report {
        let buddy = try state(about: [], at: clock()).buddyKey
        return await start(network, buddy: buddy, clock: clock).run(from: sources)
    }

    /// The keys that signed this log's checkpoints before the one in force.
    private func formerLogKeys(at now: Timestamp) throws -> [NoteKey] {
        try state(about: [], at: now).grants.filter { $0.role == .log }.map(\.key)
    }

    private func start(
        _ network: PeerNetwork, buddy: NoteKey?, clock: @escaping @Sendable () -> Timestamp
    ) -> NodeStart {
        NodeStart(
            database: database, rules: rules(clock: clock), network: network,
            panel: panel(network, buddy: buddy, clock: clock), witness: card.witness)
    }

    private func panel(
        _ network: PeerNetwork, buddy: NoteKey?, clock: @escaping @Sendable () -> Timestamp
    ) -> PublicationPanel {
        PublicationPanel(
            of: card.pin.origin, in: database, rules: rules(clock: clock), network: network
        ) { () throws(SyncError) in buddy }
    }

    /// Somebody waits for the end of a publication: a silent witness holds it up for seconds.
    private static var hurry: PeerLimits {
        var limits = PeerLimits()
        (limits.connectSeconds, limits.idleSeconds, limits.totalSeconds) = (3, 5, 10)
        return limits
    }
}
