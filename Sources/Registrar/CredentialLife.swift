import Credentials
public import Encoding
public import Records
import Registry

/// What happens to a certificate after it was issued.
///
/// `Protocol/status-list.md § Reasons`. The log gets a new list, nothing about the person. A
/// record that was erased can still be revoked: its place on the list is not a secret of it.
extension CredentialDesk {
    /// Revokes, suspends or reinstates one certificate.
    ///
    /// - Returns: the entry of the new status list.
    /// - Throws: `RegistrarError.statusRefused` where its status does not allow the change.
    public func change(
        _ id: RecordID, by change: StatusChange, at now: Timestamp
    ) async throws -> UInt64 {
        let reference = try ownRecord(id).status
        let found = try statuses.ledger.status(of: reference)
        let wanted = try change.status(from: found, of: id)
        guard let entry = try await statuses.change(reference, to: wanted, at: now) else {
            throw RegistrarError.statusRefused(
                record: id.description, change: change, found: found.word)
        }
        return entry
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
