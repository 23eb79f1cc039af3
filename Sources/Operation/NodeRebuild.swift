import Cryptography
public import Encoding
import Foundation
public import Registrar
import Registry
import Storage
public import Sync
import TransparencyLog

/// Makes a node anew whose machines are all gone: of its keys, and of the copies that others keep
/// of its log.
///
/// `Protocol/operation.md § Rebuild`. The copies bear the log's own signature; the log goes on in the
/// same generation. What only this node had, its records, is not among them.
public struct NodeRebuild: Sendable {
    public struct Report: Sendable {
        public let office: Office
        /// The entries of the own log that were fetched back.
        public let entries: UInt64
        public let start: NodeStart.Report
    }

    private let restore: NodeRestore

    public init(_ restore: NodeRestore) { self.restore = restore }

    /// - Parameters:
    ///   - keys: the part of a backup with the keys.
    ///   - sources: nodes that hold copies.
    /// - Throws: `notRebuilt` where none has a copy that verifies; the folder is there then, sealed
    ///   and without a log, and `concord node recover` goes on with it.
    public func run(
        keys: String, from sources: [PeerAddress], passphrase: [UInt8]?,
        clock: @escaping @Sendable () -> Timestamp
    ) async throws -> Report {
        guard !sources.isEmpty else { throw OperationError.noPeers }
        let (node, _) = try restore.runKeys(keys)
        let office = try Office(opening: node, passphrase: passphrase)
        let start = try await PeerNetwork.with { network in
            try await office.begin(in: network, from: sources, clock: clock)
        }
        let origin = office.card.pin.origin
        let entries = try office.database.read { try $0.log(origin)?.size ?? 0 }
        guard entries > 0 else { throw OperationError.notRebuilt(origin: origin) }
        return Report(office: office, entries: entries, start: start)
    }
}
