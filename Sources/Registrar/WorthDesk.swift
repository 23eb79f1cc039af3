public import Cryptography
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
        let record: LogRecord
        let pin: LogPin
        let size: UInt64
        let witnessedSize: UInt64
        let head: LogOutline.Head
        let isUnwitnessed: Bool
        let isFrozen: Bool
    }

    private let database: LogDatabase
    private let anchor: Anchor
    private let cache: EntryCache

    /// - Parameter cachedBytes: of entries whose parsed form is kept for later questions.
    public init(database: LogDatabase, anchor: Anchor, cachedBytes: Int = 8 << 20) {
        self.database = database
        self.anchor = anchor
        cache = EntryCache(limit: cachedBytes)
    }

    /// The logs that are here and that the anchor names, its own first, then by country.
    public func sources(at now: Timestamp) throws -> [Source] {
        try read(at: now) { reader, kept in
            let outlines = try reader.snapshot.outlines()
            guard
                let own = try source(
                    anchor.country, anchor.pin, anchor.policy, outlines, reader.snapshot)
            else { return [] }
            let named = try read(own, EntrySelection(kinds: ["peer"]), reader, &kept)
            return try [own]
                + named.peers(of: anchor.pin).sorted { $0.key < $1.key }
                .compactMap {
                    try source($0.key, $0.value.pin, $0.value.policy, outlines, reader.snapshot)
                }
        }
    }

    /// `Knowledge.digest` of the logs at the heads that were read.
    public func digest(of sources: [Source]) -> HashValue {
        let lines = sources.sorted { $0.pin.origin < $1.pin.origin }.map { source in
            "\(source.pin.origin) \(source.head.size) \(source.head.root)\n"
        }
        return HashValue(of: lines.joined().utf8)
    }

    /// All acts about the subjects, and about its own country, in each of the logs, with the
    /// regulations of the subjects and of every occupation that these acts name.
    public func destinations(
        _ sources: [Source], about subjects: Set<String>, at now: Timestamp
    ) throws -> [Destination] {
        try read(at: now) { reader, kept in
            try sources.map { try destination($0, subjects, reader, &kept) }
        }
    }

    /// What the log of a country says of its own awards for decisions elsewhere: its acts about
    /// the subjects and about itself, but its regulations and grounds, which bind nobody else.
    ///
    /// - Parameter destinations: those that will ask. A qualification may have thousands of
    ///   accreditations: they are read if a ground there asks for one.
    public func home(
        _ source: Source, about subjects: Set<String>, for destinations: [Destination] = [],
        at now: Timestamp
    ) throws -> Destination {
        try read(at: now) { reader, kept in
            let areNeeded = destinations.contains {
                FurtherActs(after: $0.acts).areAccreditationsNeeded
            }
            return try home(source, subjects, areNeeded, reader, &kept)
        }
    }

    /// Both for one question, as they stand together.
    public func destination(
        _ source: Source, home: Source, about subjects: Set<String>, at now: Timestamp
    ) throws -> (destination: Destination, home: Destination) {
        try read(at: now) { reader, kept in
            let destination = try destination(source, subjects, reader, &kept)
            let areNeeded = FurtherActs(after: destination.acts).areAccreditationsNeeded
            let home = try self.home(home, subjects, areNeeded, reader, &kept)
            return (destination, home)
        }
    }

    private func destination(
        _ source: Source, _ subjects: Set<String>, _ reader: ActReader, _ kept: inout [Keeping]
    ) throws -> Destination {
        // SPEC: a regulation is found by its occupation, not by its place.
        let asked = EntrySelection(
            subjects: subjects.union([source.country]), excludedKinds: WorthDesk.silentKinds,
            places: [source.country])
        var acts = try read(source, asked, reader, &kept)
        let others = FurtherActs(after: acts).occupations.subtracting(subjects)
        if !others.isEmpty {
            let regulations = EntrySelection(subjects: others, onlyKinds: ["regulation"])
            let known = Set(acts.map(\.logged.index))
            acts += try read(source, regulations, reader, &kept).filter {
                !known.contains($0.logged.index)
            }
            acts.sort { $0.logged.index < $1.logged.index }
        }
        return Destination(source, acts)
    }

    private func home(
        _ source: Source, _ subjects: Set<String>, _ withAccreditations: Bool,
        _ reader: ActReader, _ kept: inout [Keeping]
    ) throws -> Destination {
        var besides = WorthDesk.silentKinds.union([
            "equivalence", "framework", "instrument", "regulation",
        ])
        if !withAccreditations { besides.insert("accreditation") }
        let asked = EntrySelection(
            subjects: subjects.union([source.country]), excludedKinds: besides,
            places: [source.country])
        return Destination(source, try read(source, asked, reader, &kept))
    }

    /// Kinds that say nothing about worth; what a withdrawal ended says so itself.
    private static let silentKinds: Set<String> = [
        "batch", "country", "key", "peer", "status-list", "withdrawal",
    ]

    private typealias Keeping = (origin: String, reading: ActReader.Reading)

    /// One state of the database for everything inside; what had to be folded is kept after it.
    private func read<Value>(
        at now: Timestamp, _ body: (ActReader, inout [Keeping]) throws -> Value
    ) throws -> Value {
        var kept: [Keeping] = []
        let value = try database.reading { snapshot in
            try body(ActReader(snapshot: snapshot, now: now, cache: cache), &kept)
        }
        keep(kept)
        return value
    }

    private func read(
        _ source: Source, _ selection: EntrySelection, _ reader: ActReader,
        _ kept: inout [Keeping]
    ) throws -> [StandingAct] {
        let reading = try reader.acts(
            source.record, source.pin, selection, below: source.size,
            witnessedSize: source.witnessedSize)
        if !reading.found.isEmpty { kept.append((source.pin.origin, reading)) }
        return reading.acts
    }

    /// For the next question; where the file cannot be written, that one folds again.
    private func keep(_ kept: [Keeping]) {
        try? database.keep(
            kept.map { StandingRun(of: $0.origin, $0.reading.found, mark: $0.reading.mark) })
    }

    private func source(
        _ country: String, _ pinned: LogPin, _ policy: WitnessPolicy,
        _ outlines: [String: LogOutline], _ snapshot: LogSnapshot
    ) throws -> Source? {
        let pin = try snapshot.newestGeneration(of: pinned, under: policy)
        guard let outline = outlines[pin.origin],
            let head = policy.isUnwitnessed ? outline.signed : outline.witnessed
        else { return nil }
        let record = outline.record
        var size = record.size
        var isFrozen = false
        switch record.standing {
        case .sound: break
        case .keyMisused(let goodSize): size = min(size, goodSize)
        case .frozen: isFrozen = true
        }
        return Source(
            country: country, record: record, pin: pin, size: size,
            witnessedSize: policy.isUnwitnessed ? size : head.size, head: head,
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
        let sources = try sources(at: now)
        let logs = try read(at: now) { reader, kept in
            try sources.map { try home($0, subjects, false, reader, &kept) }
        }
        return logs.flatMap { log in
            log.acts.compactMap { standing -> Qualification? in
                guard case .qualification(let act) = standing.act, standing.isMandated,
                    standing.stands(on: now.day)
                else { return nil }
                return act
            }
        }
    }
}

extension WorthDesk.Destination {
    fileprivate init(_ source: WorthDesk.Source, _ acts: [StandingAct]) {
        self.init(
            country: source.country, origin: source.pin.origin, size: source.head.size,
            quorumTime: source.isUnwitnessed ? nil : source.head.quorumTime,
            isFrozen: source.isFrozen, acts: acts)
    }
}
