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
            // Read from one log after the other, and parsed on all cores.
            let read = try sources.map { source in
                let asked = asked(source, selection(of: source, about: subjects))
                return (asked: asked, entries: try reader.entries(asked))
            }
            let parsed = read.concurrentMap { [cache] asked, entries in
                Result { try ActReader.kept(entries, asked, cache) }
            }
            return try sources.indices.map { place in
                let (asked, entries) = read[place]
                let reading = try reader.acts(asked, entries, kept: try parsed[place].get())
                note(reading, sources[place], &kept)
                return try destination(sources[place], reading.acts, subjects, reader, &kept)
            }
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
        let acts = try read(source, selection(of: source, about: subjects), reader, &kept)
        return try destination(source, acts, subjects, reader, &kept)
    }

    /// What is read of a destination first.
    private func selection(
        of source: Source, about subjects: Set<String>
    ) -> EntrySelection {
        // SPEC: a regulation is found by its occupation, not by its place.
        EntrySelection(
            subjects: subjects.union([source.country]), excludedKinds: WorthDesk.silentKinds,
            places: [source.country])
    }

    /// The destination with what its acts make it necessary to read besides.
    private func destination(
        _ source: Source, _ first: [StandingAct], _ subjects: Set<String>, _ reader: ActReader,
        _ kept: inout [Keeping]
    ) throws -> Destination {
        var acts = first
        let others = FurtherActs(after: acts).occupations(besides: subjects)
        if !others.isEmpty {
            let regulations = EntrySelection(subjects: others, onlyKinds: ["regulation"])
            let known = Set(acts.map { $0.logged.index })
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
        let asked = EntrySelection(
            subjects: subjects.union([source.country]),
            excludedKinds: withAccreditations
                ? WorthDesk.foreignKinds : WorthDesk.foreignKinds + ["accreditation"],
            places: [source.country])
        return Destination(source, try read(source, asked, reader, &kept))
    }

    /// Kinds that say nothing about worth; what a withdrawal ended says so itself.
    private static let silentKinds: KindList = [
        "batch", "country", "key", "peer", "status-list", "withdrawal",
    ]

    /// Kinds that say nothing about worth in another country.
    private static let foreignKinds =
        silentKinds + ["equivalence", "framework", "instrument", "regulation"]

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
        let reading = try reader.acts(asked(source, selection))
        note(reading, source, &kept)
        return reading.acts
    }

    private func asked(_ source: Source, _ selection: EntrySelection) -> ActReader.Asked {
        ActReader.Asked(
            log: source.record, pin: source.pin, selection: selection, size: source.size,
            witnessedSize: source.witnessedSize)
    }

    private func note(
        _ reading: ActReader.Reading, _ source: Source, _ kept: inout [Keeping]
    ) {
        if !reading.found.isEmpty { kept.append((source.pin.origin, reading)) }
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
