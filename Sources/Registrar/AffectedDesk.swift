public import Credentials
public import Cryptography
public import Encoding
import Recognition
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
        public let index: UInt64
        public let kind: String
        public let author: String
        public let qualifications: [String]
        public let basis: String?
    }

    /// A decision issued here that uses what was voided.
    public struct Decision: Hashable, Sendable {
        public let record: RecordID
        /// The id that the decision bears.
        public let id: String
        public let issuer: String
        public let issued: CalendarDate
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
                index: standing.logged.index, kind: standing.logged.entry.envelope.kind,
                author: standing.logged.entry.envelope.author, qualifications: named,
                basis: provision.basis?.text)
        }
    }

    /// What the body was accredited for, at the site and in the days that the event selects.
    private func qualifications(_ event: Event) throws -> [String] {
        let target = event.event.target
        let (body, origin) = (target.subject, event.origin)
        let entries = try office.database.reading { snapshot -> [StoredEntry] in
            guard let log = try snapshot.log(origin) else { return [] }
            return try snapshot.entries(
                origin, selecting: EntrySelection(subjects: [body]), below: log.size)
        }
        var found: Set<String> = []
        for entry in entries.compactMap({ try? RegistryEntry(parsing: $0.bytes) }) {
            guard case .accreditation(let act) = entry.act, act.body == body,
                target.site == nil || act.site == nil || act.site == target.site,
                act.period.from <= target.until ?? .latest,
                target.from ?? .earliest <= act.period.until ?? .latest
            else { continue }
            found.formUnion(act.qualifications)
        }
        return found.sorted()
    }

    /// The decisions in this node's records that use what the event selects.
    public func decisions(_ event: Event, in records: RecordStore) throws -> [Decision] {
        let target = event.event.target
        let selector = StatementEvent.Selector(
            body: target.subject, site: target.site, from: target.from, until: target.until)
        var decisions: [Decision] = []
        var last: Int64 = 0
        while true {
            let page = try records.summaries(after: last, limit: 1_000)
            guard let newest = page.last else { return decisions }
            last = newest.number
            for summary in page where !summary.isErased {
                let record = try records.record(summary.id)
                guard
                    let credential = try? StatementCredential(parsing: record.credential),
                    credential.kind == .decision, selector.picks(credential.statement)
                else { continue }
                decisions.append(
                    Decision(
                        record: summary.id, id: credential.id, issuer: credential.issuer,
                        issued: credential.issued))
            }
        }
    }
}

extension StatementEvent.Selector {
    /// Whether a decision says that it uses what the selector picks.
    fileprivate func picks(_ decision: JSONObject) -> Bool {
        (decision["uses"]?.array ?? []).contains { use in
            guard let use = use.object, let body = use["body"]?.string,
                let day = use["date"]?.string.flatMap(CalendarDate.init(parsing:))
            else { return false }
            return selects(
                body: body, site: use["site"]?.string,
                qualification: use["qualification"]?.string, on: day)
        }
    }
}
