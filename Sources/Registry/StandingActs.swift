public import Encoding
public import TransparencyLog

/// One accreditation with what became of it.
public struct StandingAccreditation: Hashable, Sendable {
    public let accreditation: Accreditation
    public let standing: StandingAct

    /// The authority that made it.
    public var accreditor: String { standing.logged.entry.envelope.author }
}

/// One published status list with its place in the log.
public struct StandingStatusList: Hashable, Sendable {
    public let publication: StatusListPublication
    public let logged: LoggedEntry
}

/// What the acts say about one subject, for those who decide.
extension LogState {
    /// Subjects of the acts that shape who may do what: what ends or voids one of them lists
    /// one of these, so a fold for a question needs every entry that does.
    public var governanceSubjects: Set<String> {
        acts.reduce(into: [pin.root.name]) { subjects, standing in
            let envelope = standing.logged.entry.envelope
            guard Act.governanceKinds.contains(envelope.kind) else { return }
            subjects.formUnion(envelope.subjects)
        }
    }

    /// The mandates of an authority that stood when the entry at that index was logged.
    public func mandates(
        of authority: String, at index: UInt64, on day: CalendarDate
    ) -> [Mandate] {
        acts.compactMap { standing in
            guard case .mandate(let mandate) = standing.act, mandate.authority == authority,
                standing.isMandated, standing.logged.index < index,
                standing.stands(at: index, on: day),
                !hindsight.isAnnulled(standing.logged.entry.identity)
            else { return nil }
            return mandate
        }
    }

    /// The accreditations of a body that were made under a mandate, ended ones included.
    public func accreditations(of body: String) -> [StandingAccreditation] {
        acts.compactMap { standing in
            guard case .accreditation(let accreditation) = standing.act,
                accreditation.body == body, standing.isMandated
            else { return nil }
            return StandingAccreditation(
                accreditation: accreditation,
                standing: isDelegated(standing) ? bounded(standing, accreditation) : standing)
        }
    }

    /// Whether it is known as a body, and not as an authority.
    func isBody(_ holder: String) -> Bool {
        grants.contains { $0.holder == holder && $0.role == .body }
            && !grants.contains { $0.holder == holder && $0.role == .authority }
    }

    /// The key that an accreditation gave its body.
    public func grant(of item: StandingAccreditation) -> KeyGrant? {
        let identity = item.standing.logged.entry.identity
        return grants.first { $0.act == identity }
    }

    /// Whether the body signed the entry with the key of that accreditation, in its time.
    func didSign(_ logged: LoggedEntry, with item: StandingAccreditation) -> Bool {
        guard let grant = grant(of: item) else { return false }
        let isInForce =
            isBadNews(logged.entry.act)
            ? grant.signsBadNews(at: logged.index) : grant.signs(at: logged.index)
        return isInForce && logged.entry.note.isSigned(by: grant.key)
    }

    /// Whether the accreditor signed the body's batch too.
    public func isCountersigned(
        _ logged: LoggedEntry, for item: StandingAccreditation
    ) -> Bool {
        grants.contains {
            $0.role == .authority && $0.holder == item.accreditor && $0.signs(at: logged.index)
                && logged.entry.note.isSigned(by: $0.key)
        }
    }

    /// The lists that a body, or its accreditor for it, published under that id, in the order
    /// of the log. Another body's list of the same id is another list.
    public func statusLists(_ list: String, of body: String) -> [StandingStatusList] {
        acts.compactMap { standing in
            guard case .statusList(let publication) = standing.act, publication.list == list,
                publication.body == body
            else { return nil }
            return StandingStatusList(publication: publication, logged: standing.logged)
        }
    }

    /// The newest statement about each other log, by country, unless it was withdrawn: an
    /// earlier one that it replaced does not come back.
    public var peers: [String: PeerStatement] { acts.peers(of: pin) }

    /// The policy under which the log says it should be read.
    public var ownPolicy: WitnessPolicy? {
        for standing in acts.reversed() {
            if case .peer(let peer) = standing.act, pin.hasBorne(peer.pin.origin) {
                return standing.end == nil ? peer.policy : nil
            }
        }
        return nil
    }

    /// The key that the root named for checkpoints of that size: the newest one from that
    /// size on. Where it was ended or compromised before, an earlier one does not come back.
    public func logKey(forSize size: UInt64) -> NoteKey? {
        let grant = grants.filter { $0.role == .log && $0.fromSize <= size }
            .max { ($0.fromSize, $0.grantedAt) < ($1.fromSize, $1.grantedAt) }
        guard let grant, grant.endedAt == nil, size <= grant.voidFrom ?? .max else { return nil }
        return grant.key
    }

    /// The key that must grant every root before the log signs it, if the root named one: the
    /// newest that was not ended. One that takes another's place needs the root's word alone.
    public var buddyKey: NoteKey? {
        grants.last { $0.role == .buddy }.flatMap {
            $0.endedAt == nil && $0.voidFrom == nil ? $0.key : nil
        }
    }

    /// The keys whose extracts count for those who take this log as their anchor, by holder.
    public var extractKeys: [KeyGrant] {
        grants.filter { $0.role == .extract && $0.endedAt == nil && $0.voidFrom == nil }
    }

    /// Every version of a qualification that was registered under a mandate, with what became
    /// of it.
    public func qualifications(_ id: String) -> [(qualification: Qualification, StandingAct)] {
        acts.qualifications(id)
    }

    public var country: CountryProfile? {
        acts.reversed().lazy.compactMap { standing -> CountryProfile? in
            if case .country(let profile) = standing.act { profile } else { nil }
        }.first
    }

    /// The events by mandated authors that select awards or keys of that subject.
    public func statusEvents(about subject: String) -> [(event: StatusEvent, logged: LoggedEntry)] {
        acts.compactMap { standing in
            guard case .statusEvent(let event) = standing.act, standing.end == nil,
                event.target.subject == subject
            else { return nil }
            return (event, standing.logged)
        }
    }

    /// The name of an authority or body as its grantor wrote it, never as it calls itself.
    public func name(of holder: String, in languages: [String] = []) -> String? {
        acts.name(of: holder, in: languages)
    }
}

/// What acts in the order of their log say, whoever folded them.
extension [StandingAct] {
    /// Every version of a qualification that was registered under a mandate, with what became
    /// of it.
    public func qualifications(_ id: String) -> [(qualification: Qualification, StandingAct)] {
        compactMap { standing in
            guard case .qualification(let qualification) = standing.act, qualification.id == id,
                standing.isMandated
            else { return nil }
            return (qualification, standing)
        }
    }

    /// The name of an authority or body as its grantor wrote it, never as it calls itself.
    public func name(of holder: String, in languages: [String] = []) -> String? {
        reversed().lazy.compactMap { standing -> String? in
            switch standing.act {
            case .mandate(let act) where act.authority == holder: act.names.text(in: languages)
            case .accreditation(let act) where act.body == holder && standing.isMandated:
                act.names.text(in: languages)
            default: nil
            }
        }.first
    }

    /// The newest statement about each other log, by country, unless it was withdrawn: an
    /// earlier one that it replaced does not come back.
    public func peers(of pin: LogPin) -> [String: PeerStatement] {
        var peers: [String: PeerStatement] = [:]
        for standing in self {
            if case .peer(let peer) = standing.act, !pin.hasBorne(peer.pin.origin) {
                peers[peer.country] = standing.end == nil ? peer : nil
            }
        }
        return peers
    }
}
