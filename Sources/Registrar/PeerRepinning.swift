public import Cryptography
public import Encoding
public import Registry
import Storage
public import Sync
internal import TransparencyLog

extension Office {
    /// What pinning another generation by hand took over, and what it gave up.
    public struct Repinning: Hashable, Sendable {
        public let card: NodeCard
        public let replaced: String
        /// The entries of the old log that the new one begins with.
        public let keptSize: UInt64
        /// The entries that a quorum had seen of the old log, as far as they are here.
        public let witnessedSize: UInt64
        /// Whether the copy of the old log is continued, with its logged times.
        public let isContinued: Bool
    }

    /// Takes a card of a later generation for the country's log, on an operator's word.
    ///
    /// `Protocol/log.md § Successors`. For what is not adopted by itself: the operator has
    /// compared the fingerprint, and answers for what is dropped.
    public func repin(
        _ peer: NodeCard, at address: PeerAddress, fingerprint: Fingerprint,
        in network: PeerNetwork, at now: Timestamp
    ) async throws -> Repinning {
        guard let before = peer.pin.predecessors.last,
            let known = try state(about: [], at: now).peers[peer.country],
            known.pin.origin != peer.pin.origin,
            peer.pin.hasBorne(known.pin.origin), known.pin.root == peer.pin.root
        else {
            throw RegistrarError.notRepinned(country: peer.country, origin: peer.pin.origin)
        }
        guard peer.fingerprint == fingerprint else {
            throw RegistrarError.wrongFingerprint(
                expected: fingerprint.description, found: peer.fingerprint.description)
        }
        let isContinued = try await SuccessorInquiry(database: database, rules: rules { now })
            .pin(
                SuccessionRecord(
                    predecessor: before.origin, origin: peer.pin.origin, size: before.size,
                    firstLogKey: peer.log), from: network.client(address))
        let witnessed = try database.reading { snapshot in
            try snapshot.log(before.origin) == nil
                ? nil : snapshot.witnessedHead(before.origin)?.head.size
        }
        _ = try await addPeer(peer, url: address.url, fingerprint: fingerprint, at: now)
        return Repinning(
            card: peer, replaced: known.pin.origin, keptSize: before.size,
            witnessedSize: witnessed ?? 0, isContinued: isContinued)
    }
}
