import Cryptography
import Encoding
import Registry
import Storage
import Sync
import TransparencyLog

/// Under whose cosignatures each log is believed: the policies that the root states.
extension Office {
    /// States anew every policy that has changed by who is counted on.
    func publishPolicies(
        at now: Timestamp, outside: [(name: String, key: NoteKey, url: String?)]
    ) async throws -> [String: WitnessPolicy] {
        let (drafts, policies, _) = try policyDrafts(
            state(about: [], at: now), among: outside)
        if !drafts.isEmpty { try await publish(drafts, at: now) }
        return policies
    }

    /// The policies of all logs, and the acts that state those that are new.
    func policyDrafts(
        _ state: LogState, adding record: PeerRecord? = nil,
        among witnesses: [(name: String, key: NoteKey, url: String?)]? = nil
    ) throws -> (drafts: [ActDraft], policies: [String: WitnessPolicy], leftOut: [String]) {
        let records = try database.reading { try $0.peers() } + [record].compactMap { $0 }
        let cards = try Office.newestCards(of: records) + [card]
        let outside = try witnesses ?? OutsideWitnesses(node: node).list
        let leftOut = Office.leftOut(
            of: cards.filter { $0.pin.origin != card.pin.origin }, outside: outside.count,
            among: records)
        var drafts: [ActDraft] = []
        var policies: [String: WitnessPolicy] = [:]
        for subject in cards {
            let isOwn = subject.pin.origin == card.pin.origin
            let policy = try Office.policy(
                for: subject, among: cards, and: outside, without: isOwn ? leftOut : [])
            policies[subject.country] = policy
            let stated = state.peers[subject.country]
            let isSame =
                isOwn
                ? state.ownPolicy == policy
                : stated?.policy == policy && stated?.pin.origin == subject.pin.origin
            if !isSame {
                drafts.append(.peer(subject, policy: policy, by: card.pin.root.name))
            }
        }
        return (drafts, policies, leftOut)
    }

    /// The countries that only dial out and for which the own log's policy has no room: asked
    /// what they saw after a start, they could not answer, and the node would stay sealed.
    private static func leftOut(
        of others: [NodeCard], outside: Int, among records: [PeerRecord]
    ) -> [String] {
        let silent = others.filter { card in
            !records.contains { $0.witnessKey == card.witness && $0.isReachable }
        }.map(\.country).sorted()
        let room = ReadQuorum.roomForSilent(
            silent.count, beside: others.count - silent.count + outside)
        return Array(silent.dropFirst(room))
    }

    private static func policy(
        for subject: NodeCard, among cards: [NodeCard],
        and outside: [(name: String, key: NoteKey, url: String?)], without leftOut: [String]
    ) throws -> WitnessPolicy {
        let witnesses = cards.filter { $0.pin.origin != subject.pin.origin }
            .sorted { $0.country < $1.country }
        let mirrors = witnesses.compactMap { card in
            card.mirror.map { (name: "\(card.country)-mirror", key: $0, url: String?.none) }
        }
        let plain =
            witnesses.filter { !leftOut.contains($0.country) }
            .map { (name: $0.country, key: $0.witness, url: String?.none) } + outside
        return try WitnessPolicy.requiring(
            WitnessPolicy.quorum(for: plain.count), of: plain,
            and: WitnessPolicy.quorum(for: mirrors.count), ofMirrors: mirrors)
    }
}
