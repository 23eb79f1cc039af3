public import Cryptography
public import Encoding
public import Registry
import Storage
import Sync
public import TransparencyLog

extension Office {
    /// What adding a peer changed: the policies under which logs are now believed.
    public struct PeerAddition: Hashable, Sendable {
        public let card: NodeCard
        /// By country: how many of which witnesses must have cosigned.
        public let policies: [String: WitnessPolicy]
        /// The countries that only dial out and are no witnesses of the own log: too few others
        /// could be asked after a start.
        public let leftOut: [String]
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
        guard !card.pin.hasBorne(peer.pin.origin) else {
            throw RegistrarError.ownCard(origin: card.pin.origin)
        }
        guard peer.isSample == card.isSample else {
            throw RegistrarError.sampleMismatch(origin: peer.pin.origin)
        }
        let record = PeerRecord(origin: peer.pin.origin, url: url, card: peer.serialized)
        let state = try state(about: [], at: now)
        var (drafts, policies, leftOut) = try policyDrafts(state, adding: record)
        if !state.extractKeys.contains(where: { $0.key == peer.extract }) {
            drafts.append(.extractKey(peer.extract, by: card.pin.root.name))
        }
        // Order: a sealed node, or an act that is declined, leaves nothing half added; after a
        // crash in between the same command finds the acts and adds the rest.
        if !drafts.isEmpty { try await publish(drafts, at: now) }
        // A later generation continues the copy of the first one: its entries have their times there.
        let isHere = try database.reading { try $0.log(peer.pin.origin) != nil }
        if !isHere {
            let trusted = TrustedLogs(database: database, anchor: try anchor(at: now), at: now)
            try database.addLog(trusted.firstOrigin(of: peer.pin), isOwn: false)
        }
        try database.store(record)
        return PeerAddition(card: peer, policies: policies, leftOut: leftOut)
    }

    /// Names a peer as the buddy that must grant every checkpoint of this log, itself included.
    ///
    /// `Protocol/log.md § Buddy`. The root's act counts at once: a buddy that is silent for good
    /// is replaced without being asked.
    public func nameBuddy(_ country: String, at now: Timestamp) async throws -> NodeCard {
        guard let peer = try peerCards().first(where: { $0.country == country }) else {
            throw RegistrarError.noPeer(country: country)
        }
        let isReachable = try database.reading { try $0.peers() }.contains {
            $0.witnessKey == peer.witness && (try? PeerAddress(parsing: $0.url)) != nil
        }
        guard isReachable else { throw RegistrarError.outboundOnly(country: country) }
        try await publish(
            [.buddyKey(peer.witness, by: card.pin.root.name)], at: now)
        return peer
    }

    /// The newest card of each country that was added, in the order of their origins.
    public func peerCards() throws -> [NodeCard] {
        try Office.newestCards(of: database.reading { try $0.peers() })
    }

    static func newestCards(of records: [PeerRecord]) throws -> [NodeCard] {
        var cards: [String: NodeCard] = [:]
        for record in records {
            guard let bytes = record.card else { continue }
            let card = try NodeCard(parsing: bytes)
            // Of two generations of one country the later one speaks for it.
            let known = cards[card.country].flatMap { LogOrigin(parsing: $0.pin.origin) }
            let isEarlier = LogOrigin(parsing: card.pin.origin).map { known?.follows($0) ?? false }
            if isEarlier != true { cards[card.country] = card }
        }
        return cards.values.sorted { $0.pin.origin < $1.pin.origin }
    }
}
