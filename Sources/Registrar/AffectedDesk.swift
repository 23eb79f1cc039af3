public import Credentials
public import Cryptography
public import Encoding
public import Recognition
public import Records
public import Registry
import Storage
import TransparencyLog

/// What here rests on something that an event voided or suspended, wherever that was said.
///
/// `Protocol/recognition.md § Survey`. It all stands until its own authority acts; nothing new may
/// be built on it.
public struct AffectedDesk: Sendable {
    /// The event, at its place.
    public struct Event: Sendable {
        public let origin: String
        public let index: UInt64
        public let identity: HashValue
        public let event: StatusEvent
    }

    /// A standing equivalence or instrument of this log that names a qualification of the body.
    public struct Ground: Hashable, Sendable {
        public let origin: String
        public let index: UInt64
        public let kind: String
        public let author: String
        public let qualifications: [String]
        public let basis: String?
    }

    /// What of the decisions rests on it, and what nobody can tell.
    public struct Decisions: Hashable, Sendable {
        public let consequences: Consequences
        /// The records in which they lie here, by the ids that they bear; a decision that was
        /// handed over has none.
        public let records: [String: RecordID]
    }

    private let office: Office

    public init(office: Office) { self.office = office }

    /// Finds the event by the identity of its act, in any log at hand.
    public func event(_ identity: HashValue) throws -> Event {
        let found = try office.database.reading { snapshot in
            try snapshot.logs().lazy.compactMap { log in
                try snapshot.entry(log.origin, identity: identity).map { (log.origin, $0) }
            }.first
        }
        guard let (origin, stored) = found else {
            throw RegistrarError.unknownAct(identity.hexadecimal)
        }
        return try event(origin, stored.index, RegistryEntry(parsing: stored.bytes))
    }

    /// Finds the event by its index in the log of a country.
    public func event(_ index: UInt64, in country: String, at now: Timestamp) throws -> Event {
        let anchor = try office.anchor(at: now)
        let trusted = TrustedLogs(database: office.database, anchor: anchor, at: now)
        let origin =
            country == office.card.country
            ? office.card.pin.origin : try trusted.peers()[country]?.pin.origin
        guard let origin else { throw RegistrarError.noCopy(country: country) }
        let stored = try office.database.reading { snapshot -> StoredEntry? in
            let size = try snapshot.log(origin)?.size ?? 0
            guard index < size else {
                throw RegistrarError.beyondLog(index: index, origin: origin, size: size)
            }
            return try snapshot.entries(origin, index..<(index + 1)).first
        }
        guard let stored else { throw RegistrarError.noCopy(country: country) }
        return try event(origin, index, RegistryEntry(parsing: stored.bytes))
    }

    private func event(
        _ origin: String, _ index: UInt64, _ entry: RegistryEntry
    ) throws -> Event {
        guard case .statusEvent(let act) = entry.act, act.kind != .compromise else {
            throw RegistrarError.otherAct(
                index: index, origin: origin,
                expected: "a status event that voids, suspends or reinstates",
                found: entry.envelope.kind)
        }
        return Event(origin: origin, index: index, identity: entry.identity, event: act)
    }

    /// The grounds of this node's own log that name what the body is accredited for.
    public func grounds(_ event: Event, at now: Timestamp) throws -> [Ground] {
        let accredited = try qualifications(event)
        let state = try office.state(about: Set(accredited).union([office.card.country]), at: now)
        return state.acts.compactMap { standing in
            let provision: Provision
            switch standing.act {
            case .equivalence(let act): provision = act.provision
            case .instrument(let act): provision = act.provision
            default: return nil
            }
            let named = accredited.filter { id in
                provision.qualifications.contains { Pattern($0).matches(id) }
            }
            guard !named.isEmpty, standing.isMandated, standing.stands(on: now.day) else {
                return nil
            }
            return Ground(
                origin: office.card.pin.origin, index: standing.logged.index,
                kind: standing.logged.entry.envelope.kind,
                author: standing.logged.entry.envelope.author, qualifications: named,
                basis: provision.basis?.text)
        }
    }

    /// What the body was accredited for, at the site and in the days that the event selects.
    private func qualifications(_ event: Event) throws -> [String] {
        let target = event.event.target
        let found = try accreditations(event).filter { act in
            (target.site == nil || act.site == nil || act.site == target.site)
                && act.period.from <= target.until ?? .latest
                && target.from ?? .earliest <= act.period.until ?? .latest
        }
        return Set(found.flatMap(\.qualifications)).sorted()
    }

    /// All accreditations of the body in the log in which the event stands.
    private func accreditations(_ event: Event) throws -> [Accreditation] {
        let (body, origin) = (event.event.target.subject, event.origin)
        let entries = try office.database.reading { snapshot -> [StoredEntry] in
            guard let log = try snapshot.log(origin) else { return [] }
            return try snapshot.entries(
                origin, selecting: EntrySelection(subjects: [body]), below: log.size)
        }
        return entries.compactMap { stored in
            guard let entry = try? RegistryEntry(parsing: stored.bytes),
                case .accreditation(let act) = entry.act, act.body == body
            else { return nil }
            return act
        }
    }

    /// The decisions in this node's records that rest on what the event selects, directly or
    /// through other decisions.
    ///
    /// - Parameter documents: further evidence, awards and decisions by whose ids others are
    ///   said to rest on them; taken as they stand.
    public func decisions(
        _ event: Event, in records: RecordStore?, with documents: [CredentialFile] = []
    ) throws -> Decisions {
        let target = event.event.target
        var resting = RestingDecisions(
            StatementEvent.Selector(
                body: target.subject, site: target.site, from: target.from, until: target.until),
            try accreditations(event))
        if let records { try resting.read(records) }
        for document in documents { resting.read(document.credential) }
        return Decisions(consequences: resting.consequences, records: resting.records)
    }
}
