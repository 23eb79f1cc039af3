import Credentials
public import Encoding
public import Records
import Registry

/// What happens to a certificate after it was issued.
///
/// `Protocol/status-list.md § Reasons`. The log gets a new list, nothing about the person. A
/// record that was erased can still be revoked: its place on the list is not a secret of it.
extension CredentialDesk {
    /// Revokes, suspends or reinstates one certificate, and its paper with it.
    ///
    /// - Returns: the entry of the new status list.
    /// - Throws: `RegistrarError.statusRefused` where its status does not allow the change.
    public func change(
        _ id: RecordID, by change: StatusChange, at now: Timestamp
    ) async throws -> UInt64 {
        let own = try ownRecord(id).status
        try statuses.catchUp(own.uri)
        let found = try statuses.ledger.status(of: own)
        let wanted = try change.status(from: found, of: id)
        // A paper that has ended by itself stays ended.
        let places =
            try [own]
            + places(of: id).dropFirst().filter { place in
                let found = try statuses.ledger.status(of: place)
                return (try? change.status(from: found, of: id)) == wanted
            }
        guard let entry = try await statuses.change(places, to: wanted, at: now) else {
            throw RegistrarError.statusRefused(
                record: id.description, change: change, found: found.word)
        }
        return entry
    }

    /// Every place on a status list that speaks of the award of a record: its own first, then
    /// those of its paper. Of a record of paper its own, for a lost paper.
    func places(of id: RecordID) throws -> [StatusReference] {
        try [ownRecord(id).status] + records.papers(of: id).map(\.status)
    }

    /// The record, if it is of this issuer.
    func ownRecord(_ id: RecordID) throws -> RecordSummary {
        guard let summary = try records.summary(id) else {
            throw RegistrarError.unknownRecord(id.description)
        }
        guard StatusListName.isList(summary.status.uri, of: issuer, network: origin) else {
            throw RegistrarError.otherIssuer(record: id.description, issuer: issuer)
        }
        return summary
    }

    var origin: String { office.card.pin.origin }
}

extension StatusChange {
    /// The status after the change; where it is that already, the log may not know yet.
    func status(from found: Status, of id: RecordID) throws -> Status {
        switch (self, found) {
        case (.revoke, _): return .invalid
        case (.suspend, .valid), (.suspend, .suspended): return .suspended
        case (.reinstate, .suspended), (.reinstate, .valid): return .valid
        case (.replace, .valid), (.replace, .suspended), (.replace, .replaced): return .replaced
        default:
            throw RegistrarError.statusRefused(
                record: id.description, change: self, found: found.word)
        }
    }
}

extension Status {
    var word: String {
        switch self {
        case .valid: "neither revoked, suspended nor replaced"
        case .invalid: "revoked, which is final"
        case .suspended: "suspended"
        case .replaced: "replaced by another"
        case .unknown: "of an unknown status"
        }
    }
}
