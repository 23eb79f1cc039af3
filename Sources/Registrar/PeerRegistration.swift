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
        // A later generation continues the copy of the first one: its entries have their times there.
        let isHere = try database.reading { try $0.log(peer.pin.origin) != nil }
        if !isHere {
            let trusted = TrustedLogs(database: database, anchor: try anchor(at: now), at: now)
            try database.addLog(trusted.firstOrigin(of: peer.pin), isOwn: false)
        }
        try database.store(
            PeerRecord(origin: peer.pin.origin, url: url, card: peer.serialized))
        let state = try state(about: [], at: now)
        var (drafts, policies) = try policyDrafts(state)
        if !state.extractKeys.contains(where: { $0.key == peer.extract }) {
            drafts.append(.extractKey(peer.extract, by: card.pin.root.name))
        }
        if !drafts.isEmpty { try await publish(drafts, at: now) }
        return PeerAddition(card: peer, policies: policies)
    }

    /// States anew every policy that has changed by who is counted on.
    func publishPolicies(at now: Timestamp) async throws -> [String: WitnessPolicy] {
        let (drafts, policies) = try policyDrafts(state(about: [], at: now))
        if !drafts.isEmpty { try await publish(drafts, at: now) }
        return policies
    }

    /// The policies of all logs, and the acts that state those that are new.
    private func policyDrafts(
        _ state: LogState
    ) throws -> (drafts: [ActDraft], policies: [String: WitnessPolicy]) {
        let cards = try peerCards() + [card]
        let outside = try OutsideWitnesses(node: node).list
        var drafts: [ActDraft] = []
        var policies: [String: WitnessPolicy] = [:]
        for subject in cards {
            let policy = try Office.policy(for: subject, among: cards, and: outside)
            policies[subject.country] = policy
            let stated = state.peers[subject.country]
            let isSame =
                subject.pin.origin == card.pin.origin
                ? state.ownPolicy == policy
                : stated?.policy == policy && stated?.pin.origin == subject.pin.origin
            if !isSame {
                drafts.append(.peer(subject, policy: policy, by: card.pin.root.name))
            }
        }
        return (drafts, policies)
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
        let records = try database.reading { try $0.peers() }
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

    private static func policy(
        for subject: NodeCard, among cards: [NodeCard],
        and outside: [(name: String, key: NoteKey, url: String?)]
    ) throws -> WitnessPolicy {
        let witnesses = cards.filter { $0.pin.origin != subject.pin.origin }
            .sorted { $0.country < $1.country }
        let mirrors = witnesses.compactMap { card in
            card.mirror.map { (name: "\(card.country)-mirror", key: $0, url: String?.none) }
        }
        let plain =
            witnesses.map { (name: $0.country, key: $0.witness, url: String?.none) } + outside
        return try WitnessPolicy.requiring(
            WitnessPolicy.quorum(for: plain.count), of: plain,
            and: WitnessPolicy.quorum(for: mirrors.count), ofMirrors: mirrors)
    }
}
