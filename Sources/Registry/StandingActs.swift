import Encoding
public import TransparencyLog

/// One accreditation with what became of it.
public struct StandingAccreditation: Hashable, Sendable {
    public let accreditation: Accreditation
    public let standing: StandingAct
}

/// One published status list with its place in the log.
public struct StandingStatusList: Hashable, Sendable {
    public let publication: StatusListPublication
    public let logged: LoggedEntry
}

/// What the acts say about one subject, for those who decide.
extension LogState {
    /// The mandates of an authority that stood when the entry at that index was made.
    public func mandates(of authority: String, at index: UInt64) -> [Mandate] {
        acts.compactMap { standing in
            guard case .mandate(let mandate) = standing.act, mandate.authority == authority,
                standing.logged.index < index, standing.stands(at: index)
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
            return StandingAccreditation(accreditation: accreditation, standing: standing)
        }
    }

    /// The lists published under that id, in the order of the log.
    public func statusLists(_ list: String) -> [StandingStatusList] {
        acts.compactMap { standing in
            guard case .statusList(let publication) = standing.act, publication.list == list else {
                return nil
            }
            return StandingStatusList(publication: publication, logged: standing.logged)
        }
    }

    /// The standing statement about each other log, by country; a later one replaces an
    /// earlier one about the same country.
    public var peers: [String: PeerStatement] {
        var peers: [String: PeerStatement] = [:]
        for standing in acts where standing.end == nil {
            if case .peer(let peer) = standing.act, peer.pin.origin != pin.origin {
                peers[peer.country] = peer
            }
        }
        return peers
    }

    /// The policy under which the log says it should be read.
    public var ownPolicy: WitnessPolicy? {
        acts.reversed().lazy.compactMap { standing -> WitnessPolicy? in
            guard case .peer(let peer) = standing.act, standing.end == nil,
                peer.pin.origin == pin.origin
            else { return nil }
            return peer.policy
        }.first
    }

    /// The key that the root named for checkpoints of that size.
    public func logKey(forSize size: UInt64) -> NoteKey? {
        grants.filter { $0.role == .log && $0.fromSize <= size && $0.endedAt == nil }
            .max { ($0.fromSize, $0.grantedAt) < ($1.fromSize, $1.grantedAt) }?.key
    }

    /// The keys whose extracts count for those who take this log as their anchor, by holder.
    public var extractKeys: [KeyGrant] {
        grants.filter { $0.role == .extract && $0.endedAt == nil && $0.voidFrom == nil }
    }

    /// Every version of a qualification that was registered, with what became of it.
    public func qualifications(_ id: String) -> [(qualification: Qualification, StandingAct)] {
        acts.compactMap { standing in
            guard case .qualification(let qualification) = standing.act, qualification.id == id
            else { return nil }
            return (qualification, standing)
        }
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
        acts.reversed().lazy.compactMap { standing -> String? in
            switch standing.act {
            case .mandate(let act) where act.authority == holder: act.names.text(in: languages)
            case .accreditation(let act) where act.body == holder && standing.isMandated:
                act.names.text(in: languages)
            default: nil
            }
        }.first
    }
}
