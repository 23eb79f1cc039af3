public import Cryptography
public import Encoding
public import Registry
import Storage
public import TransparencyLog

extension Office {
    /// What adding a peer changed: the policies under which logs are now believed.
    public struct PeerAddition: Hashable, Sendable {
        public let card: NodeCard
        /// By country: how many of which witnesses must have cosigned.
        public let policies: [String: WitnessPolicy]
    }

    /// Believes another country's log from now on.
    ///
    /// The card must have come from the peer itself; nothing is added unless its fingerprint
    /// is the one that the operator was given another way. Every log is then believed with the
    /// witnesses of all nodes that are known here, its own operator's left out.
    public func addPeer(
        _ peer: NodeCard, url: String, fingerprint: Fingerprint, at now: Timestamp
    ) async throws -> PeerAddition {
        guard peer.fingerprint == fingerprint else {
            throw RegistrarError.wrongFingerprint(
                expected: fingerprint.description, found: peer.fingerprint.description)
        }
        guard peer.pin.origin != card.pin.origin else {
            throw RegistrarError.ownCard(origin: card.pin.origin)
        }
        guard peer.isSample == card.isSample else {
            throw RegistrarError.sampleMismatch(origin: peer.pin.origin)
        }
        try database.addLog(peer.pin.origin, isOwn: false)
        try database.store(
            PeerRecord(origin: peer.pin.origin, url: url, card: peer.serialized))
        let cards = try peerCards() + [card]
        var drafts: [ActDraft] = []
        var policies: [String: WitnessPolicy] = [:]
        let state = try state(about: [], at: now)
        for subject in cards {
            let policy = try Office.policy(for: subject, among: cards)
            policies[subject.country] = policy
            let isSame =
                subject.pin.origin == card.pin.origin
                ? state.ownPolicy == policy : state.peers[subject.country]?.policy == policy
            if !isSame {
                drafts.append(.peer(subject, policy: policy, by: card.pin.root.name))
            }
        }
        if !state.extractKeys.contains(where: { $0.key == peer.extract }) {
            drafts.append(.extractKey(peer.extract, by: card.pin.root.name))
        }
        if !drafts.isEmpty { try await publish(drafts, at: now) }
        return PeerAddition(card: peer, policies: policies)
    }

    /// Names a peer as the buddy that must grant every checkpoint of this log, itself included.
    ///
    /// `Protocol/log.md § Buddy`. The root's act counts at once: a buddy that is silent for good
    /// is replaced without being asked.
    public func nameBuddy(_ country: String, at now: Timestamp) async throws -> NodeCard {
        guard let peer = try peerCards().first(where: { $0.country == country }) else {
            throw RegistrarError.noPeer(country: country)
        }
        try await publish(
            [.buddyKey(peer.witness, by: card.pin.root.name)], at: now)
        return peer
    }

    /// The cards of the peers that were added, in the order of their origins.
    public func peerCards() throws -> [NodeCard] {
        let records = try database.reading { try $0.peers() }
        var cards: [String: NodeCard] = [:]
        for record in records {
            guard let bytes = record.card else { continue }
            let card = try NodeCard(parsing: bytes)
            cards[card.pin.origin] = card
        }
        return cards.values.sorted { $0.pin.origin < $1.pin.origin }
    }

    private static func policy(for subject: NodeCard, among cards: [NodeCard]) throws
        -> WitnessPolicy
    {
        let witnesses = cards.filter { $0.pin.origin != subject.pin.origin }
            .sorted { $0.country < $1.country }
        return try WitnessPolicy.requiring(
            witnesses.isEmpty ? 0 : WitnessPolicy.quorum(for: witnesses.count),
            of: witnesses.map { (name: $0.country, key: $0.witness, url: nil) })
    }
}
