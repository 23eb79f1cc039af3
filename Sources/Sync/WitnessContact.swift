internal import Registry
public import Storage
public import TransparencyLog

/// Somebody who can be asked about a log: a name, a key under which answers count, an address.
public struct WitnessContact: Sendable {
    public let name: String
    public let key: NoteKey
    public let client: PeerClient

    public init(name: String, key: NoteKey, client: PeerClient) {
        self.name = name
        self.key = key
        self.client = client
    }

    /// The witnesses of a policy that have an address: that of the peer whose card bears the
    /// key, or the one that the policy states.
    static func contacts(
        of policy: WitnessPolicy, among records: [PeerRecord], in network: PeerNetwork
    ) -> [WitnessContact] {
        policy.plainWitnesses.compactMap { witness in
            let address =
                records.lazy.filter { $0.witnessKey == witness.key }
                .compactMap { try? PeerAddress(parsing: $0.url) }.first
                ?? witness.url.flatMap { try? PeerAddress(parsing: $0) }
            return address.map {
                WitnessContact(
                    name: witness.name, key: witness.key, client: network.client($0))
            }
        }
    }
}

extension WitnessContact {
    /// The node that writes a log.
    static func node(
        of origin: String, among records: [PeerRecord], in network: PeerNetwork
    ) -> [WitnessContact] {
        records.compactMap { record in
            guard record.origin.utf8.elementsEqual(origin.utf8), let key = record.witnessKey,
                let address = try? PeerAddress(parsing: record.url)
            else { return nil }
            return WitnessContact(name: origin, key: key, client: network.client(address))
        }
    }
}

extension PeerRecord {
    /// The witness key on the peer's card.
    public var witnessKey: NoteKey? { card.flatMap { try? NodeCard(parsing: $0) }?.witness }
}
