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
        /// A split view stopped it: nothing in it is believed.
        public let isFrozen: Bool
        public let acts: [StandingAct]

        public var log: LogStatements.Log { .init(country: country, acts: acts) }
    }

    /// A log that the anchor names, how far it may be believed, and how much of it a quorum has
    /// seen, at the time of reading.
    public struct Source: Sendable {
        public let country: String
        let pin: LogPin
        let size: UInt64
        let witnessedSize: UInt64
        let head: StoredCheckpoint
        let isUnwitnessed: Bool
        let isFrozen: Bool
    }

    private let database: LogDatabase
    private let anchor: Anchor

    public init(database: LogDatabase, anchor: Anchor) {
        self.database = database
        self.anchor = anchor
    }

    /// The logs that are here and that the anchor names, its own first, then by country.
    public func sources(at now: Timestamp) throws -> [Source] {
        var kept: [Keeping] = []
        let sources = try database.reading { snapshot in
            guard let own = try source(anchor.country, anchor.pin, anchor.policy, snapshot) else {
                return [Source]()
            }
            let reader = ActReader(snapshot: snapshot, now: now)
            let named = try read(own, EntrySelection(kinds: ["peer"]), reader, &kept)
            return try [own]
                + named.peers(of: anchor.pin).sorted { $0.key < $1.key }
                .compactMap { try source($0.key, $0.value.pin, $0.value.policy, snapshot) }
        }
        keep(kept)
        return sources
    }

    /// All acts about the subjects, and about its own country, in each of the logs.
    public func destinations(
        _ sources: [Source], about subjects: Set<String>, at now: Timestamp
    ) throws -> [Destination] {
        var kept: [Keeping] = []
        let destinations = try database.reading { snapshot in
            let reader = ActReader(snapshot: snapshot, now: now)
            return try sources.map { source in
                let selection = EntrySelection(subjects: subjects.union([source.country]))
                return Destination(
                    country: source.country, origin: source.pin.origin,
                    size: source.head.head.size,
                    quorumTime: source.isUnwitnessed ? nil : source.head.quorumTime,
                    isFrozen: source.isFrozen,
                    acts: try read(source, selection, reader, &kept))
            }
        }
        keep(kept)
        return destinations
    }

    private typealias Keeping = (origin: String, reading: ActReader.Reading)

    private func read(
        _ source: Source, _ selection: EntrySelection, _ reader: ActReader,
        _ kept: inout [Keeping]
    ) throws -> [StandingAct] {
        let reading = try reader.acts(
            source.pin, selection, below: source.size, witnessedSize: source.witnessedSize)
        if !reading.found.isEmpty { kept.append((source.pin.origin, reading)) }
        return reading.acts
    }

    /// For the next question; where the file cannot be written, that one folds again.
    private func keep(_ kept: [Keeping]) {
        for (origin, reading) in kept {
            try? database.keep(reading.found, of: origin, mark: reading.mark)
        }
    }

    private func source(
        _ country: String, _ pinned: LogPin, _ policy: WitnessPolicy, _ snapshot: LogSnapshot
    ) throws -> Source? {
        let pin = try snapshot.newestGeneration(of: pinned, under: policy)
        guard let record = try snapshot.log(pin.origin),
            let head = policy.isUnwitnessed
                ? try snapshot.head(pin.origin) : try snapshot.witnessedHead(pin.origin)
        else { return nil }
        var size = record.size
        var isFrozen = false
        switch record.standing {
        case .sound: break
        case .keyMisused(let goodSize): size = min(size, goodSize)
        case .frozen: isFrozen = true
        }
        return Source(
            country: country, pin: pin, size: size,
            witnessedSize: policy.isUnwitnessed ? size : head.head.size, head: head,
            isUnwitnessed: policy.isUnwitnessed, isFrozen: isFrozen)
    }

    /// Every version of every qualification that a log at hand registers.
    public func qualifications(at now: Timestamp) throws -> [Qualification] {
        let subjects = try database.reading { snapshot in
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
        return try destinations(sources(at: now), about: subjects, at: now).flatMap { destination in
            destination.acts.compactMap { standing -> Qualification? in
                guard case .qualification(let act) = standing.act, standing.isMandated,
                    standing.stands(on: now.day)
                else { return nil }
                return act
            }
        }
    }
}
