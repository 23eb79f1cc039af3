public import Encoding
public import Recognition
public import Registry
public import Storage
import TransparencyLog
public import Verification

/// What the copies at hand say about awards, country by country, asking nobody.
///
/// `Protocol/recognition.md § Survey`. The anchor leads to the other logs; each country's own log
/// decides about that country.
public struct WorthDesk: Sendable {
    /// One country's log as far as the awards are concerned.
    public struct Destination: Sendable {
        public let country: String
        public let origin: String
        public let size: UInt64
        /// nil: the policy asks for no witness.
        public let quorumTime: Timestamp?
        public let isUnwitnessed: Bool
        /// A split view stopped it, or it is not here: nothing in it is believed.
        public let isFrozen: Bool
        public let state: LogState
    }

    private let database: LogDatabase
    private let anchor: Anchor

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    /// Every log that is here and that the anchor names, its own first, then by country; with
    /// its governance and all acts about the subjects and about its own country.
    public func destinations(
        about subjects: Set<String>, at now: Timestamp
    ) throws -> [Destination] {
        try database.reading { snapshot in
            let reader = LogReader(snapshot: snapshot, now: now)
            func destination(
                _ country: String, _ pin: LogPin, _ policy: WitnessPolicy
            ) throws -> Destination? {
                guard let record = try snapshot.log(pin.origin) else { return nil }
                let head =
                    policy.isUnwitnessed
                    ? try snapshot.head(pin.origin) : try snapshot.witnessedHead(pin.origin)
                guard let head else { return nil }
                var limit = record.size
                var isFrozen = false
                switch record.standing {
                case .sound: break
                case .keyMisused(let goodSize): limit = min(limit, goodSize)
                case .frozen: isFrozen = true
                }
                let state = try reader.state(
                    pin, about: subjects.union([country]), below: limit,
                    witnessedSize: policy.isUnwitnessed ? limit : head.head.size)
                return Destination(
                    country: country, origin: pin.origin, size: head.head.size,
                    quorumTime: policy.isUnwitnessed ? nil : head.quorumTime,
                    isUnwitnessed: policy.isUnwitnessed, isFrozen: isFrozen, state: state)
            }
            guard let own = try destination(anchor.country, anchor.pin, anchor.policy) else {
                return []
            }
            let peers = own.state.peers.sorted { $0.key < $1.key }
            return try [own]
                + peers.compactMap { country, peer in
                    try destination(country, peer.pin, peer.policy)
                }
        }
    }

    /// Every version of every qualification that a log at hand registers.
    public func qualifications(at now: Timestamp) throws -> [Qualification] {
        let subjects = try database.reading { snapshot -> Set<String> in
            var subjects: Set<String> = []
            for log in try snapshot.logs() {
                let entries = try snapshot.entries(
                    log.origin, selecting: EntrySelection(kinds: ["qualification"]),
                    below: log.size)
                for entry in entries.compactMap({ try? RegistryEntry(parsing: $0.bytes) }) {
                    if case .qualification(let act) = entry.act { subjects.insert(act.id) }
                }
            }
            return subjects
        }
        return try destinations(about: subjects, at: now).flatMap { destination in
            destination.state.acts.compactMap { standing -> Qualification? in
                guard case .qualification(let act) = standing.act, standing.isMandated,
                    standing.stands(on: now.day)
                else { return nil }
                return act
            }
        }
    }
}
